"""The weeks of a weekly list: what their headings say, and the years of those that say none.

``(June 23 - June 29) - 2025``, ``(December 30 - January 5) - 2025``, ``(Jan 1-8)``, ``(Feb 27-Mar 5)``. The year is
that of the week's last day. A list goes on week by week, so a week without a year is of the one year that puts it next
to a week that has one; if there is none near enough it stays unknown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"({'|'.join(_MONTHS)})[a-z]{{0,6}}\.?"
_DAY = r"(\d{1,2})(?:st|nd|rd|th)?"
#: A range of days; of its last day the month, and any year, may be missing.
RANGE = rf"{_MONTH}\s+{_DAY}(?:,?\s+(\d{{4}}))?\s*(?:-|–|—|to)\s*(?:{_MONTH}\s+)?{_DAY}(?:,?\s+(\d{{4}}))?"
_RANGE = re.compile(RANGE, re.IGNORECASE | re.ASCII)
_YEAR = re.compile(r"\b((?:19|20)\d{2})\b", re.ASCII)
#: A "week" of more days is none.
_LONGEST = timedelta(days=14)
#: Two weeks that follow each other in a list are no further apart, for a list may miss some.
_APART = timedelta(days=45)


class Week(NamedTuple):
    """The begin and the end of a week as months and days; `year` is that of the end, None if it is not said."""

    first: tuple[int, int]
    last: tuple[int, int]
    year: int | None

    def end(self, year: int) -> date | None:
        """The last day in a year; None if the calendar has no such week."""
        try:
            end = date(year, *self.last)
            begin = date(year - (self.first > self.last), *self.first)
        except ValueError:
            return None
        return end if timedelta(0) <= end - begin <= _LONGEST else None


def read_week(heading: str) -> Week | None:
    """The week that a heading names; None if it names none.

    >>> read_week("Top ML Papers of the Week (December 30 - January 5) - 2025")
    Week(first=(12, 30), last=(1, 5), year=2025)
    """
    match = _RANGE.search(heading)
    if not match:
        return None
    month, day, begins, other, last, ends = match.groups()
    first = (_MONTHS.index(month.lower()) + 1, int(day))
    end = (_MONTHS.index(other.lower()) + 1 if other else first[0], int(last))
    behind = _YEAR.search(heading, match.end())
    written = ends or (behind[1] if behind else None)
    if written is None and begins is not None:
        return Week(first, end, int(begins) + (first > end))
    return Week(first, end, int(written) if written else None)


def days_of(weeks: Sequence[Week | None]) -> list[date | None]:
    """The last days of the weeks of a list, in its order; None for a week whose year is not certain."""
    days = [week.end(week.year) if week and week.year else None for week in weeks]
    for place, week in enumerate(weeks):
        if week and week.year and week.first > week.last:
            days[place] = _crossing(
                week, week.year, [*days[max(place - 1, 0) : place], *days[place + 1 : place + 2]]
            )
    for order in (range(len(days)), range(len(days) - 1, -1, -1)):
        near: date | None = None
        for place in order:
            week = weeks[place]
            if days[place] is None and week and week.year is None and near:
                days[place] = _beside(week, near)
            near = days[place] or near
    return days


def _crossing(week: Week, year: int, neighbours: Sequence[date | None]) -> date | None:
    """The last day of a week that crosses years: in the year that is written, but for neighbours that make it plain
    that it is the year of the first day.
    """
    end, later = week.end(year), week.end(year + 1)
    near = [day for day in neighbours if day]
    first = later and not any(_close(end, day) for day in near) and any(_close(later, day) for day in near)
    return later if first else end


def _close(one: date | None, other: date) -> bool:
    return one is not None and abs(one - other) <= _APART


def _beside(week: Week, near: date) -> date | None:
    """The last day of a week in the year that puts it next to a day; at most one year does."""
    ends = (week.end(near.year + year) for year in (-1, 0, 1))
    return next((end for end in ends if _close(end, near)), None)
