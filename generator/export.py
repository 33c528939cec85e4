"""Papers of the archive as files, for who takes them elsewhere: which are meant, and what a file is called.

Everything that a person may have got wrong is found before anything is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from generator.archive.queries import Archive
from generator.archive.selection import Selection, count_days, of_day, of_source, of_tag
from generator.errors import BroadsheetError, Problem, shown
from generator.exports.collection import FORMATS, Format, collect
from generator.ids import file_name
from generator.output import write_parts

#: Text that is written at a time, in characters.
_PIECE = 1 << 16


@dataclass(frozen=True, slots=True)
class Span:
    """Days from a `first` to a `last`, as people write them (``2025``, ``2025-03``, ``2025-03-14``); or all days."""

    written: str = ""
    first: date = date.min
    last: date = date.max


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which papers are wanted: of a tag or of a source, or all; of which time. Tag and source are named or by slug."""

    tag: str | None = None
    source: str | None = None
    span: Span = Span()


@dataclass(frozen=True, slots=True)
class Export:
    """A file to be made: its papers, its format, its name."""

    archive: Archive
    chosen: Selection
    format: Format
    name: str
    abstracts: bool

    def text(self) -> Iterator[str]:
        """What stands in it, piece by piece."""
        papers, _ = collect(self.archive, self.chosen, abstracts=self.abstracts)
        return _pieces(self.format.write(papers))

    def write(self, target: Path) -> tuple[int, int]:
        """Write it; gives how many papers and bytes there are in it."""
        size = write_parts(target, (piece.encode() for piece in self.text()))
        return sum(count_days(self.archive, self.chosen).values()), size


def choose(
    archive: Archive, wanted: Wanted, kind: str, *, site: str, abstracts: bool, yearly: bool
) -> list[Export]:
    """The files that are wanted: one, or if `yearly` one for each year that has papers. `site` names the whole.

    Raises BroadsheetError if there is no such tag or source, or no paper.
    """
    chosen, name = _selection(archive, wanted, site)
    days = count_days(archive, chosen)
    if not days:
        raise BroadsheetError(_nothing(archive, wanted))
    own = FORMATS[kind]
    if not yearly:
        when = f"-{wanted.span.written}" if wanted.span.written else ""
        return [Export(archive, chosen, own, f"{name}{when}{own.ending}", abstracts)]
    return [
        Export(archive, _within(chosen, year), own, f"{name}-{year}{own.ending}", abstracts)
        for year in sorted({day.year for day in days})
    ]


def _selection(archive: Archive, wanted: Wanted, site: str) -> tuple[Selection, str]:
    """The papers that are meant, and how their file's name begins."""
    span = wanted.span
    if wanted.tag is not None:
        slug = _tag(archive, wanted.tag)
        return of_tag(slug, span.first, span.last), f"tag-{slug}"
    if wanted.source is not None:
        slug = _source(archive, wanted.source)
        return of_source(slug, span.first, span.last), f"source-{slug}"
    if span.first == span.last:
        return of_day(span.first), site
    return Selection(first=span.first, last=span.last), site


def _within(chosen: Selection, year: int) -> Selection:
    first, last = date(year, 1, 1), date(year, 12, 31)
    return replace(chosen, first=max(first, chosen.first), last=min(last, chosen.last))


def _tag(archive: Archive, given: str) -> str:
    """The slug of a tag or keyword, one without a page of its own too."""
    heads = {head.slug: head.name for head in archive.lists("tags")}
    found = _slug(given, heads)
    if found in heads or count_days(archive, of_tag(found)):
        return found
    remedy = _alike(given, heads) or "tags/index.html of the site has them all"
    raise BroadsheetError(Problem("--tag", "the name or slug of a tag", shown(given), remedy))


def _source(archive: Archive, given: str) -> str:
    names = {slug: source.name for slug, source in archive.sources.items()}
    found = _slug(given, names)
    if found in names:
        return found
    remedy = _alike(given, names) or f"it has {', '.join(sorted(names)) or 'none'}"
    raise BroadsheetError(Problem("--source", "the name or slug of a source", shown(given), remedy))


def _slug(given: str, names: dict[str, str]) -> str:
    """The slug that is meant by a slug or a name; if nobody has it, what it would be."""
    if given in names:
        return given
    folded = given.casefold()
    return next((slug for slug, name in names.items() if name.casefold() == folded), file_name(given))


def _alike(given: str, names: dict[str, str]) -> str:
    """What may be meant by a name that nobody has; empty if nothing is like it."""
    written = {text.casefold(): text for slug, name in names.items() for text in (slug, name)}
    found = [written[text] for text in get_close_matches(given.casefold(), written, n=3)]
    by_slug = dict.fromkeys(names.get(text, text) for text in found)
    return f"do you mean {' or '.join(map(shown, by_slug))}?" if found else ""


def _nothing(archive: Archive, wanted: Wanted) -> Problem:
    """Why there is nothing to be written."""
    whose = wanted.tag or wanted.source
    option = "--tag" if wanted.tag else "--source" if wanted.source else "--all"
    if wanted.span.written:
        option = "--" + ("year", "month", "day")[wanted.span.written.count("-")]
    whole, _ = _selection(archive, replace(wanted, span=Span()), "")
    days = [*count_days(archive, whole)]
    expected = f"papers of {shown(whose)}" if whose else "papers"
    if wanted.span.written:
        expected += f" listed first in {wanted.span.written}"
    remedy = f"there are some from {days[0]} to {days[-1]}" if days else 'add digests with "broadsheet add"'
    return Problem(option, expected, "none", remedy)


def _pieces(parts: Iterable[str]) -> Iterator[str]:
    """A text in fewer, larger pieces."""
    waiting: list[str] = []
    size = 0
    for part in parts:
        waiting.append(part)
        size += len(part)
        if size >= _PIECE:
            yield "".join(waiting)
            waiting, size = [], 0
    yield "".join(waiting)
