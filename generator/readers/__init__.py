"""Files into Digests. `READERS` is the table of formats; a new one is a module and a line in it.

Which reader takes a file is decided by the file's content. Its day and source come from the caller, else from
its name ``YYYY-MM-DD[-source].ext``, else from its text. Of a file of several days each record has its own; its name
begins with the first and the last, ``YYYY-MM-DD_YYYY-MM-DD[-source].ext``, so that none is taken for all.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice
from operator import itemgetter
from pathlib import Path, PurePosixPath

from generator.errors import DigestError, Problem, shown
from generator.ids import normal_title
from generator.model import ANNOUNCED, Digest, Source
from generator.readers import (
    arxiv_atom,
    arxiv_daily,
    arxiv_daily_json,
    arxiv_mail,
    arxiv_rss,
    arxiv_snapshot,
    bibtex,
    broadsheet_json,
    crossref_json,
    csl_json,
    csv_table,
    daily_arxiv,
    envelope,
    html_list,
    huggingface_html,
    huggingface_json,
    huggingface_page,
    json_records,
    markdown,
    markdown_list,
    oai_pmh,
    ris,
    weekly_tables,
)
from generator.readers.raw import RawDigest, decode, source_slug
from generator.readers.reader import Reader

#: Formats that say themselves what they are: no two of them take the same text.
EXACT: tuple[Reader, ...] = (
    huggingface_page,
    huggingface_html,
    huggingface_json,
    markdown,
    arxiv_mail,
    arxiv_snapshot,
    daily_arxiv,
    arxiv_daily,
    arxiv_daily_json,
    weekly_tables,
    bibtex,
    ris,
    csl_json,
    crossref_json,
    arxiv_atom,
    arxiv_rss,
    oai_pmh,
    broadsheet_json,
)
#: What is tried, in this order, where none of those takes a text: anything that lists papers in some way.
LOOSE: tuple[Reader, ...] = (json_records, csv_table, html_list, markdown_list)
READERS: tuple[Reader, ...] = (*EXACT, *LOOSE)

#: A day outside these years is a slip of the pen, whatever said it.
FIRST_YEAR, LAST_YEAR = 1900, 2199
_EXPECTED = "a digest in a format that is known"
_NAMED = re.compile(r"(\d{4}-\d{2}-\d{2})(_\d{4}-\d{2}-\d{2})?(?:[-_. ]+(.*))?", re.ASCII)


def read_digest(
    path: str,
    data: bytes,
    *,
    day: date | None = None,
    source: Source | None = None,
    format: str | None = None,  # noqa: A002 - the word of the command's option
    sources: Mapping[str, Source] | None = None,
    formats: Sequence[Reader] = (),
) -> Digest:
    """Read one digest.

    `path` is the file's, relative to the site's root, for its name and for messages; `data` is its content.
    `day`, `source` and `format` (a NAME of `READERS` or `formats`) are what the caller knows and win over all else;
    `sources` are the sources of the site by slug, `formats` those that it describes itself, which come first.

    Raises DigestError if the file as a whole cannot be read.
    """
    text, decoding = decode(path, data)
    known = {reader.SOURCE.slug: reader.SOURCE for reader in (*formats, *READERS)} | dict(sources or {})
    named_day, name = _from_name(path, given=day is not None)
    raw = RawDigest(
        path=path,
        text=text,
        day=day or named_day,
        source=source or known.get(name),
        named=Source(name, name.replace("-", " ").capitalize()) if name else None,
        sources=known,
        decoding=decoding,
        data=data,
    )
    if envelope.is_message(raw):
        return _settled(raw, _sent(raw, format, formats))
    return _settled(raw, _reader(raw, format, formats).read(raw))


def _sent(raw: RawDigest, name: str | None, formats: Sequence[Reader]) -> Digest:
    """The list of papers in a mail: of those that its parts are, the one in an exact format, then the longest.

    Most mails say the same twice, as HTML and as plain text. A list with other papers gets a note.
    """
    read: list[tuple[bool, int, Digest]] = []
    problems: list[Problem] = []
    for part in envelope.open_message(raw):
        try:
            reader = _reader(part, name, formats)
            digest = reader.read(part)
        except DigestError as error:
            problems.extend(error.problems)
        else:
            read.append((reader in EXACT, len(digest.records), digest))
    if not read:
        raise DigestError(*_telling(problems))
    *_, best = max(read, key=itemgetter(0, 1))
    others = (digest for *_, digest in read if digest is not best)
    notes = (_other_list(raw, digest) for digest in others if not _titles(digest) <= _titles(best))
    return replace(best, path=raw.path, notes=(*best.notes, *notes))


def _titles(digest: Digest) -> set[str]:
    return {normal_title(record.title) for record in digest.records}


def _other_list(raw: RawDigest, digest: Digest) -> Problem:
    place = digest.path.removeprefix(raw.path).strip(" ()")
    found = f"another, of {len(digest.records):,} in {shown(place)}"
    return Problem(raw.at(), "one list of papers in a mail", found, "file it by itself too")


def _telling(problems: Sequence[Problem]) -> Sequence[Problem]:
    """The problem of the part that is of a known format, if there is one; else that of the first part."""
    known = [problem for problem in problems if problem.expected != _EXPECTED]
    return (known or problems)[:1]


def _settled(raw: RawDigest, digest: Digest) -> Digest:
    """A digest with what holds of all formats: its days, and a note if it has not as many records as it says."""
    days = [record.day or digest.day for record in digest.records] or [digest.day]
    first, last = min(days), max(days)
    for day in (first, last):
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            expected = f"a day from {FIRST_YEAR} to {LAST_YEAR}"
            raw.fail("", expected, str(day), "correct the day of the digest")
    notes = digest.notes
    if digest.said is not None and digest.said != digest.seen:
        found = f"{digest.seen:,}, where it says {digest.said:,}"
        notes += (Problem(raw.at(), "all records of the digest", found, "get it again if it was cut"),)
    kinds = Counter(record.announced for record in digest.records)
    announced = tuple((kind, kinds[kind]) for kind in ANNOUNCED if kinds[kind])
    since = first if first < last else None
    return replace(digest, day=last, since=since, notes=notes, announced=announced)


def _from_name(path: str, *, given: bool) -> tuple[date | None, str]:
    """The day and the source's slug in a file's name; a day that does not exist counts only if none is given."""
    match = _NAMED.fullmatch(PurePosixPath(path).stem)
    if not match:
        return None, ""
    name = source_slug(match[3]) if match[3] else ""
    if match[2]:
        return None, name
    try:
        day = date.fromisoformat(match[1])
    except ValueError as error:
        if given:
            return None, name
        remedy = "rename the file or give the day with --date"
        raise DigestError(
            Problem(path, "a day of the calendar in its name", shown(match[1]), remedy)
        ) from error
    return day, name


def _reader(raw: RawDigest, name: str | None, formats: Sequence[Reader]) -> Reader:
    """The one reader for a text, by its name or by who accepts it."""
    if name is not None:
        every = (*formats, *READERS)
        takers = [reader for reader in every if name == reader.NAME]
        expected, found = f"one of the formats {_names(every)}", shown(name)
        remedy = "correct --format"
    else:
        takers = takers_of(raw, formats)
        expected, found = _EXPECTED, "none"
        remedy = f"correct the file, or say what it is with --format ({_names(READERS)})"
    if len(takers) > 1:
        expected, found = "a file of one format", f"one that {_names(takers, ' and ')} both take"
        remedy = "say which it is with --format"
    if len(takers) != 1:
        raise DigestError(Problem(raw.path, expected, found, remedy))
    return takers[0]


def takers_of(raw: RawDigest, formats: Sequence[Reader] = ()) -> list[Reader]:
    """The readers that take a text: one, or none; two only if two formats cannot be told apart.

    The site's own `formats` come before all others, the first that fits, for whoever describes a format means it.
    """
    own = [*islice((reader for reader in formats if reader.accepts(raw)), 1)]
    exact = own or [reader for reader in EXACT if reader.accepts(raw)]
    return exact or [*islice((reader for reader in LOOSE if reader.accepts(raw)), 1)]


def _names(readers: Iterable[Reader], joint: str = ", ") -> str:
    return joint.join(reader.NAME for reader in readers)


def files_of(folder: Path) -> Iterator[Path]:
    """The files below a folder, hidden ones apart, and links that lead nowhere.

    Links to folders are followed; each folder is entered once, on the way that comes first by name.
    """
    entered: set[Path] = set()
    for root, folders, names in os.walk(folder, followlinks=True):
        place = Path(root).resolve()
        if place in entered:
            folders.clear()
            continue
        entered.add(place)
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        files = (Path(root, name) for name in names if not name.startswith("."))
        yield from (file for file in files if file.is_file() or not file.exists())


def name_of(path: Path, root: Path) -> str:
    """The name of a file in messages and in the archive: its path from `root`.

    A name need not be text: what of it is not is spelled out, so that it can be written and is nobody else's.
    """
    whole, base = str(path), f"{root}{os.sep}"
    name = (
        whole.removeprefix(base).replace(os.sep, "/")
        if whole.startswith(base)
        else path.relative_to(root).as_posix()
    )
    return name if name.isascii() else name.encode("utf-8", "backslashreplace").decode()


def read_file(
    path: Path, *, root: Path, sources: Mapping[str, Source], formats: Sequence[Reader] = ()
) -> Digest | tuple[Problem, ...]:
    """Read the digest in a file below `root`; the problems of one that cannot be read."""
    name = name_of(path, root)
    try:
        return read_digest(name, path.read_bytes(), sources=sources, formats=formats)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return (Problem(name, "a file that can be read", reason, "change its permissions or remove it"),)
    except DigestError as error:
        return error.problems
