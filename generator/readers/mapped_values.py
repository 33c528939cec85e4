"""Values of tables and of anybody's JSON into values of the model. Pure; what is not sure is None, never a guess."""

from __future__ import annotations

import ast
import json
import math
import re
import warnings
from collections.abc import Iterable, Mapping

from generator.model import PartialDate
from generator.readers.fields import read_date
from generator.readers.people import given_first, inverted, once, split_authors
from generator.text.clean import clean_line
from generator.text.tex import letters

#: A list that a program wrote into one cell is read only up to this length.
_LIST_LIMIT = 100_000
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<month>[A-Za-z]{3})[a-z]{0,6}\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_TIME = r"(?:,?\s+\d\d?:\d\d[\w:.+ -]{0,30})?"
_WRITTEN = tuple(
    re.compile(form + _TIME, re.ASCII)
    for form in (
        rf"(?:[A-Za-z]{{3,9}},?\s+)?{_DAY}[\s-]+{_MONTH}[\s,-]+(?P<year>\d{{4}})",
        rf"(?:[A-Za-z]{{3,9}},?\s+)?{_MONTH}\s+{_DAY},?\s+(?P<year>\d{{4}})",
        rf"{_MONTH},?\s+(?P<year>\d{{4}})",
    )
)
_DIGITS = re.compile(r"(\d{4})(?:([/.])(\d{1,2})(?:\2(\d{1,2}))?|(\d{2})(\d{2}))(?=$|[ T])", re.ASCII)
_YEAR = re.compile(r"(\d{4})\.0", re.ASCII)
#: A category of arXiv; several may stand in one text with spaces between them.
_CATEGORY = re.compile(
    r"[a-z]+(?:-[a-z]+)*\.[A-Za-z]{2,9}(?:-[a-z]+)*|cs|econ|eess|math|physics|stat|q-(?:alg|bio|fin)|nlin|astro-ph"
    r"|cond-mat|gr-qc|hep-(?:ex|lat|ph|th)|math-ph|nucl-(?:ex|th)|quant-ph|cmp-lg|alg-geom|dg-ga|funct-an|solv-int",
    re.ASCII,
)
_NAMES = ("name", "full_name", "fullname", "display_name", "literal", "author")
_GIVEN = ("given", "given_name", "first", "first_name", "firstname", "forename")
_FAMILY = ("family", "family_name", "last", "last_name", "lastname", "surname")
#: One author with the family name first, rather than two of one name each.
_ONE_INVERTED = re.compile(r"[^\s,]+,\s*(?:[^\s,.]+|(?:[^\W\d_]\.[\s-]*)+)")
_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})
_NOBODY = frozenset({"", "et al", "et al.", "others", "..."})


def text_of(value: object) -> str | None:
    """A text or a number as a text; of a list with one entry that entry. None for anything else."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, (int, float)):
        return str(value) if math.isfinite(value) else None
    return text_of(value[0]) if isinstance(value, list) and len(value) == 1 else None


def paragraphs_of(value: object) -> str | None:
    """A text; a list of texts is one of paragraphs. A number is none."""
    written = value if isinstance(value, list) else [value]
    texts = [part for part in written if isinstance(part, str)]
    return "\n\n".join(texts) if len(texts) == len(written) else None


def date_of(value: object) -> PartialDate | None:
    """A date in one of the forms that can mean only one thing.

    >>> [str(date_of(text)) for text in ("2024-03-05T01:02:03Z", "2024/3/5", "20240305", "5 March 2024", "Mar 5, 2024")]
    ['2024-03-05', '2024-03-05', '2024-03-05', '2024-03-05', '2024-03-05']
    >>> str(date_of("Wed, 1 Mar 2023 19:00:02 GMT")), str(date_of(2020)), date_of("03/04/2024")
    ('2023-03-01', '2020', None)
    """
    text = " ".join((text_of(value) or "").split())
    if found := read_date(text):
        return found
    if match := _YEAR.fullmatch(text):
        return read_date(match[1])
    if match := _DIGITS.match(text):
        month, day = match[3] or match[5], match[4] or match[6]
        return read_date("-".join((match[1], month.zfill(2), *([day.zfill(2)] if day else []))))
    for form in _WRITTEN:
        if (match := form.fullmatch(text)) and match["month"].lower() in _MONTHS:
            month = f"{_MONTHS.index(match['month'].lower()) + 1:02d}"
            day = match.groupdict().get("day")
            return read_date("-".join((match["year"], month, *([day.zfill(2)] if day else []))))
    return None


def values_of(value: object) -> tuple[str, ...] | None:
    """A list of short texts: as one, or in one text with semicolons or else commas; categories with spaces too.

    >>> values_of("agents; tools, old and new"), values_of("['a', 'b']"), values_of("cs.CL stat.ML")
    (('agents', 'tools, old and new'), ('a', 'b'), ('cs.CL', 'stat.ML'))
    """
    value = unfold_list(value)
    if isinstance(value, list):
        texts = [text for part in value if (text := text_of(_named(part))) is not None]
    else:
        text = text_of(value)
        if text is None:
            return None
        texts = _cut(text)
    return once(map(clean_line, texts))


def _cut(text: str) -> list[str]:
    for separator in (";", ",", "|"):
        if separator in text:
            return text.split(separator)
    return text.split() if all(map(_CATEGORY.fullmatch, text.split())) else [text]


def _named(value: object) -> object:
    """What an object is called, for lists of objects."""
    if isinstance(value, Mapping):
        return next((value[key] for key in ("name", "term", "label", "title") if key in value), None)
    return value


def authors_of(value: object) -> tuple[str, ...] | None:
    """The names of authors, as they are spoken: of a list, or of one text.

    In a text they are separated by semicolons, or by "and" if each has its family name first, or by commas; two words
    with a comma between them are one name.

    >>> authors_of("Lovelace, A.; Babbage, C."), authors_of("Ada Lovelace, Charles Babbage and Alan Turing")
    (('A. Lovelace', 'C. Babbage'), ('Ada Lovelace', 'Charles Babbage', 'Alan Turing'))
    >>> authors_of([{"given": "Ada", "family": "Lovelace"}, "Babbage, Charles", ["Turing", "Alan", ""]])
    ('Ada Lovelace', 'Charles Babbage', 'Alan Turing')
    """
    value = unfold_list(value)
    if isinstance(value, Mapping):
        value = [value]
    if isinstance(value, list):
        return once(name for part in value if (name := _author(part)).casefold() not in _NOBODY)
    text = text_of(value)
    if text is None:
        return None
    lines = [part for part in text.split("\n") if part.strip()]
    if ";" in text:
        names: Iterable[str] = map(_spoken, text.split(";"))
    elif len(lines) > 1 and "," not in text:
        names = map(_spoken, lines)
    elif len(pairs := text.split(" and ")) > 1 and all(pair.count(",") == 1 for pair in pairs):
        names = map(_spoken, pairs)
    elif _ONE_INVERTED.fullmatch(text.strip()):
        names = [_spoken(text)]
    else:
        names = split_authors(text)
    return once(name for name in names if name.casefold() not in _NOBODY)


def _author(value: object) -> str:
    """The name of one author in a list; empty if it has none."""
    if isinstance(value, str):
        return _spoken(value)
    if isinstance(value, list) and 2 <= len(value) <= 4:  # arXiv's authors_parsed: family, given, suffix
        texts = [part for part in value if isinstance(part, str)]
        return given_first(*texts[:3]) if len(texts) == len(value) else ""
    if isinstance(value, Mapping):
        if name := _first(value, _NAMES):
            return _spoken(name)
        return given_first(_first(value, _FAMILY), _first(value, _GIVEN))
    return ""


def _first(value: Mapping[object, object], keys: Iterable[str]) -> str:
    return next((found for key in keys if isinstance(found := value.get(key), str) and found.strip()), "")


def _spoken(name: str) -> str:
    """One name: ``Family, Given`` turned round, a suffix left where it is."""
    parts = name.split(",")
    if len(parts) == 2 and parts[1].strip().casefold() in _SUFFIXES:
        return clean_line(letters(name))
    return inverted(name) if 1 < len(parts) < 4 else clean_line(letters(name))


def unfold_list(value: object) -> object:
    """The list that a text stands for, as JSON or as Python writes it (``['a', 'b']``); anything else as it is."""
    if not isinstance(value, str) or len(value) > _LIST_LIMIT:
        return value
    text = value.strip()
    if not (text.startswith("[") and text.endswith("]")):
        return value
    for read in _READERS:
        try:
            found = read(text)
        except (ValueError, SyntaxError, MemoryError, RecursionError, TypeError):
            continue
        if isinstance(found, list):
            return found
    return value


def _literal(text: str) -> object:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Python warns of backslashes that are no escapes
        return ast.literal_eval(text)


_READERS = (json.loads, _literal)
