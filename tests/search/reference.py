"""The search by brute force, as its rules are told to readers; what the browser's must agree with.

It shares no code and no data file with the one in the browser: it looks at the papers of a Library word by word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from generator.ids import parse_arxiv, parse_doi
from generator.model import Appearance, Paper
from generator.search.shards import tag_names
from tests.builders import Library

LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "þ": "th",
     "ŋ": "n", "ς": "σ"}
)  # fmt: skip
#: Whole word and beginning of a word, by field.
WEIGHTS = {"title": (20, 12), "ids": (20, 12), "authors": (14, 5), "tags": (10, 4), "abstract": (6, 2)}
SAME_TITLE, IN_TITLE, SAME_ID = 1000, 10, 100000

Words = tuple[str, ...]


def words(text: str) -> Words:
    """The words of a text: small letters, no accents, a Chinese or Japanese sign each a word."""
    kept = ""
    for char in unicodedata.normalize("NFKD", text).lower().translate(LETTERS):
        kind = unicodedata.category(char)[0]
        if kind != "M":
            kept += f" {char} " if _is_sign(char) else char if kind in "LN" else " "
    return tuple(kept.split())


def _is_sign(char: str) -> bool:
    code = ord(char)
    ranges = ((0x3040, 0x30FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF))
    return unicodedata.category(char)[0] in "LN" and any(low <= code <= high for low, high in ranges)


@dataclass(frozen=True)
class Term:
    words: Words
    whole: bool = False
    id: str = ""


def parse(q: str) -> tuple[list[Term], list[Term]]:
    """What must be found, and what must not."""
    if found := parse_arxiv(q):
        return [Term(words(found.id), whole=True, id=found.id)], []
    if doi := parse_doi(q):
        return [Term(words(doi), whole=True, id=doi)], []
    wanted: list[Term] = []
    unwanted: list[Term] = []
    for minus, phrase, end, word in re.findall(r'(-?)(?:"([^"]*)("?)|([^\s"]+))', q):
        arxiv = parse_arxiv(word) if not minus else None
        term = Term(words(word or phrase), whole=bool(minus or end), id=arxiv.id if arxiv else "")
        group = unwanted if minus else wanted
        if term.words and term.words not in [other.words for other in group]:
            group.append(term)
    return wanted, unwanted


def _stands(term: Term, text: Words, *, whole: bool) -> bool:
    *head, last = term.words
    ends = (i for i, word in enumerate(text) if (word == last if whole else word.startswith(last)))
    return any(i >= len(head) and [*text[i - len(head) : i]] == head for i in ends)


class Reference:
    """The papers of a library, ready to be searched."""

    def __init__(self, library: Library) -> None:
        self.papers = [*library.papers.values()]
        self.places = {paper.key: place for place, paper in enumerate(self.papers)}
        self.fields = {paper.key: _fields(paper) for paper in self.papers}

    def search(self, query: Mapping[str, str]) -> list[str]:
        """The addresses of all that is found, in order."""
        q = query.get("q", "")
        wanted, unwanted = parse(q)
        if q.strip() and not wanted and not unwanted:
            return []
        hits: list[tuple[int, str, int, str]] = []
        for paper in self.papers:
            listing = next(_listings(paper, query), None)
            score = self._score(paper, wanted, unwanted) if listing else 0
            if listing and score:
                rank = 0 if query.get("sort") == "date" else -score
                hits.append((rank, str(listing.day), self.places[paper.key], paper.address))
        hits.sort(key=lambda hit: hit[2])
        hits.sort(key=lambda hit: hit[1], reverse=True)
        hits.sort(key=lambda hit: hit[0])
        return [address for *_, address in hits]

    def _score(self, paper: Paper, wanted: Sequence[Term], unwanted: Sequence[Term]) -> int:
        weights = [*takewhile(bool, (self._weight(paper, term) for term in wanted))]
        if len(weights) < len(wanted) or any(self._weight(paper, term) for term in unwanted):
            return 0
        title = self.fields[paper.key]["title"][0]
        asked = tuple(word for term in wanted for word in term.words if not wanted[0].id or len(wanted) > 1)
        if asked and asked == title:
            return 1 + sum(weights) + SAME_TITLE
        together = len(wanted) > 1 and _stands(Term(asked), title, whole=True)
        return 1 + sum(weights) + (IN_TITLE if together else 0)

    def _weight(self, paper: Paper, term: Term) -> int:
        if term.id and term.id in (paper.key, paper.arxiv_id, paper.doi):
            return SAME_ID
        found = [0]
        for field, (whole, beginning) in WEIGHTS.items():
            for text in self.fields[paper.key][field]:
                if _stands(term, text, whole=True):
                    found.append(whole)
                elif not term.whole and _stands(term, text, whole=False):
                    found.append(beginning)
        return max(found)


def _fields(paper: Paper) -> dict[str, list[Words]]:
    shown, keywords = tag_names(paper)
    ids = [name for name in (paper.key, paper.arxiv_id, paper.doi) if name]
    return {
        "title": [words(paper.title)],
        "ids": [*map(words, ids)],
        "authors": [*map(words, paper.authors)],
        "tags": [*map(words, [*shown, *keywords])],
        "abstract": [words(paper.abstract or paper.summary)],
    }


def _listings(paper: Paper, query: Mapping[str, str]) -> Iterator[Appearance]:
    tag, author, source = (query.get(key, "") for key in ("tag", "author", "source"))
    names = [name for group in tag_names(paper) for name in group]
    if tag and words(tag) not in [*map(words, names)]:
        return
    if author and not any(set(words(author)) <= set(words(name)) for name in paper.authors):
        return
    since, until = query.get("from", ""), query.get("to", "")
    for listing in paper.appearances:
        day = str(listing.day)
        listed = not source or source == listing.source.slug or words(source) == words(listing.source.name)
        if listed and day >= since and (not until or day[: len(until)] <= until):
            yield listing
