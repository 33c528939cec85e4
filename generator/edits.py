"""What the editors of a site say of single papers: ``papers.yml``.

    2503.14734:                  # an arXiv identifier, a DOI, the key of a page or its address
      title: A corrected title
      tags: [robotics, our favourites]
      summary: What it is about, in a sentence.
      note: |
        *Markdown*, shown below the abstract.
      pin: true                  # first on its day
      hide: false                # on no list; its page says so

Everything that is wrong is told at once. Keys are read as text, for YAML takes 2410.12950 for a number.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import yaml

from generator.errors import ConfigError, Problem, shown
from generator.ids import arxiv_key, doi_key, file_name, parse_arxiv, parse_doi
from generator.model import Edit, Paper
from generator.text.clean import clean_line, clean_paragraphs

FILE = "papers.yml"
_OPTIONS = tuple(field.name for field in fields(Edit))
_FORM = "write, below the paper's key, " + ", ".join(_OPTIONS)


class _Loader(yaml.SafeLoader):
    """YAML in which only true, false and nothing are no text."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, form) for tag, form in resolvers if tag.rpartition(":")[2] in ("bool", "null", "merge")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@dataclass(frozen=True, slots=True)
class Entry:
    """What is said of the paper with a key, and on which line of the file."""

    line: int
    edit: Edit


Edits = Mapping[str, Entry]


def load_edits(file: Path) -> dict[str, Entry]:
    """The entries of a file by the keys of papers, in its order; none if there is no file. Raises ConfigError."""
    found: dict[str, Entry] = {}
    problems: list[Problem] = []
    for line, name, value in _pairs(file):
        where = f"{file.name}: line {line}: {name}"
        key = key_for(name)
        if not key:
            remedy = "write an arXiv identifier, a DOI, or the key in the address of the paper's page"
            problems.append(Problem(f"{file.name}: line {line}", "the key of a paper", shown(name), remedy))
        elif key in found:
            first = f"line {found[key].line} has one already"
            problems.append(Problem(where, "one entry for a paper", first, "make one of them"))
        else:
            edit, wrong = _edit(value, where)
            problems += wrong
            found[key] = Entry(line, edit)
    if problems:
        raise ConfigError(*problems)
    return found


def _pairs(file: Path) -> list[tuple[int, str, object]]:
    """The entries of a file as they are written: the line, the name and the value of each. Raises ConfigError."""
    try:
        loader = _Loader(file.read_text("utf-8-sig"))
    except FileNotFoundError:
        return []
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise ConfigError(Problem(file.name, "a file in UTF-8", shown(error), "correct the file")) from None
    try:
        root = loader.get_single_node()
        if root is None:
            return []
        if not isinstance(root, yaml.MappingNode):
            raise ConfigError(Problem(file.name, "a mapping of papers", shown(type(root).__name__), _FORM))
        return [
            (
                key.start_mark.line + 1,
                key.value if isinstance(key, yaml.ScalarNode) else "",
                loader.construct_object(value, deep=True),
            )
            for key, value in root.value
        ]
    except (yaml.YAMLError, RecursionError, ValueError, TypeError) as error:
        raise ConfigError(Problem(file.name, "YAML", shown(error), "correct the file")) from None
    finally:
        loader.dispose()


def key_for(name: str) -> str:
    """The key of a paper's page, from its identifier, address or key; empty if it is none.

    >>> key_for("arXiv:hep-th/9711200v2"), key_for("10.1000/ABC"), key_for("papers/a-title-0a1b2c.html"), key_for("?!")
    ('hep-th-9711200', '10.1000-abc', 'a-title-0a1b2c', '')
    """
    name = clean_line(name).partition("#")[0].partition("?")[0]
    if found := parse_arxiv(name):
        return arxiv_key(found.id)
    if doi := parse_doi(name):
        return doi_key(doi)
    key = name.rpartition("papers/")[2].removesuffix(".html")
    return key if key and file_name(key) == key else ""


def _edit(value: object, where: str) -> tuple[Edit, list[Problem]]:
    """What is said of one paper, and what is wrong with it."""
    if not isinstance(value, dict):
        return Edit(), [Problem(where, f"a mapping of {', '.join(_OPTIONS)}", shown(value), _FORM)]
    given: dict[str, Any] = {}
    problems = []
    for name, said in value.items():
        if name not in _OPTIONS:
            remedy = "correct or remove it"
            problems.append(Problem(where, f"one of {', '.join(_OPTIONS)}", shown(name), remedy))
            continue
        expected, read = _VALUES[name]
        if said is None or (result := read(said)) is None:
            problems.append(Problem(f"{where}: {name}", expected, shown(said), "correct or remove it"))
        else:
            given[name] = result
    return Edit(**given), problems


def _line(said: object) -> str | None:
    return (clean_line(said) or None) if isinstance(said, str) else None


def _paragraphs(said: object) -> str | None:
    return (clean_paragraphs(said) or None) if isinstance(said, str) else None


def _markdown(said: object) -> str | None:
    if not isinstance(said, str):
        return None
    return "\n".join(clean_line(line) for line in said.strip().splitlines()) or None


def _names(said: object) -> tuple[str, ...] | None:
    names = (
        [_line(name) for name in ([said] if isinstance(said, str) else said)]
        if isinstance(said, str | list)
        else []
    )
    # A tag without a letter would have no address.
    fits = names and all(name and file_name(name) for name in names)
    return tuple(name for name in names if name) if fits else None


def _flag(said: object) -> bool | None:
    return said if isinstance(said, bool) else None


_VALUES: Mapping[str, tuple[str, Any]] = {
    "title": ("a title", _line),
    "tags": ("a list of tags", _names),
    "summary": ("a text", _paragraphs),
    "note": ("a text in Markdown", _markdown),
    "pin": ("true or false", _flag),
    "hide": ("true or false", _flag),
}


def edited(paper: Paper, edits: Edits, moved: Mapping[str, str]) -> Paper:
    """A paper as the editors want it. Its own key counts before its identifiers, these before former keys: those of
    addresses that have `moved` to its own.
    """
    if not edits:
        return paper
    entry = next((edits[key] for key in _keys(paper, moved) if key in edits), None)
    return apply(paper, entry.edit) if entry else paper


def apply(paper: Paper, edit: Edit) -> Paper:
    """A paper with an edit. What the editors say has no origin in a listing."""
    own = [name for name in ("title", "summary") if getattr(edit, name)]
    return replace(
        paper,
        title=edit.title or paper.title,
        summary=edit.summary or paper.summary,
        origins=tuple(tuple(name for name in names if name not in own) for names in paper.origins),
        edit=edit,
    )


def _keys(paper: Paper, moved: Mapping[str, str]) -> Iterator[str]:
    yield paper.key
    for record in (appearance.record for appearance in paper.appearances):
        if record.arxiv_id:
            yield arxiv_key(record.arxiv_id)
        if record.doi:
            found = parse_arxiv(record.doi)
            yield arxiv_key(found.id) if found else doi_key(record.doi)
    # A key that becomes a former one in this build is an alias now, and has moved in the next.
    own = {paper.address, *(f"papers/{alias}.html" for alias in paper.aliases)}
    led = (address for address in moved if end_of(address, moved) in own)
    yield from sorted({*paper.aliases, *(a.removeprefix("papers/").removesuffix(".html") for a in led)})


def end_of(address: str, moved: Mapping[str, str]) -> str:
    """Where an address leads to in the end."""
    seen = set[str]()
    while address in moved and address not in seen:
        seen.add(address)
        address = moved[address]
    return address
