"""Digests that a person writes in Markdown; our own export of a day has the same shape.

::

    ---
    date: 2025-03-14
    source: Reading group
    title: Agents and tools
    ---

    An introduction, in Markdown.

    # Another source

    ## [Title of the paper](https://arxiv.org/abs/2503.10613)

    - authors: Ada Lovelace; Charles Babbage
    - tags: agents, image editing

    The abstract.

All but one ``##`` heading is optional; the date may also come from the file's name. Fields of a paper are those of
`generator.readers.markdown_paper`. Papers below a level-1 heading are listed by the source that it names; a heading
without a name goes back to the digest's own. A source may be written with its slug, ``# Name { #slug }``, and as a
link to its place on the web.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NoReturn

import yaml
from frontmatter.default_handlers import YAMLHandler

from generator.errors import Problem, shown
from generator.ids import file_name
from generator.model import Digest, Record, Refusal, Source
from generator.readers import arxiv_daily
from generator.readers.fields import read_day
from generator.readers.markdown_blocks import Block, blocks
from generator.readers.markdown_paper import read_paper
from generator.readers.raw import RawDigest
from generator.text.clean import clean_line
from generator.text.inline import only_link, plain_line
from generator.text.links import safe_url

NAME = "markdown"
LABEL = "Markdown with front matter between two lines `---`"
#: A front matter of more characters, or of more brackets, is not one that a person wrote, and takes long to parse.
_FRONT_LIMIT, _BRACKET_LIMIT = 100_000, 500

SOURCE = Source("reading-list", "Reading list")

_FIRST_LINE = re.compile(r"\s*---[ \t]*\n")
_SLUG = re.compile(r"(.*?)[ \t]*\{[ \t]*#([a-z0-9][a-z0-9._-]*)[ \t]*\}")
_KEYS = ("date", "source", "title")


def accepts(raw: RawDigest) -> bool:
    """Whether its first line is ``---``; the pages of daily lists, which a program writes, have one too."""
    return bool(_FIRST_LINE.match(raw.text)) and not arxiv_daily.accepts(raw)


def read(raw: RawDigest) -> Digest:
    """Read the digest. Raises DigestError if its front matter is broken, it has no day, or no paper."""
    meta, body, first = _front_matter(raw)
    notes = list(_unknown(raw, meta))
    day = _day(raw, meta, notes)
    source = raw.source_or(_source(raw, meta), SOURCE)
    above, *rest = blocks(body, first)
    outcomes = list(_papers(raw, rest, source, notes))
    if not outcomes:
        raw.fail("", "at least one paper (a heading `## Title`)", "none", "add one or remove the file")
    return raw.digest(
        NAME,
        day,
        source,
        raw.on_its_day(outcomes, notes),
        notes,
        title=clean_line(_text(meta.get("title"))),
        introduction="\n".join(above.lines).strip(),
    )


def _front_matter(raw: RawDigest) -> tuple[Mapping[str, Any], str, int]:
    """The front matter, all of its values text; the body, and the number of the body's first line.

    Values stay text because YAML would read ``2403.10000`` as a number and refuse ``2025-02-30`` for itself.
    """
    handler = YAMLHandler()
    text = raw.text.lstrip()
    before = raw.text[: len(raw.text) - len(text)].count("\n")
    try:
        written, body = handler.split(text)
    except ValueError:
        raw.fail(
            before + 1, "a second line `---` that ends the front matter", "none", "add it below the last key"
        )
    _check_size(raw, written.strip(), before + 1)
    try:
        meta = handler.load(written, Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        start = text.index(written)
        _fail_yaml(raw, error, before + text.count("\n", 0, start))
    except RecursionError:
        raw.fail(before + 1, "YAML of a few levels", "endless nesting", "correct the front matter")
    meta = meta or {}
    if not isinstance(meta, Mapping):
        raw.fail(
            before + 1, "lines `key: value` in the front matter", "something else", "correct the front matter"
        )
    return meta, body, before + text[: len(text) - len(body)].count("\n") + 1


def _check_size(raw: RawDigest, written: str, line: int) -> None:
    expected = "a front matter of a few keys"
    if len(written) > _FRONT_LIMIT:
        raw.fail(line, expected, f"{len(written):,} characters", "end it with a line `---`")
    if (brackets := written.count("[") + written.count("{")) > _BRACKET_LIMIT:
        raw.fail(line, expected, f"{brackets:,} opening brackets", "correct the front matter")


def _fail_yaml(raw: RawDigest, error: yaml.YAMLError, start: int) -> NoReturn:
    mark = getattr(error, "problem_mark", None)
    what = getattr(error, "problem", None) or getattr(error, "reason", None) or "an error"
    line = start + (mark.line if mark else 0) + 1
    raw.fail(
        line, "front matter in YAML", str(what), "correct the line; quote a value that has a colon in it"
    )


def _unknown(raw: RawDigest, meta: Mapping[str, Any]) -> Iterator[Problem]:
    places: dict[str, int] = {}
    for number, line in enumerate(raw.text.split("\n"), start=1):
        places.setdefault(line.partition(":")[0].strip(), number)
    for key in meta:
        if key not in _KEYS:
            expected = f"the keys {', '.join(_KEYS)} in the front matter"
            remedy = "it is not read: remove it or correct its name"
            yield Problem(raw.at(places.get(str(key), 1)), expected, shown(key), remedy)


def _day(raw: RawDigest, meta: Mapping[str, Any], notes: list[Problem]) -> date:
    """The day of the digest; a note if the front matter says another than was given."""
    written = _text(meta.get("date"))
    day = read_day(written)
    found = shown(written) if written else "none"
    if raw.day is None:
        remedy = "correct the front matter, give it with --date or begin the file's name with it"
        if written and day is None:
            raw.fail("", "a day `date: YYYY-MM-DD`", found, remedy)
        return raw.day_or(day, "", "a day `date: YYYY-MM-DD`", found, remedy)
    if written and day != raw.day:
        notes.append(raw.other_day(found, remedy="correct the front matter or rename the file"))
    return raw.day


def _source(raw: RawDigest, meta: Mapping[str, Any]) -> Source | None:
    """The source of the front matter: a name, a slug, or an object ``{name, slug, url}``."""
    value = meta.get("source")
    if isinstance(value, Mapping):
        name, slug = clean_line(_text(value.get("name"))), _text(value.get("slug"))
        return _named(raw, name or slug, slug, safe_url(_text(value.get("url"))))
    return _named(raw, clean_line(_text(value)), "", None)


def _named(raw: RawDigest, name: str, slug: str, url: str | None) -> Source | None:
    if not name:
        return None
    if not slug:
        return raw.find_source(name, url)
    slug = file_name(slug)
    return raw.sources.get(slug) or Source(slug, name, url)


def _papers(
    raw: RawDigest, found: Sequence[Block], own: Source, notes: list[Problem]
) -> Iterator[Record | Refusal]:
    source: Source | None = None
    for block in found:
        if block.level == 2:
            yield read_paper(raw, block, source, notes)
            continue
        named = _heading_source(raw, block.heading)
        source = named if named != own else None
        if text := " ".join("\n".join(block.lines).split()):
            remedy = "it is not read: move it above the first heading"
            notes.append(
                Problem(raw.at(block.line), "papers below a source", f"the text {shown(text)}", remedy)
            )


def _heading_source(raw: RawDigest, heading: str) -> Source | None:
    match = _SLUG.fullmatch(heading)
    text, slug = (match[1], match[2]) if match else (heading, "")
    link = only_link(text)
    return _named(raw, plain_line(link.label if link else text), slug, safe_url(link.url) if link else None)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
