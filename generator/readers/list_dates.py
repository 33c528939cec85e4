"""Dates as people write them in lists: ``2025-01-08``, ``2025年1月8日``, ``October 1, 2024``, ``1 Oct 2024``.

A date whose month could be its day (``01/02/2024``) is none.
"""

from __future__ import annotations

import re
from datetime import date

from generator.model import PartialDate
from generator.readers.fields import read_date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"(?P<{{0}}>{'|'.join(_MONTHS)})[a-z]{{{{0,6}}}}\.?"
_DAY = re.compile(
    r"(?<![\d.])(?P<year>(?:19|20)\d\d)[-./](?P<month>\d{1,2})[-./](?P<day>\d{1,2})(?!\d)"
    r"|(?<!\d)(?P<year4>(?:19|20)\d\d)\s?年\s?(?P<month4>\d{1,2})\s?月\s?(?P<day4>\d{1,2})\s?日"
    rf"|\b{_MONTH.format('name')}\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year2>(?:19|20)\d\d)\b"
    rf"|\b(?P<day3>\d{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH.format('name3')},?\s+(?P<year3>(?:19|20)\d\d)\b",
    re.IGNORECASE | re.ASCII,
)
_PARTS = re.compile(r"((?:19|20)\d\d)(?:[-./](\d{1,2})(?:[-./](\d{1,2}))?)?", re.ASCII)
_MONTH_YEAR = re.compile(rf"{_MONTH.format('name')},?\s+(?P<year>(?:19|20)\d\d)", re.IGNORECASE | re.ASCII)


def days_in(text: str) -> tuple[date, ...]:
    """The days that a line names, each once, in order.

    >>> days_in("Papers for 2024-10-01"), days_in("Week of Oct. 1st, 2024"), days_in("arXiv 2403.01234")
    ((datetime.date(2024, 10, 1),), (datetime.date(2024, 10, 1),), ())
    """
    found = (_day(match) for match in _DAY.finditer(text))
    return tuple(dict.fromkeys(day for day in found if day))


def without_days(text: str) -> str:
    """A line without the days that it names."""
    return _DAY.sub(" ", text)


def read_partial(text: str) -> PartialDate | None:
    """A date that is all of `text`, as precisely as it is written; None if it is none.

    >>> str(read_partial("2017-06")), str(read_partial("Jan 2024")), str(read_partial("2024/5/1"))
    ('2017-06', '2024-01', '2024-05-01')
    """
    text = " ".join(text.split()).strip("()[]【】`*_ ")
    if match := _PARTS.fullmatch(text):
        return read_date("-".join([match[1], *(part.zfill(2) for part in match.groups()[1:] if part)]))
    if match := _MONTH_YEAR.fullmatch(text):
        return PartialDate(int(match["year"]), _MONTHS.index(match["name"].lower()) + 1)
    match = _DAY.fullmatch(text)
    day = _day(match) if match else None
    return PartialDate(day.year, day.month, day.day) if day else None


def _day(match: re.Match[str]) -> date | None:
    year = match["year"] or match["year2"] or match["year3"] or match["year4"]
    name = match["name"] or match["name3"]
    month = _MONTHS.index(name.lower()) + 1 if name else int(match["month"] or match["month4"])
    day = match["day"] or match["day2"] or match["day3"] or match["day4"]
    try:
        return date(int(year), month, int(day))
    except ValueError:
        return None
