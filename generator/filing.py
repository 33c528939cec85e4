"""Filing one digest: what ``broadsheet add`` does.

A digest is kept byte for byte under a name that says its day (of several the first and the last) and its source, so
that a build reads of it what was understood here. That is tried before anything is written.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

import yaml

from generator.errors import ConfigError, DigestError, Problem, shown
from generator.known import count_known
from generator.model import Digest, Source
from generator.output import write_if_changed
from generator.readers import READERS, read_digest
from generator.readers.raw import source_slug
from generator.settings import SOURCES, Settings

#: Endings of files that hold text; another one says nothing about a digest and is not kept.
_ENDINGS = (".json", ".md", ".txt", ".html", ".xml", ".bib", ".ris", ".eml", ".csv")


@dataclass(frozen=True, slots=True)
class Filing:
    """A digest that can be filed. `path` is its file, `data` its content, and `digest` what a build will read in it.

    `new` is false if the same bytes stand there already. `beside` says that another digest has the name it would
    have had; `noted`, that its source's name is to be added to ``sources.yml``. `known` is how many of its records are
    of papers that the site has.
    """

    settings: Settings
    path: Path
    data: bytes
    digest: Digest
    new: bool
    beside: bool
    noted: bool
    known: int

    def write(self) -> None:
        """File it. Raises ConfigError if its source cannot be noted."""
        if self.noted:
            note_source(self.settings.root / SOURCES, self.digest.source)
        if self.new:
            write_if_changed(self.path, self.data)


def prepare(
    settings: Settings,
    origin: str,
    data: bytes,
    *,
    day: date | None = None,
    source: str | None = None,
    format_name: str | None = None,
) -> Filing:
    """Check a digest that is to be filed under the site's ``digests/``; nothing is written.

    `origin` is what it is called in messages (a path, a web address), and may name its day. `day`, `source` (a name
    or a slug) and `format_name` are what the user said. Raises DigestError for a digest that cannot be read, has no
    paper that can be used, or would not be read the same way by a build.
    """
    given = _find_source(source, settings) if source is not None else None
    known, formats = settings.sources, settings.formats
    digest = read_digest(
        origin, data, day=day, source=given, format=format_name, sources=known, formats=formats
    )
    if not digest.records:
        raise DigestError(_empty(origin, digest), *(refusal.problem for refusal in digest.refusals))
    path, new, beside = _place(settings, digest, _ending(origin, data, digest.format), data)
    name = path.relative_to(settings.root).as_posix()
    noted = digest.source not in _known(settings).values() and _needs_note(name, data, digest, settings)
    sources = {**settings.sources, digest.source.slug: digest.source} if noted else settings.sources
    filed = _as_built(origin, digest, read_digest(name, data, sources=sources, formats=formats))
    return Filing(settings, path, data, filed, new, beside, noted, count_known(settings, filed))


def days_of(digest: Digest) -> str:
    """The day of a digest, or the first and the last of several, for people."""
    return f"{digest.since} to {digest.day}" if digest.since else str(digest.day)


def _known(settings: Settings) -> dict[str, Source]:
    readers = (*settings.formats, *READERS)
    return {reader.SOURCE.slug: reader.SOURCE for reader in readers} | dict(settings.sources)


def _find_source(name: str, settings: Settings) -> Source:
    """The source that a user means: a known one by slug or name, else a new one."""
    name = " ".join(name.split())
    known = _known(settings)
    slug = source_slug(name)
    alike = (source for source in known.values() if source.name.casefold() == name.casefold())
    return known.get(name) or next(alike, None) or known.get(slug) or Source(slug, name)


def _empty(origin: str, digest: Digest) -> Problem:
    found = f"none among {digest.seen:,}" if digest.seen else "none"
    return Problem(origin, "at least one paper that can be used", found, "check that this is the right file")


def _ending(origin: str, data: bytes, format_name: str) -> str:
    path = urlsplit(origin).path if "://" in origin else origin
    ending = PurePosixPath(path).suffix.lower()
    if ending in _ENDINGS:
        return ending
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        return ".json"
    return ".md" if format_name == "markdown" else ".txt"


def _place(settings: Settings, digest: Digest, ending: str, data: bytes) -> tuple[Path, bool, bool]:
    """Where a digest goes, whether it has to be written there, and whether another took its first place."""
    days = f"{digest.since}_{digest.day}" if digest.since else str(digest.day)
    for number, path in enumerate(_places(settings.digests, f"{days}-{digest.source.slug}{ending}")):
        try:
            if path.read_bytes() == data:
                return path, False, number > 0
        except FileNotFoundError:
            return path, True, number > 0
    raise AssertionError  # the places do not end


def _places(digests: Path, name: str) -> Iterator[Path]:
    """The places for a file of this name. A further digest of one source and day goes to a folder with a number,
    for a number in its name would make it one of another source.
    """
    yield digests / name
    for number in count(2):
        yield digests / str(number) / name


def _needs_note(name: str, data: bytes, digest: Digest, settings: Settings) -> bool:
    """Whether a build would take the digest for another source's, knowing only the file."""
    try:
        found = read_digest(name, data, sources=settings.sources, formats=settings.formats)
    except DigestError:
        return False
    return found.source != digest.source


def _as_built(origin: str, digest: Digest, filed: Digest) -> Digest:
    """The digest as a build reads it, `filed`. Raises DigestError if that is not what was understood."""
    for what, before, after in (
        ("format", digest.format, filed.format),
        ("day", days_of(digest), days_of(filed)),
        ("source", digest.source.name, filed.source.name),
    ):
        if before != after:
            remedy = "write it in the digest itself, then add it again"
            expected = f"the {what} {shown(before)} without being told"
            raise DigestError(Problem(origin, expected, shown(after), remedy))
    if (understood := len(digest.records)) != (
        found := len(filed.records)
    ):  # of several days, one has papers
        remedy = "give one day for all with --date YYYY-MM-DD"
        expected = f"as many papers as now, {understood:,}, without being told their days"
        raise DigestError(Problem(origin, expected, f"{found:,}", remedy))
    return filed


def note_source(file: Path, source: Source) -> None:
    """Add a source to ``sources.yml``, below all that stands there. Raises ConfigError if it cannot be added so."""
    entry = {"name": source.name} | ({"url": source.url} if source.url else {})
    lines = yaml.safe_dump({source.slug: entry}, allow_unicode=True, sort_keys=False)
    try:
        before = file.read_text("utf-8")
    except FileNotFoundError:
        before = ""
    gap = "\n" if before and not before.endswith("\n") else ""
    after = before + gap + lines
    old = yaml.safe_load(before) or {}
    try:
        fits = yaml.safe_load(after) == {**old, source.slug: entry}
    except yaml.YAMLError:
        fits = False
    if not fits:
        remedy = f"add this yourself: {source.slug}: {{name: {source.name}}}"
        raise ConfigError(Problem(file.name, "one source a line", "another way of writing YAML", remedy))
    write_if_changed(file, after.encode())
