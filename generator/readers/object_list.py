"""The list of papers in anybody's JSON: one object a line, a list of objects, or such a list somewhere inside."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from generator.errors import ascii_safe, shown
from generator.readers import json_text
from generator.readers.mapping import look, normalized
from generator.readers.raw import RawDigest

#: Lists of papers do not lie deeper than this.
_DEEPEST = 6
#: So much of a key stands in a path.
_KEY_SHOWN = 40

#: Records with their places: a line or a path. A Problem stands for a line that is no JSON.
Objects = list[tuple[int | str, object]]
IsPaper = Callable[[object], bool]


def read_objects(raw: RawDigest, is_paper: IsPaper, path: str = "") -> tuple[Objects, object]:
    """The records, and the whole answer that they came in (None for one record a line).

    `path` leads to their list; without it that is the only list with objects that are papers, the whole, or a single
    paper. Raises DigestError if it is no JSON, or which list it is cannot be told.
    """
    if json_text.is_lines(raw):
        return [*json_text.load_lines(raw)], None
    answer = json_text.load(raw)
    if path:
        return _at_path(raw, answer, path), answer
    if is_paper(answer):
        return [("$", answer)], answer
    found = dict(_lists(answer, is_paper))
    if len(found) != 1:
        expected = "one list of objects with titles"
        remedy = "describe it in mkdocs.yml (extra.broadsheet.formats) with the path of its records"
        raw.fail("$", expected, f"{len(found)}: {shown(', '.join(found))}" if found else "none", remedy)
    ((root, items),) = found.items()
    return [(f"{root}[{key}]", item) for key, item in items], answer


def _at_path(raw: RawDigest, answer: object, path: str) -> Objects:
    found = look(normalized(answer), path) if isinstance(answer, Mapping) else None
    if isinstance(found, Mapping):
        found = [*found.values()]
    if not isinstance(found, list):
        expected, remedy = (
            f"a list of papers at {path}",
            "correct records in mkdocs.yml or get the file again",
        )
        raw.fail("$", expected, json_text.kind(found), remedy)
    return [(f"$.{path}[{number}]", item) for number, item in enumerate(found)]


def _lists(answer: object, is_paper: IsPaper) -> Iterator[tuple[str, Objects]]:
    """Lists that hold a paper, and objects that hold nothing else, with their paths; none inside another."""
    level: list[tuple[str, object]] = [("$", answer)]
    for _ in range(_DEEPEST):
        below: list[tuple[str, object]] = []
        for path, value in level:
            entries = _entries(value)
            papers = sum(is_paper(item) for _, item in entries)
            if papers and (isinstance(value, list) or papers == len(entries)):
                yield path, entries if isinstance(value, list) else [*_keyed(entries)]
            elif isinstance(value, Mapping):
                inner = ((key, item) for key, item in entries if isinstance(item, (list, Mapping)))
                below += [(f"{path}.{ascii_safe(str(key)[:_KEY_SHOWN])}", item) for key, item in inner]
        level = below


def _keyed(entries: Objects) -> Iterator[tuple[int | str, object]]:
    """Papers that an object has under their keys, which are their identifiers if they have no other."""
    for key, item in entries:
        yield shown(key), {"id": key, **item} if isinstance(item, Mapping) else item


def _entries(value: object) -> Objects:
    if isinstance(value, list):
        return [*enumerate(value)]
    return [(str(key), item) for key, item in value.items()] if isinstance(value, Mapping) else []


def said_by(answer: object) -> object:
    """How many records an answer of bioRxiv's API says that it has, <https://api.biorxiv.org/>."""
    if not isinstance(answer, Mapping) or "collection" not in answer:
        return None
    messages = answer.get("messages")
    first = messages[0] if isinstance(messages, list) and messages else None
    return first.get("count") if isinstance(first, Mapping) else None
