"""Dates of bibliographies, written in many ways, into what of them is certain. Nothing is guessed.

Of a range (``2024-03/2024-05``, ``May--June 2024``) that is what both ends share; of what calls itself uncertain
(``1998?``, ``ca. 1998``) nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from generator.model import PartialDate

#: The years of printed works; what is outside them is damage.
FIRST_YEAR, LAST_YEAR = 1400, 2199
#: Longer texts are no dates.
_LIMIT = 100
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)", re.ASCII)
_NUMERIC = re.compile(r"(\d{4})[-/.](\d{1,2})?(?:[-/.](\d{1,2})?)?(?:[T/ ].*)?", re.ASCII | re.DOTALL)
_RANGE = re.compile(r"\s*/\s*|\s*(?:--|–|—)\s*|\s+to\s+")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = re.compile(
    r"(?<![A-Za-z])(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![A-Za-z])",
    re.IGNORECASE,
)
_DAY = re.compile(r"(?<![\d/.-])(\d{1,2})(?:st|nd|rd|th)?(?![\w/.-])", re.ASCII)
_UNCERTAIN = re.compile(r"[?~%]|\b(?:ca?|circa|about|before|after)\b", re.IGNORECASE)
_UNDATED = re.compile(
    r"(?:in press|in print|forthcoming|to appear|in preparation|submitted(?: .*)?|accepted|under review|"
    r"n\.?\s?d\.?|no date|unpublished|unknown|undated|s\.\s?a\.)",
    re.IGNORECASE,
)


def parse_date(text: str) -> PartialDate | None:
    """A date as precisely as a text says it for certain; None if it says none.

    >>> [str(parse_date(text)) for text in ("2016/05/26/", "1948/07//", "14 March 2024", "2024a")]
    ['2016-05-26', '1948-07', '2024-03-14', '2024']
    >>> [str(parse_date(text)) for text in ("2024-03/2024-05", "May--June 2024", "2023/2024", "in press")]
    ['2024', '2024', 'None', 'None']
    """
    text = text.strip().strip("[]()").strip()
    if len(text) > _LIMIT or _UNCERTAIN.search(text):
        return None
    ends = [_NUMERIC.fullmatch(part) or _YEAR.fullmatch(part) for part in _RANGE.split(text)]
    if len(ends) == 2 and all(ends):  # two whole dates; ``2016/05`` is one
        return shared(parse_date(end[0]) for end in ends if end)
    if match := _NUMERIC.fullmatch(text):
        return make_date(match[1], match[2], match[3])
    return _written(text)


def _written(text: str) -> PartialDate | None:
    """A date in words: one year, and a month and a day if there is one of each."""
    years = set(_YEAR.findall(text))
    if len(years) != 1:
        return None
    months = {match.lower()[:3] for match in _MONTH.findall(text)}
    days = set(_DAY.findall(text))
    month = MONTHS.index(months.pop()) + 1 if len(months) == 1 else None
    return make_date(years.pop(), month, days.pop() if month and len(days) == 1 else None)


def make_date(year: object, month: object = None, day: object = None) -> PartialDate | None:
    """A date of parts that are numbers or texts of them; a part that is none, and those after it, are unknown."""
    found = [_number(part) for part in (year, month, day)]
    if not FIRST_YEAR <= found[0] <= LAST_YEAR:
        return None
    if not 1 <= found[1] <= 12:
        return PartialDate(found[0])
    try:
        date(*found)
    except ValueError:
        return PartialDate(found[0], found[1])
    return PartialDate(*found)


def _number(part: object) -> int:
    """A part of a date; 0 if it is none."""
    if isinstance(part, str) and part.strip().isascii() and part.strip().isdigit() and len(part.strip()) < 5:
        return int(part)
    return part if isinstance(part, int) and not isinstance(part, bool) else 0


def shared(dates: Iterable[PartialDate | None]) -> PartialDate | None:
    """What all dates have in common: a day, a month or a year; None if that is nothing, or one is not known."""
    known = [found or PartialDate(0) for found in dates]
    parts: list[int] = []
    for values in zip(*known, strict=True):
        if len(set(values)) > 1 or not values[0]:
            break
        parts.append(values[0])
    return PartialDate(*parts) if parts else None


def earliest(dates: Iterable[PartialDate | None]) -> PartialDate | None:
    """The first of some dates of one event; of those that do not contradict, the most precise.

    >>> str(earliest([PartialDate(2018, 3), PartialDate(2018), PartialDate(2018, 4, 1), None]))
    '2018-03'
    """
    return min(
        filter(None, dates), key=lambda date: (date.year, date.month or 13, date.day or 32), default=None
    )


def is_undated(text: str) -> bool:
    """Whether a text in the place of a date says that there is none yet: ``in press``."""
    return bool(_UNDATED.fullmatch(text.strip().strip("[](){}.").strip()))
