"""An item of a list into what it says of a paper.

Lists have no common form. In these, and mixtures of them, the title is found::

    [Title](https://arxiv.org/abs/…) - text
    (2023-05) **Title** [[paper](…)] [[code](…)]
    Title. Authors. Venue. [paper](…)
    Authors. "Title". Venue, 2023. [[pdf]](…)
    [[paper](…)] Title

An item is of a paper if the link of its title leads to one (`generator.readers.list_links.is_paper`), or another
link does and is called what it is ("paper", "pdf", or its address). A paper in the middle of an item's text does not
make it one. What follows the title are authors, a venue or a summary, by their looks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from generator.errors import Problem, shown
from generator.model import PartialDate, Record, Refusal
from generator.readers.fields import read_date
from generator.readers.list_inline import BREAK, HOLE, ListLink, plain_words, read_line, without_holes
from generator.readers.list_links import is_label, is_paper, place_of, says_paper
from generator.readers.list_looks import authors_of, is_venue
from generator.readers.raw import RawDigest
from generator.text.clean import clean_line, clean_paragraphs
from generator.text.inline import plain, plain_line

#: Longer words are a text, not a title.
TITLE_LIMIT = 300
_SPACE = " \t\u00a0"
_SEPARATORS = f"{_SPACE}{BREAK}-–—:：.。,，;|●•·>*_\\"
#: What is left of a text that had nothing but links.
_JOINTS = ("and", "or", "with", "see", "also")
_BEFORE, _AFTER = f"{_SEPARATORS})]", f"{_SPACE}{BREAK}-–—:：,，;|([*_\\"
#: What may stand before a title: a date, a venue in brackets or in code, a check box, a sign of a picture.
_LEAD = re.compile(
    r"[\s\-–—:：•●·|>✅🔥⭐🌟📄📝🆕]+|\[[ xX]\]|\[\d{1,3}\](?!\()"
    r"|(?P<date>(?:[(\[【`](?:19|20)\d{2}(?:[-./]\d{1,2}){0,2}[)\]】`]|(?:19|20)\d{2}(?:[-./]\d{1,2}){1,2})(?!\w)[.:,]?)"
    r"|[(\[【`](?P<venue>[^()\[\]【】`\x01]{1,40})[)\]】`]"
)
_STRONG = re.compile(r"(\*\*|__)([^*_]+|(?:(?!\1).){1,600})\1")
#: So many words may stand before a title that is a link, if they are neither authors nor end with a colon.
_LEADING_WORDS = 3
_YEAR_LAST = re.compile(r"[(\[]?\b(?:19|20)\d{2}\b[)\]]?$")
_QUOTED = re.compile(r"[\"“«]([^\"“”«»]{8,300})[\"”»]")
_LEFT = re.compile(r"[\s*_\"“(\[]*")
#: The end of a sentence: not after an initial, or an abbreviation such as "et al.".
_SENTENCE = re.compile(r"(?:(?<=\w\w\w)|(?<=[)\]?!*\"”]))(?<!\bet al)(?<!\bProc)[.。]\s+")
_DASH = re.compile(rf"\s+[-–—|]\s+|\s*[—{BREAK}]\s*")
_ASKED = re.compile(r"(?<=[?!])\s+")
_BY = re.compile(r",\s+([^,]{2,60}?\bet\.? al\b\.?[*_]*)")
_TRAILING = re.compile(r"\s*[(\[]([^()\[\]]{2,60})[)\]]\s*$")


@dataclass(slots=True)
class Entry:
    """What an item, a row or a section says of a paper, plain; `links` with their labels as they are."""

    line: int
    title: str = ""
    authors: tuple[str, ...] = ()
    summary: str = ""
    abstract: str = ""
    venue: str = ""
    published: PartialDate | None = None
    keywords: tuple[str, ...] = ()
    links: list[ListLink] = field(default_factory=list)

    def record(self, raw: RawDigest, notes: list[Problem]) -> Record | Refusal:
        """The record, or why there is none; what is left out of it is noted."""
        where = raw.at(self.line)
        if not any(map(str.isalnum, self.title)):
            found = shown(self.title) if self.title else "none"
            return Refusal(Problem(where, "the title of a paper", found, "write it or remove the entry"))
        if len(self.title) > TITLE_LIMIT:
            found = f"{len(self.title):,} characters: {shown(self.title)}"
            remedy = "put the title between ** and **"
            return Refusal(Problem(where, "the title of a paper", found, remedy), self.title[:80])
        place = place_of(raw, self.line, self.links, notes, self.abstract)
        return Record(
            where=f"line {self.line}",
            title=self.title,
            authors=self.authors,
            arxiv_id=place.arxiv.id if place.arxiv else None,
            arxiv_version=place.arxiv.version if place.arxiv else None,
            doi=place.doi,
            published=self.published,
            venue=self.venue,
            links=place.links,
            keywords=self.keywords,
            summary=clean_line(self.summary),
            abstract=clean_paragraphs(self.abstract),
        )


def read_entry(number: int, text: str, known: Mapping[str, str]) -> Entry | None:
    """The paper of an item at a line; None if it is of none. `known` are the definitions of links."""
    line = read_line(text, known)
    if not any(is_paper(url) or says_paper(label) for label, url in line.links):
        return None
    entry = Entry(number)
    rest = _title(entry, _without_lead(line.words, entry), line.links)
    if rest is None or not _names_paper(line.links, entry.title):
        return None
    return _finished(entry, line.links, rest)


def read_paragraph(number: int, text: str, known: Mapping[str, str]) -> Entry | None:
    """The paper of a paragraph that is none of an item: it begins with a title in stars, or with one that is a link."""
    strong = _STRONG.match(text)
    if not (strong and len(plain_words(strong[2]).split()) >= _LEADING_WORDS) and not text.startswith("["):
        return None
    return read_entry(number, text, known)


def read_title(number: int, text: str, known: Mapping[str, str]) -> Entry:
    """The entry of words that are known to be of a paper; its title is empty if none is found."""
    entry = Entry(number)
    line = read_line(text, known)
    rest = _title(entry, _without_lead(line.words, entry), line.links)
    return _finished(entry, line.links, rest or "")


def _finished(entry: Entry, links: Sequence[ListLink], rest: str) -> Entry:
    """An entry with its links, and with what stands behind its title."""
    entry.links = [ListLink("" if link.label == entry.title else link.label, link.url) for link in links]
    _without_trailing(entry)
    describe(entry, rest)
    return entry


def _names_paper(links: Sequence[ListLink], title: str) -> bool:
    """Whether the title leads to a paper, or a link that is called so does."""
    for label, url in links:
        if label == title and is_paper(url):
            return True
        if says_paper(label) or (is_label(label) and is_paper(url)):
            return True
    return False


def _without_lead(words: str, entry: Entry) -> str:
    """Words without what stands before a title."""
    place = 0
    while match := _LEAD.match(words, place):
        if match["venue"] and not is_venue(match["venue"]):
            break
        if match["date"] and entry.published is None:
            entry.published = read_date(_iso(match["date"]))
        if match["venue"]:
            entry.venue = entry.venue or clean_line(plain_line(match["venue"]))
        place = match.end()
    return words[place:]


def _iso(text: str) -> str:
    parts = re.findall(r"\d+", text)
    return "-".join([parts[0], *(part.zfill(2) for part in parts[1:3])])


def _title(entry: Entry, words: str, links: Sequence[ListLink]) -> str | None:
    """Find the title; give the words behind it, None if no title stands where one would."""
    left = _LEFT.match(words)
    start = left.end() if left else 0
    if words.startswith(HOLE, start):
        if not is_label(links[0].label):
            entry.title = clean_line(links[0].label)
            return words[start + 1 :]
        # ``[[paper](…)] Title``, and the like
        return _of_sentence(entry, words.replace(HOLE, " ").strip(f"{_SEPARATORS}[](),/"))
    if strong := _STRONG.match(words):
        return _of_strong(entry, strong, words, links)
    head, mark, tail = words.partition(HOLE)
    if quoted := _QUOTED.search(head):
        entry.title = plain_words(quoted[1]).rstrip(",.")
        _take_before(entry, head[: quoted.start()])
        return head[quoted.end() :] + mark + tail
    if mark and not is_label(links[0].label):
        plain = plain_words(head)
        if (
            len(plain.split()) > _LEADING_WORDS
            and not plain.endswith(":")
            and not authors_of(_undated(plain))
        ):
            return None  # a paper in the middle of a text
        entry.title = clean_line(links[0].label)
        _take_before(entry, head)
        return tail
    return f"{_of_sentence(entry, head)}{mark}{tail}"


def _of_strong(entry: Entry, strong: re.Match[str], words: str, links: Sequence[ListLink]) -> str | None:
    """A title in stars; but ``**Name** [A longer title](https://arxiv.org/…)`` has it in the link."""
    entry.title = plain_words(strong[2]).rstrip(".") or _label_in(strong[2], links)
    rest = words[strong.end() :]
    if links and HOLE not in strong[2] and not is_label(links[0].label) and is_paper(links[0].url):
        longer, between = clean_line(links[0].label), rest.partition(HOLE)[0]
        if len(longer.split()) > len(entry.title.split()) and not plain_words(between).strip(_SEPARATORS):
            entry.summary = "" if entry.title in longer else entry.title
            entry.title, rest = longer, rest.partition(HOLE)[2]
    return rest if entry.title else None


def _label_in(words: str, links: Sequence[ListLink]) -> str:
    """The title of stressed words that are a link."""
    own = links[: words.count(HOLE)]
    return next((clean_line(link.label) for link in own if not is_label(link.label)), "")


def _end(text: str) -> re.Match[str] | None:
    """Where the first sentence of a text ends, or a spaced dash stands, whichever comes first."""
    sentence, dash = _SENTENCE.search(text), _DASH.search(text)
    return min(filter(None, (sentence, dash)), key=lambda match: match.start(), default=None)


def _of_sentence(entry: Entry, text: str) -> str:
    """A title that ends where its sentence does, or at a spaced dash; what follows it."""
    text = text.rstrip(_AFTER)
    end = _end(text)
    title, rest = (text[: end.start()], text[end.end() :]) if end else (text, "")
    asked = _ASKED.search(title)
    if asked and (names := authors_of(title[asked.end() :])):  # "A question? Authors."
        title, entry.authors = title[: asked.start()], names
    elif (by := _BY.search(title)) and (
        names := authors_of(plain_words(by[1]))
    ):  # "Title, Authors et al., Venue"
        title, rest, entry.authors = title[: by.start()], f"{title[by.end() :]}. {rest}", names
    entry.title = plain_words(title).rstrip(".")
    return rest


def _undated(text: str) -> str:
    return _YEAR_LAST.sub("", text.strip(f"{_SEPARATORS}([")).strip(f"{_SEPARATORS}([")


def _take_before(entry: Entry, text: str) -> None:
    """Take what stands before a title as authors or a venue, if it looks like them, else as a summary."""
    plain = plain_words(text).strip(f"{_SEPARATORS}([")
    if names := authors_of(_undated(plain)):
        entry.authors = names
    elif is_venue(plain) and not entry.venue:
        entry.venue = plain
    elif plain and not is_label(plain):
        entry.summary = plain


def _without_trailing(entry: Entry) -> None:
    """Take a venue in brackets at the end of a title for what it is."""
    match = _TRAILING.search(entry.title[-80:])
    if match and is_venue(match[1]) and not entry.venue:
        entry.venue = clean_line(match[1])
        entry.title = entry.title[: len(entry.title) - len(match[0])].strip()


def _take_both(entry: Entry, text: str) -> bool:
    """Take "Authors, Venue" as both, if it looks so."""
    first, _, last = text.rpartition(", ")
    names = authors_of(first) if not entry.authors and not entry.venue and is_venue(last) else ()
    if names:
        entry.authors, entry.venue = names, clean_line(last)
    return bool(names)


def describe(entry: Entry, words: str) -> None:
    """What stands behind a title: authors, a venue, a summary, by their looks, each at most once."""
    text = " ".join(plain(without_holes(words)).split()).lstrip(_BEFORE).rstrip(_AFTER)
    while text:
        end = _end(text)
        part, after = (text[: end.start()], text[end.end() :]) if end else (text, "")
        part = part.strip(_SEPARATORS + "()[]")
        if not entry.authors and (names := authors_of(part)):
            entry.authors = names
        elif not entry.venue and is_venue(part):
            entry.venue = clean_line(part)
        elif not _take_both(entry, part):
            break
        text = after.lstrip(_BEFORE)
    if not is_label(text) and text.lower() not in _JOINTS:
        entry.summary = clean_line(f"{entry.summary} {text}")
