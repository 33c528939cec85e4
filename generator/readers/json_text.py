"""JSON that strangers wrote: every defect is a DigestError, none a crash (RFC 8259, sections 4 and 9)."""

from __future__ import annotations

import ast
import json
import re
import warnings
from collections.abc import Iterator, Mapping
from functools import lru_cache

from generator.errors import Problem
from generator.readers.raw import RawDigest

#: Whole numbers of more digits are no data; Python refuses to read far longer ones at all.
_DIGITS = 18
#: A record that is a Python repr is read only up to this length (real ones have up to 9,000 characters; the
#: parser of Python takes memory a hundred times the text's).
REPR_LIMIT = 500_000
_START = re.compile(r"\s*[\[{]")
#: Characters in which the first record has shown its keys.
_NEAR = 20_000
_KEY = re.compile(r'"([^"\\\n]{1,60})"\s*:')


def keys(raw: RawDigest) -> frozenset[str]:
    """Names of keys that stand near the beginning of a text that looks like JSON, one object or one a line; none of
    any other text. Of what JSON it is this tells cheaply, and of a damaged one too.
    """
    return _keys(raw.text[:_NEAR]) if _START.match(raw.text) else frozenset()


@lru_cache(maxsize=8)
def _keys(text: str) -> frozenset[str]:
    return frozenset(_KEY.findall(text))


def load(raw: RawDigest) -> object:
    """Parse the whole text. NaN, infinities and endless numbers are null; of a key given twice the last counts.

    Raises DigestError with line and column if it is no JSON.
    """
    try:
        return json.loads(raw.text, parse_constant=lambda _: None, parse_int=_whole)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raw.fail(
            error.lineno, "JSON", f"an error at {place} ({error.msg})", "correct it or save the answer again"
        )
    except RecursionError:
        raw.fail("$", "JSON of a few levels", "thousands of nested brackets", "save the answer again")


def load_lines(raw: RawDigest) -> Iterator[tuple[int, object]]:
    """The values of a text that has one a line (JSON Lines, <https://jsonlines.org/>), with the numbers of their lines.

    A line that is no JSON gives a Problem instead: it costs no other.
    """
    for number, line in enumerate(raw.text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            yield number, json.loads(line, parse_constant=lambda _: None, parse_int=_whole)
        except (ValueError, RecursionError) as error:
            column = (
                f"column {error.colno} ({error.msg})" if isinstance(error, json.JSONDecodeError) else "it"
            )
            remedy = "correct the line or remove it"
            yield number, Problem(raw.at(number), "an object in JSON", f"an error at {column}", remedy)


def load_records(raw: RawDigest) -> Iterator[tuple[int | str, object]]:
    """The records of a text with their places: one a line, or all of them in one list, or a single one on any lines.

    A line that is no JSON gives a Problem. Raises DigestError if a list, or a single record, is no JSON.
    """
    if raw.text.lstrip().startswith("["):
        items = load(raw)
        yield from (
            (f"$[{place}]", item) for place, item in enumerate(items if isinstance(items, list) else ())
        )
    elif _is_spread(raw.text):
        yield "$", load(raw)
    else:
        yield from load_lines(raw)


def _is_spread(text: str) -> bool:
    """Whether a record is spread over lines: its first one has the bracket and little else."""
    first, _, rest = text.strip().partition("\n")
    return first.rstrip() == "{" and bool(rest)


def is_lines(raw: RawDigest) -> bool:
    """Whether a text has a JSON value on each line, and more than one line: its first line is a value by itself."""
    first, _, rest = raw.text.strip().partition("\n")
    if not first.startswith("{") or not first.rstrip().endswith("}") or not rest:
        return False
    try:
        json.loads(first)
    except (ValueError, RecursionError):
        return False
    return True


def _whole(digits: str) -> int | None:
    return int(digits) if len(digits) <= _DIGITS else None


def unfold(item: object) -> object:
    """Give the record that a string stands for (as JSON, or as Python's repr); anything else as it is."""
    if not isinstance(item, str) or not item.lstrip().startswith("{") or len(item) > REPR_LIMIT:
        return item
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Python warns of backslashes that are no escapes
            return ast.literal_eval(item.strip())
    except (ValueError, SyntaxError, MemoryError, RecursionError, TypeError):
        pass
    try:
        return json.loads(item, parse_constant=lambda _: None, parse_int=_whole)
    except (ValueError, RecursionError):
        return item


def kind(value: object) -> str:
    """What a value is, for people."""
    kinds = {str: "a text", bool: "true or false", int: "a number", float: "a number", list: "a list"}
    if value is None:
        return "nothing"
    return "an object" if isinstance(value, Mapping) else kinds.get(type(value), "something else")
