"""JSON that strangers wrote: every defect is a DigestError, none a crash (RFC 8259, sections 4 and 9)."""

from __future__ import annotations

import ast
import json
import warnings
from collections.abc import Mapping

from generator.readers.raw import RawDigest

#: Whole numbers of more digits are no data; Python refuses to read far longer ones at all.
_DIGITS = 18
#: A record that is a Python repr is read only up to this length (real ones have up to 9,000 characters; the
#: parser of Python takes memory a hundred times the text's).
REPR_LIMIT = 500_000


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
