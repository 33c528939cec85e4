"""Dates as mails and arXiv write them: ``Fri,  3 Mar 23 01:29:12 GMT``. Pure.

Source: RFC 5322, section 3.3, and 4.3 for years of two digits.
"""

from __future__ import annotations

import re
from datetime import date

from generator.model import PartialDate

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DATE = re.compile(
    r"(?:[A-Za-z]{3,9}\.?,?\s+)?(\d{1,2})\s+([A-Za-z]{3})[a-z]{0,6}\.?,?\s+(\d{4}|\d{2})(?![\w.-])", re.ASCII
)


def read_mail_date(text: str) -> PartialDate | None:
    """The day that `text` begins with, as it is written: no time zone moves it. None if there is none.

    >>> str(read_mail_date("Fri,  3 Mar 23 01:29:12 GMT")), str(read_mail_date("2 Apr 2007 19:18:42 GMT"))
    ('2023-03-03', '2007-04-02')
    >>> read_mail_date("Thu, 31 Feb 2023") is read_mail_date("03/04/2023") is None
    True
    """
    match = _DATE.match(text.strip())
    if not match or match[2].lower() not in _MONTHS:
        return None
    year, month = int(match[3]), _MONTHS.index(match[2].lower()) + 1
    if len(match[3]) == 2:
        year += 2000 if year < 50 else 1900
    try:
        date(year, month, int(match[1]))
    except ValueError:
        return None
    return PartialDate(year, month, int(match[1]))
