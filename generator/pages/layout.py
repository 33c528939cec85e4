"""What the pages of a site depend on besides the library, and how they link to each other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from generator.text.markdown import escape_markdown

#: What of an address is left as it is; the rest could end the link or be read as markup.
_IN_URL = "!#$%&'()+,/:;=?@~-._"
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Layout:
    """`page_size` papers make a full page of a list; an author or a keyword of the source earns a page from
    `author_papers` and `keyword_papers` on. `published` are the addresses that have been published: a list that
    had a page keeps it.
    """

    site_name: str
    page_size: int = 50
    author_papers: int = 3
    keyword_papers: int = 3
    published: frozenset[str] = frozenset()


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


def link(text: str, target: str, page: str) -> str:
    """A Markdown link with plain `text`, from the file `page` to another file `target` (both below ``docs/``)."""
    return f"[{escape_markdown(text)}]({'../' * page.count('/')}{target})"


def web_link(text: str, url: str) -> str:
    """A Markdown link to the web. `url` has passed `generator.text.links.safe_url`."""
    return f"[{escape_markdown(text)}](<{quote(url, safe=_IN_URL)}>)"
