"""The records that all stages share: frozen values, no format, no I/O.

    Digest   one file as a reader understood it: a day, a source, its Records and its Refusals
    Record   one paper as one digest lists it
    Paper    one work, merged from all its Records, with an Appearance for each
    Account  what became of the records of one digest

All text is plain Unicode in NFC without control characters (see `generator.text.clean`). An unknown value
is ``None`` or empty, never zero or a guess.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from generator.errors import Problem
from generator.text.prose import Prose

#: As what arXiv announces a paper: new; from another category; a new version; both.
#: <https://info.arxiv.org/help/rss_specifications.html>
ANNOUNCED = ("new", "cross", "replace", "replace-cross")


class PartialDate(NamedTuple):
    """A date as precisely as it is known: a year, a month of a year, or a day. Sorts in that order."""

    year: int
    month: int = 0
    day: int = 0

    def __str__(self) -> str:
        parts = [f"{self.year:04d}", *(f"{part:02d}" for part in (self.month, self.day) if part)]
        return "-".join(parts)


@dataclass(frozen=True, slots=True)
class Source:
    """Who made a list. `slug` names it in addresses and file names, `name` is for people."""

    slug: str
    name: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A place on the web that belongs to a paper. `label` is one of the words a reader sees: arXiv, PDF, Code, …"""

    label: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One paper as one digest lists it.

    `where` names the record inside its file ("line 11", "$[3]"). `abstract` has its paragraphs separated by
    one empty line, each on a single line. `arxiv_id` is canonical and without version (`generator.ids`), `doi`
    lower case without a resolver. `tags` were written by a person; `keywords` and `categories` are the source's
    own. `upvotes`, `comments` and `stars` (of the code's repository) are counts at the time of the digest.
    `source` is who lists it where that differs from the digest's own source (a day with several lists), `day` the
    day where a digest is of several (a week's answer). `announced` is as what arXiv lists it, one of `ANNOUNCED`,
    empty where nothing is said; `venue` the journal, book or proceedings that it appeared in; `comment` what its
    authors say of it ("12 pages, 3 figures"). Title and abstract are TeX's source (`generator.text.prose`); `restored`
    is the abstract with formulas restored from what its text had left of them, empty if there are none.
    """

    where: str
    title: str
    source: Source | None = None
    day: date | None = None
    announced: str = ""
    abstract: str = ""
    authors: tuple[str, ...] = ()
    arxiv_id: str | None = None
    arxiv_version: int | None = None
    doi: str | None = None
    published: PartialDate | None = None
    revised: PartialDate | None = None
    venue: str = ""
    comment: str = ""
    links: tuple[Link, ...] = ()
    tags: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    summary: str = ""
    upvotes: int | None = None
    comments: int | None = None
    stars: int | None = None
    submitted_by: str | None = None
    organization: str | None = None
    restored: str = ""

    @property
    def text(self) -> str:
        """Its abstract, with formulas restored if they were damaged."""
        return self.restored or self.abstract


@dataclass(frozen=True, slots=True)
class Refusal:
    """A record that was seen and not accepted. `title` is what could be read of it, for the account."""

    problem: Problem
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """One file of papers. `path` is relative to the site's root, with forward slashes.

    `records` keep the order of the file. `notes` are remarks that cost no record (a date that differs).
    `introduction` is the curator's own Markdown text above the papers, if the format has one. `day` is the last of
    its days, `since` the first where it is of several. `said` is how many records it should have by its own words,
    `announced` how many arXiv announced as what, in the order of `ANNOUNCED`.
    """

    path: str
    format: str
    day: date
    source: Source
    records: tuple[Record, ...]
    refusals: tuple[Refusal, ...] = ()
    notes: tuple[Problem, ...] = ()
    title: str = ""
    introduction: str = ""
    since: date | None = None
    said: int | None = None
    announced: tuple[tuple[str, int], ...] = ()

    @property
    def seen(self) -> int:
        """How many records the file holds: accepted, merged and refused ones together."""
        return len(self.records) + len(self.refusals)


@dataclass(frozen=True, slots=True, kw_only=True)
class Appearance:
    """One listing of a paper: on which day, by whom, at which place in the list (from 1), with what."""

    day: date
    source: Source
    digest: str
    position: int
    record: Record


@dataclass(frozen=True, slots=True)
class Tag:
    """A name that groups papers. `kind` is topic, category, label (a person's) or keyword (the source's)."""

    kind: str
    name: str
    slug: str
    area: str = ""


@dataclass(frozen=True, slots=True)
class Edit:
    """What the editors of a site say of a paper (`generator.edits`): a title and a summary in place of those listed,
    tags beside them, a note in Markdown; `pin` puts it first on its day, `hide` on no list.
    """

    title: str = ""
    tags: tuple[str, ...] = ()
    summary: str = ""
    note: str = ""
    pin: bool = False
    hide: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One work. `key` is its permanent name, `aliases` are other keys that it has been published under, `clues`
    recognise it if its title or identifier is corrected (`generator.keys`).

    Every field is the best that its records give (`generator.library` says how); `appearances` are in order
    of day, source and place, oldest first, and there is at least one. If there are several, `origins` says of each
    which fields the paper has from it. `restored` says that formulas of its abstract were. `edit` is what the editors
    say of it, title and summary included.
    """

    key: str
    aliases: tuple[str, ...]
    clues: tuple[str, ...]
    title: str
    abstract: str
    authors: tuple[str, ...]
    arxiv_id: str | None
    doi: str | None
    published: PartialDate | None
    revised: PartialDate | None
    venue: str
    comment: str
    links: tuple[Link, ...]
    keywords: tuple[str, ...]
    summary: str
    upvotes: int | None
    comments: int | None
    stars: int | None
    submitted_by: str | None
    organization: str | None
    appearances: tuple[Appearance, ...]
    tags: tuple[Tag, ...] = ()
    origins: tuple[tuple[str, ...], ...] = ()
    restored: bool = False
    edit: Edit = Edit()

    @property
    def first(self) -> Appearance:
        """The oldest appearance: it places the paper in every list."""
        return self.appearances[0]

    @property
    def plain_title(self) -> str:
        """Its title as people read it where there is no markup."""
        return Prose(self.title).as_title

    @property
    def prose(self) -> Prose:
        """Its abstract, to be shown in any form."""
        return Prose(self.abstract, self.restored)

    @property
    def address(self) -> str:
        """The address of its page below the site's root."""
        return f"papers/{self.key}.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """Two records found to be the same work: which record of which digest, into which paper, and why."""

    digest: str
    where: str
    title: str
    key: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What became of one digest's records: ``seen == accepted + merged + refused``.

    `digest` comes without its records; `notes` are its own and those that others gave reason for.
    """

    digest: Digest
    accepted: int
    merges: tuple[Merge, ...]
    notes: tuple[Problem, ...] = ()

    @property
    def merged(self) -> int:
        """How many records belong to a paper that another record had already brought."""
        return len(self.merges)

    @property
    def refused(self) -> int:
        """How many records could not be used."""
        return len(self.digest.refusals)

    @property
    def seen(self) -> int:
        """How many records the digest holds."""
        return self.accepted + self.merged + self.refused
