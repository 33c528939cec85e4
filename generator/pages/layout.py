"""What the pages of a site depend on besides the library, and how they say dates and numbers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from generator.look import Look

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


#: What people call what arXiv announces a paper as; nothing for a new one.
ANNOUNCED_AS = {
    "cross": "cross-list",
    "replace": "replacement",
    "replace-cross": "replacement of a cross-list",
}


@dataclass(frozen=True, slots=True)
class Layout:
    """`page_size` papers make a full page of a list; an author or a keyword of the source earns a page from
    `author_papers` and `keyword_papers` on. `subscribe` is the form of the site's list of mail, elsewhere on the web.
    `handwritten` are the addresses of the pages that a person wrote, `taken` those at which a person's file takes the
    place of one that the archive would have (`generator.artifact.GIVING_WAY`). `icon` is the address of the icon that
    the site names, "" if it has the theme's; `card` says whether it has an image that others show of it,
    `day_abstracts` whether a day as Markdown has abstracts.
    """

    site_name: str
    site_url: str = ""
    description: str = ""
    language: str = "en"
    icon: str = ""
    card: bool = True
    day_abstracts: bool = False
    look: Look = field(default_factory=Look)
    page_size: int = 50
    author_papers: int = 5
    keyword_papers: int = 10
    subscribe: str = ""
    handwritten: tuple[str, ...] = ()
    taken: tuple[str, ...] = ()


def long_date(day: date) -> str:
    """Friday, 14 March 2025. The same under every locale."""
    return f"{_WEEKDAYS[day.weekday()]}, {short_date(day)}"


def short_date(day: date) -> str:
    """14 March 2025."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def month_name(year: int, month: int) -> str:
    """March 2025."""
    return f"{MONTHS[month - 1]} {year}"


def count(number: int, noun: str, plural: str = "") -> str:
    """1 paper, 1,234 papers."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"
