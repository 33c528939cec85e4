"""One build, step by step: see `generator.build`."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from generator import permalinks, renderer, theme
from generator.archive import addresses
from generator.archive.changes import Changes
from generator.archive.database import connect, forget, read_meta, transaction, write_meta
from generator.archive.queries import Archive
from generator.errors import BuildError, DigestError
from generator.fingerprints import Fingerprints
from generator.frame import Frame, pages_among, title_of
from generator.gathering import UNFINISHED, Gathering
from generator.inspection import Inspection, inspect, remember
from generator.making import Maker, kind_of, touched, touched_by_hand
from generator.output import content_hash, mirror, remove
from generator.outputs import FILE, FRAME, LEAD, PAGE, SHARED, Outputs, source_path
from generator.pages.layout import Layout
from generator.permalinks import Permalinks
from generator.planning import Exists, check_record, check_written, places_of, plan_changes, plan_everything
from generator.plugin import is_plain
from generator.progress import Progress
from generator.publishing import (
    Publisher,
    Written,
    frame_files,
    place_everything,
    place_files,
    publish_everything,
)
from generator.search.files import MANIFEST
from generator.settings import Settings, layout_of

#: The day that stands for the clock where no template prints it.
_NO_DAY = date(1970, 1, 2)


class Building:
    """A build of a site. `database` is its archive, `outputs` what it leaves behind."""

    database: sqlite3.Connection
    outputs: Outputs

    def __init__(
        self, settings: Settings, *, jobs: int, strict: bool, publish: bool, progress: Progress
    ) -> None:
        self._settings, self._jobs, self._publish, self._exact = settings, jobs, publish, strict
        self._strict = strict or bool(settings.config.get("strict"))  # about warnings, as MkDocs has it
        self._progress = progress
        self._file = settings.archive
        self._work = settings.cache / settings.site.name
        self._plain = is_plain(settings.config)
        self._open()

    def _open(self) -> None:
        self.database = connect(self._file)
        self.outputs = Outputs(self.database, self._settings.docs, self._settings.site)

    def close(self) -> None:
        """Close the archive."""
        self.database.close()

    def run(self, fingerprint: Callable[[Settings], Fingerprints]) -> tuple[str, ...]:
        """Build; gives MkDocs' warnings. Raises BroadsheetError."""
        settings = self._settings
        self._progress.begin("looking for changes")
        if settings.theme and settings.owns_theme:
            theme.lay_out(settings.theme, settings.overrides)
        prints = fingerprint(settings)
        if read_meta(self.database).get("reading", prints.reading) != prints.reading:
            self.close()
            forget(self._file)
            self._open()
        known = read_meta(self.database)
        # A first build that was interrupted has published nothing.
        unpublished = known.get("permalinks") == content_hash(b"").hex()
        inspection = inspect(self.outputs)
        gathering = Gathering(settings, self.database, self._file, jobs=self._jobs, progress=self._progress)
        prepared: _Prepared | None = None
        with transaction(self.database):
            write_meta(self.database, {"reading": prints.reading})
            changes = gathering.update(prints)
            archive = Archive(self.database)
            self._refuse(archive)
            today = self._today(archive, prints)
            clock = str(today) if prints.dated else ""
            look = {"rendering": prints.rendering, "today": clock, "plain": self._plain}
            anew = any(known.get(name) != value for name, value in look.items())
            self.outputs.announce(inspection.doubtful)
            if known.get(UNFINISHED):
                self.outputs.doubt_all()
            elif changes is not None and not anew:
                prepared = self._prepare(archive, changes, inspection, known, today)
            if prepared is None:
                write_meta(self.database, {UNFINISHED: True})
        if prepared is None:
            warnings = self._everything(
                archive, gathering.record(), inspection, look, today, anew=anew, unpublished=unpublished
            )
        elif prepared:
            warnings = self._apply(prepared, inspection, known)
        else:
            warnings = (*known.get("warnings", ()), *self.outputs.said())
            self._stop_for(warnings)
        if self._plain:
            self.outputs.count.unchanged = self.outputs.number() - self.outputs.count.written
        return warnings

    def _refuse(self, archive: Archive) -> None:
        """Stop for what `--strict` does not let pass."""
        if self._exact and (found := (*archive.refusals, *archive.notes)):
            raise DigestError(*found)

    def _stop_for(self, warnings: Iterable[str]) -> None:
        """Stop for MkDocs' warnings, if the site or the user asks for that. Raises BuildError."""
        if self._strict and (found := [text for text in warnings if text]):
            raise BuildError(*(renderer.problem(self._settings.config_file, text) for text in found))

    def _today(self, archive: Archive, prints: Fingerprints) -> date:
        """The day that stands for the clock."""
        return max(archive.days, default=_NO_DAY) if prints.dated or not self._plain else _NO_DAY

    # Everything

    def _everything(
        self,
        archive: Archive,
        record: Permalinks,
        inspection: Inspection,
        look: Mapping[str, Any],
        today: date,
        *,
        anew: bool,
        unpublished: bool,
    ) -> tuple[str, ...]:
        settings, outputs = self._settings, self.outputs
        self._progress.begin("planning pages")
        layout = layout_of(settings, (), inspection.written)
        plan = plan_everything(archive, layout, self.database, record)
        addresses_of = {*plan.own, *plan.leads, MANIFEST}
        if self._publish and not unpublished:
            check_record(settings, addresses_of)
        sources = {path for address in addresses_of if (path := source_path(address, kind_of(address)))}
        check_written(sources | addresses_of, inspection.written, settings.docs.name)
        frame = self._frame(archive, layout, inspection, today, sources.__contains__)
        said: tuple[str, ...] = ()
        if frame:
            self._progress.begin("rendering the guide")
            said = frame.templates.build(strict=self._strict)
            layout = layout_of(settings, frame.pages(), inspection.written)
        publisher = Publisher(archive, layout, outputs, frame)
        tree = self._work / "new"
        with transaction(self.database):
            gone = publish_everything(
                publisher,
                plan,
                self._file,
                tree,
                there={*inspection.strange, *inspection.leftover},
                anew=anew,
                jobs=self._jobs,
                progress=self._progress,
            )
            warnings = (*said, *outputs.said())
            self._stop_for(warnings)
            self._progress.begin("putting files in place")
            place_everything(outputs, tree, gone)
            outputs.forget(gone)
            self._finish(plan.added, inspection, None)
            seen = frame.seen() if frame else {}
            write_meta(self.database, {**look, **seen, "warnings": said, UNFINISHED: False})
        return warnings if frame else self._whole(today)

    def _frame(
        self,
        archive: Archive,
        layout: Layout,
        inspection: Inspection,
        today: date,
        exists: Callable[[str], bool],
    ) -> Frame | None:
        if not self._plain:
            return None
        title = partial(title_of, archive, layout)
        return Frame(self._settings, inspection.written, today=today, exists=exists, title=title)

    def _finish(self, added: tuple[str, ...], inspection: Inspection, folders: set[str] | None) -> None:
        """Record new addresses, and how everything was left."""
        settings, outputs = self._settings, self.outputs
        made = {source_path(a, kind) for a, kind in outputs.all().items()} if inspection.leftover else set()
        for path in inspection.leftover:
            if path not in made:
                remove(settings.docs, path)
        known = outputs.known(inspection.strange)
        for address in inspection.strange:
            if address not in known and remove(settings.site, address):
                outputs.count.removed += 1
        if self._publish and added:
            permalinks.append(settings.permalinks, added)
            addresses.take(self.database, added)
            hashed = content_hash(settings.permalinks.read_bytes()).hex()
            write_meta(self.database, {"permalinks": hashed})
        ways = {*inspection.leftover, *inspection.strange, *inspection.written}
        remember(
            outputs, inspection.written, None if folders is None else folders | {_folder(w) for w in ways}
        )

    def _whole(self, today: date) -> tuple[str, ...]:
        """Let MkDocs make the site, beside which there are the files that it must not render."""
        self._progress.begin("rendering the site")
        staging, outputs = self._work / "whole", self.outputs
        try:
            warnings = renderer.render(self._settings.config_file, staging, strict=self._strict, today=today)
            ours = {address for address, kind in outputs.all().items() if kind == FILE}
            tally = mirror(staging, self._settings.site, ours)
        finally:
            shutil.rmtree(staging, ignore_errors=True)
        outputs.count.unchanged = tally.unchanged + len(ours) - outputs.count.written
        outputs.count.written += tally.written
        outputs.count.removed += tally.removed
        return warnings

    # What a change touches

    def _prepare(
        self,
        archive: Archive,
        changes: Changes,
        inspection: Inspection,
        known: Mapping[str, Any],
        today: date,
    ) -> _Prepared | None:
        """Make what is touched, and note that it will be written; None if everything must be made."""
        outputs, doubtful = self.outputs, inspection.doubtful
        prepared = _Prepared()
        if not self._plain:
            prepared.whole = today
        if not (changes or doubtful or inspection.rewritten or inspection.strange or inspection.leftover):
            return prepared
        layout = layout_of(self._settings, pages_among(outputs.of_kind(FRAME)), inspection.written)
        found = touched(archive, layout, changes) if changes else {}
        found |= {a: None for a, kind in doubtful.items() if kind in (PAGE, FILE, SHARED) and a != MANIFEST}
        if inspection.rewritten:
            found |= dict.fromkeys(touched_by_hand(archive, layout))
        maker = Maker(archive, layout, {})
        made = {address: maker.make(address) for address in found}
        plan = plan_changes(archive, outputs, changes, made)
        prepared.added = plan.added
        before = outputs.leads()
        leads = {
            address: target
            for address, target in plan.leads.items()
            if before.get(address) != target or address in doubtful or address in made
        }
        things = [thing for address in plan.own if (thing := made[address])]
        maker = Maker(archive, layout, leads)
        things += [thing for address in leads if (thing := maker.make(address))]
        standing = outputs.known({*made, *before})
        prepared.gone = {
            address: row.kind
            for address, row in standing.items()
            if address not in plan.leads
            and row.kind != FRAME  # `frame_files` knows of these
            and (made[address] is None if address in made else row.kind == LEAD)
        }
        places = places_of(things, outputs, inspection.written, prepared.gone)
        check_written(places, inspection.written, self._settings.docs.name)
        exists = Exists(outputs, made, plan.leads)
        frame = self._frame(archive, layout, inspection, today, exists)
        prepared.publisher = publisher = Publisher(archive, layout, outputs, frame)
        if frame:
            asked = known.get("asked", {})
            stale = any(exists(path) != there for path, there in asked.items())
            if inspection.rewritten or stale or FRAME in doubtful.values():
                prepared.said = frame.templates.build(strict=self._strict)
                prepared.frame = True
                layout = layout_of(self._settings, frame.pages(), inspection.written)
                again = Maker(archive, layout, leads)
                by_hand = {*touched_by_hand(archive, layout)}
                things = [again.make(t.address) or t if t.address in by_hand else t for t in things]
            else:
                frame.templates.open()
            if json.loads(json.dumps(frame.templates.look())) != known.get("nav"):
                return None
        with publisher.rendering():
            for thing in things:
                one = publisher.render(thing, standing.get(thing.address), anew=False)
                if one:
                    prepared.written.append(one)
        pages = (one.row[4] for one in prepared.written if one.row[1] == PAGE)
        self._stop_for((*(prepared.said or known.get("warnings", ())), *pages))
        outputs.announce({**{one.row[0]: one.row[1] for one in prepared.written}, **prepared.gone})
        return prepared

    def _apply(
        self, prepared: _Prepared, inspection: Inspection, known: Mapping[str, Any]
    ) -> tuple[str, ...]:
        """Write what was prepared."""
        outputs, publisher = self.outputs, prepared.publisher
        said = tuple(known.get("warnings", ()))
        if publisher:
            self._progress.begin("writing files")
            with transaction(self.database):
                outputs.note(one.row for one in prepared.written)
                gone = dict(prepared.gone)
                known_manifest = outputs.known([MANIFEST]).get(MANIFEST)
                one = publisher.render(publisher.manifest(), known_manifest, anew=False)
                late = [one] if one else []
                if prepared.frame and publisher.frame:
                    said = prepared.said
                    late += frame_files(publisher.frame, outputs, gone)
                    write_meta(self.database, {**publisher.frame.seen(), "warnings": said})
                outputs.note(one.row for one in late)
                written = [*prepared.written, *late]
                place_files(outputs, written, gone)
                outputs.forget(gone)
                folders = {_folder(address) for address in (*gone, *(one.row[0] for one in written))}
                self._finish(prepared.added, inspection, folders)
        return self._whole(prepared.whole) if prepared.whole else (*said, *outputs.said())


@dataclass(slots=True)
class _Prepared:
    """What a change comes to: what to write and to remove; `whole` is the day of a site that MkDocs makes."""

    written: list[Written] = field(default_factory=list)
    gone: dict[str, str] = field(default_factory=dict)
    added: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    frame: bool = False
    publisher: Publisher | None = None
    whole: date | None = None

    def __bool__(self) -> bool:
        """Whether there is anything to do."""
        return self.publisher is not None or self.whole is not None


def _folder(address: str) -> str:
    return address.rpartition("/")[0]
