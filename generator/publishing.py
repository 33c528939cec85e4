"""The archive into ``docs/`` and the site: everything, or what a change touches.

The site gets new files first, then those that differ, and loses what is gone last: whoever follows links from the home
page at any moment meets whole pages and no link that leads nowhere.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from generator import processes
from generator.archive.database import connect
from generator.archive.queries import Archive
from generator.frame import Frame
from generator.making import Maker, Thing
from generator.output import (
    clear_way,
    content_hash,
    half_name,
    holds,
    place_all,
    place_tree,
    put_file,
    write_file,
)
from generator.outputs import FRAME, LEAD, SHARED, Known, Outputs, source_path
from generator.pages.day import EXPORTS
from generator.pages.layout import Layout
from generator.planning import Plan
from generator.progress import Progress
from generator.search.files import MANIFEST, make_manifest
from generator.search.segments import CARD, CARDS, segments_of

#: Papers with all that is made of them, and other things, that a process makes at a time.
_PAPERS, _PART = 400, 50
#: What is made lies in these folders until it is put in place.
_DOCS, _SITE = "docs", "site"
#: Stands for the hash of what MkDocs makes.
_ELSEWHERE = b""
#: What is noted of an output: address, kind, hash of its source and of what was made, warnings or where it leads.
Row = tuple[str, str, bytes | None, bytes | None, str]


@dataclass(frozen=True, slots=True)
class Written:
    """A thing and what must be written of it: its file in ``docs/`` and what the site gets, None if that stands."""

    row: Row
    source: bytes | None
    made: bytes | None


@dataclass(frozen=True, slots=True)
class Publisher:
    """Publishes an archive. `frame` renders its pages; None if MkDocs makes the whole site."""

    archive: Archive
    layout: Layout
    outputs: Outputs
    frame: Frame | None

    def render(self, thing: Thing, known: Known | None, *, anew: bool) -> Written | None:
        """A thing against what is `known` of it; None if that is the same. `anew` says whether templates are others."""
        if known and known.made is None:
            known = None
        source = content_hash(thing.source) if thing.source is not None else None
        if known and not anew and thing.ready and known.source == source:
            return None
        said = str(thing.ready.meta.get("forward", "")) if thing.ready and thing.kind == LEAD else ""
        content = thing.content if self.frame or thing.source is None else None
        if thing.ready and self.frame:
            content, warnings = self.frame.templates.html(thing.ready)
            said = said or "\n".join(warnings)
        made = _ELSEWHERE if content is None else content_hash(content)
        row = (thing.address, thing.kind, source, made, said)
        if known == (thing.kind, source, made, said):
            return None
        return Written(
            row,
            thing.source if not known or source != known.source else None,
            content if not known or made != known.made else None,
        )

    def rendering(self) -> AbstractContextManager[None]:
        """A context in which `render` may be called."""
        return self.frame.templates.rendering() if self.frame else nullcontext()

    def manifest(self) -> Thing:
        """The manifest of the search: it is made last, for it tells of the other files."""
        made = make_manifest(self.archive)
        return Thing(MANIFEST, SHARED, made.content, made.content, None)


def publish_everything(
    publisher: Publisher,
    plan: Plan,
    file: Path,
    tree: Path,
    *,
    there: Container[str],
    anew: bool,
    jobs: int,
    progress: Progress,
) -> dict[str, str]:
    """Make everything of a plan, with `jobs` processes that read the archive in `file`.

    `there` are files of ``docs/`` and the site that the archive does not know.

    What is new or differs lies below `tree` afterwards. Gives what is gone, with its kind.
    """
    outputs = publisher.outputs
    shutil.rmtree(tree, ignore_errors=True)
    (tree / _SITE).mkdir(parents=True)
    progress.begin("making pages", len(plan.own) + len(plan.leads))
    worker = _Worker(publisher, plan.leads, file, tree, anew, there)
    for number, rows in processes.run(worker, _parts(publisher.archive, plan), jobs):
        outputs.note(rows)
        progress.advance(number)
    worker.close()
    outputs.note(worker.write([publisher.manifest()], outputs, publisher))
    made = {*plan.own, *plan.leads, MANIFEST}
    gone = {a: kind for a, kind in outputs.all().items() if kind != FRAME and a not in made}
    outputs.forget(gone)
    if publisher.frame:
        written = frame_files(publisher.frame, outputs, gone)
        for one in written:
            address, _, _, hashed, _ = one.row
            if one.made is not None and not holds(outputs.site / address, hashed or b""):
                put_file(f"{tree}/{_SITE}/{address}", one.made)
        outputs.note(one.row for one in written)
    return gone


def frame_files(frame: Frame, outputs: Outputs, gone: dict[str, str]) -> list[Written]:
    """What MkDocs has made of hand-written pages and the theme, as far as it differs.

    An address that the archive has a file for is not the frame's, unless this file is `gone`: then it is not gone after
    all. What is gone of the frame's is added to it, with its kind.
    """
    standing = dict.fromkeys(outputs.of_kind(FRAME), FRAME)
    written = []
    for address, path in frame.files():
        content = path.read_bytes()
        made = content_hash(content)
        known = None if gone.pop(address, None) else outputs.known([address]).get(address)
        if known and known.kind != FRAME:
            continue
        standing.pop(address, None)
        if not known or known.made != made:
            written.append(Written((address, FRAME, None, made, ""), None, content))
    gone |= standing
    return written


def _parts(archive: Archive, plan: Plan) -> Iterator[tuple[str, ...]]:
    """All addresses of a plan in parts for processes. What is made of the same papers is in one part, one after the
    other: a day, the papers that it lists first, and their cards for the search.
    """
    rest = dict.fromkeys((*plan.own, *plan.leads))
    cards = (
        segment.address(CARD, number)
        for segment in segments_of(archive.totals.papers)
        for number in range(dict(segment.numbers())[CARD])
    )
    done = begun = 0
    part: list[str] = []
    for day in archive.days:
        part += (f"digests/{day}.{ending}" for ending in ("html", *(ending for _, ending in EXPORTS)))
        keys = archive.keys_first_listed(day)
        part += (f"papers/{key}.html" for key in keys)
        done += len(keys)
        part += islice(cards, done // CARDS - (done - len(keys)) // CARDS)
        if done - begun >= _PAPERS:
            yield tuple(address for address in part if rest.pop(address, "") is None)
            part, begun = [], done
    yield tuple(address for address in part if rest.pop(address, "") is None)
    yield from processes.batches(rest, _PART)


@dataclass(slots=True)
class _Worker:
    """What a process does with a part: it has the archive open for itself."""

    publisher: Publisher
    leads: Mapping[str, str]
    file: Path
    tree: Path
    anew: bool
    there: Container[str]
    database: sqlite3.Connection | None = None
    maker: Maker | None = None

    def close(self) -> None:
        """Close the archive, if this process has opened it."""
        if self.database is not None:
            self.database.close()

    def __call__(self, part: Sequence[str]) -> tuple[int, list[Row]]:
        """Make the things of a part; gives how many, and what is to be noted."""
        if self.database is None or self.maker is None:
            self.database = connect(self.file)
            self.maker = Maker(Archive(self.database), self.publisher.layout, self.leads)
        outputs = Outputs(self.database, self.publisher.outputs.docs, self.publisher.outputs.site)
        things = (self.maker.make(address) for address in part)
        return len(part), self.write((thing for thing in things if thing), outputs, self.publisher, part)

    def write(
        self,
        things: Iterable[Thing],
        outputs: Outputs,
        publisher: Publisher,
        addresses: Sequence[str] = (MANIFEST,),
    ) -> list[Row]:
        """Write what differs of some things; gives what is to be noted of them."""
        known = outputs.known(addresses)
        rows = []
        with publisher.rendering():
            for thing in things:
                written = publisher.render(thing, known.get(thing.address), anew=self.anew)
                if written is None:
                    continue
                address, kind, source, made, _ = row = written.row
                rows.append(row)
                path = source_path(address, kind)
                if path and written.source is not None and not self._stands(known, address, path, source):
                    put_file(f"{self.tree}/{_DOCS}/{path}", written.source)
                if written.made is not None and not self._stands(known, address, None, made):
                    put_file(f"{self.tree}/{_SITE}/{address}", written.made)
        return rows

    def _stands(
        self, known: Mapping[str, Known], address: str, path: str | None, hashed: bytes | None
    ) -> bool:
        """Whether a file, of which the archive does not know what it holds, holds what it should."""
        if address in known:
            if known[address].made is not None:
                return False
        elif (path or address) not in self.there:
            return False
        outputs = self.publisher.outputs
        return holds(outputs.docs / path if path else outputs.site / address, hashed or b"")


def place_everything(outputs: Outputs, tree: Path, gone: Mapping[str, str]) -> None:
    """Move what lies below `tree` to ``docs/`` and the site, and remove what is gone, given with its kind."""
    place_tree(tree / _DOCS, outputs.docs)
    outputs.count.written += place_tree(tree / _SITE, outputs.site, outputs.site)
    shutil.rmtree(tree, ignore_errors=True)
    outputs.remove_files(gone)


def place_files(outputs: Outputs, written: Iterable[Written], gone: Mapping[str, str]) -> None:
    """Write what differs, in order: sources, then new files of the site, then others; then remove what is gone."""
    pairs = []
    for one in written:
        address, kind, *_ = one.row
        if one.source is not None and (path := source_path(address, kind)):
            write_file(outputs.docs / path, one.source)
        if one.made is not None:
            place = outputs.site / address
            half = place.with_name(half_name(place.name))
            try:
                put_file(str(half), one.made)
            except NotADirectoryError:
                clear_way(half, outputs.site)
                put_file(str(half), one.made)
            pairs.append((half, place))
    outputs.count.written += len(pairs)
    place_all(pairs, outputs.site)
    outputs.remove_files(gone)
