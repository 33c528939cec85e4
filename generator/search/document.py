"""What the search knows of one paper: its terms, how much each says of it, and where they stand.

A term is a word, or what begins with a sign that says what it is:

- a word of title, abstract, summary, tags or keywords;
- ``@`` and a word of an author's name;
- ``#`` and the name of a tag, as `words.label` has it;
- ``$`` and the slug of a source that lists the paper;
- ``=`` and an identifier: the key of its page, an arXiv id, a DOI;
- two words with a blank between them, where they are one of `PAIRS` and stand in a row.

A term of a paper has a level, how much it says, and places: of a word that among the words of title and abstract, of a
name the number of its author. Places are kept as gaps: the first counted from -1, each other one from the one before.
Above a gap of a word it is told what stands beside its place: 8 bits for the classes of the terms before it, and 8 for
those after it. The class of a term is the first three bits of its CRC-32.
"""

from __future__ import annotations

import marshal
from array import array
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from zlib import crc32

from generator.model import Paper
from generator.search.words import Words, label, names

#: There are sixteen levels. From `TITLE` on a term stands in the title; `ASIDE` is that of tags and keywords, whose
#: words have no places.
ASIDE, TITLE, LEVELS = 0, 8, 16
#: From what it says of the paper on a word has the second level of those in the abstract alone, and of those in the
#: title. An abstract of the usual length says more than that with a word that it has twice. Further levels are free.
_MUCH, _MUCH_TITLE = 1.4, 2.3
#: Words of a text that are read, and places of a term that are kept.
_WORDS, _PLACES = 20_000, 255
#: The bytes of a place, and which of its bits are the gap. Classes of terms.
PLACE, GAP, CLASSES = 4, (1 << 16) - 1, 8
#: Very common words that stand in a row so often that a phrase of both would load much of either. Such pairs are terms.
#: They have files of their own where many papers have them, and are left out of the index elsewhere.
PAIRS = tuple(
    (pair, *pair.split())
    for pair in """convolutional neural|data set|deep learning|deep neural|diffusion model|experimental result
    extensive experiment|generative model|language model|large language|large scale|learning algorithm|lower bound
    machine learning|natural language|neural network|optimization problem|polynomial time|real time|real world
    reinforcement learning|state art|time series|training data""".replace("\n    ", "|").split("|")
)
#: The place of the first word of an abstract: places below are those of the title, of which all have fewer words. (One
#: that has not is none: it is read as a part of the abstract.)
BODY = 64
#: The usual number of words of a title and of an abstract. They are no averages: these would change with every paper.
_TITLE, _ABSTRACT = 9, 110
_K1 = 1.2

_words = Words()


def words_of(paper: Paper) -> bytes:
    """What the search knows of a paper, as the archive keeps it: see `terms_in`."""
    found: dict[str, list[int]] = {}
    text = f"{paper.abstract}\n\n{paper.summary}" if paper.summary else paper.abstract
    title = _words.place(paper.title, found, 0, _WORDS)
    if title >= BODY:
        found, title, text = {}, 0, f"{paper.title}\n\n{text}"
    elif "$" in paper.title or "\\" in paper.title:
        _add_plain(paper.plain_title, found, title + 1)
    end = _words.place(text, found, BODY, _WORDS)
    level_of = _Levels(title, end - BODY)
    beside = _beside(found, end)
    levels, counts, gaps = bytearray(), bytearray(), array("I")
    for places in found.values():
        if len(places) == 1:
            place = places[0]
            gaps.append((place + 1 if place < GAP else GAP) | beside[place])
            counts.append(1)
            levels.append(level_of[(1, 0) if place < BODY else (0, 1)])
            continue
        in_title = sum(1 for place in places[:8] if place < BODY)
        levels.append(level_of[in_title, len(places) - in_title])
        del places[_PLACES:]
        counts.append(len(places))
        gaps.extend([gap | beside[place] for gap, place in zip(_gaps(places), places, strict=True)])
    terms = [*found]
    shown = [tag.name for tag in paper.tags]
    aside = set(_words.terms("\n".join((*shown, *paper.keywords))))
    others = sorted(aside.difference(found))
    others += (f"#{name}" for name in dict.fromkeys(map(label, shown)))
    others += (f"${slug}" for slug in dict.fromkeys(a.source.slug for a in paper.appearances))
    others += (f"={name}" for name in identifiers(paper))
    terms += others
    levels += bytes(len(others))
    counts += bytes(len(others))
    for pair, places in _pairs(found):
        terms.append(pair)
        levels.append(TITLE if places[0] < BODY else ASIDE + 1)
        counts.append(len(places))
        gaps.extend(_gaps(places))
    for name, numbers in _authors(paper.authors).items():
        terms.append(f"@{name}")
        levels.append(ASIDE)
        counts.append(len(numbers))
        gaps.extend(_gaps(numbers))
    return marshal.dumps(("\n".join(terms), bytes(levels), bytes(counts), gaps.tobytes()))


def _add_plain(title: str, found: dict[str, list[int]], start: int) -> None:
    """Add the words that a title with formulas has where it is shown, and not as it is written: of ``R$^2$`` R²."""
    shown: dict[str, list[int]] = {}
    _words.place(title, shown, start, BODY)
    for term, places in shown.items():
        if term not in found and (own := [place for place in places if place < BODY]):
            found[term] = own


def _pairs(found: dict[str, list[int]]) -> Iterator[tuple[str, list[int]]]:
    """The pairs of a paper, each with the places of its first word."""
    for pair, first, second in PAIRS:
        if first in found and second in found:
            after = {place - 1 for place in found[second]}
            if places := [place for place in found[first] if place in after]:
                yield pair, places


@lru_cache(1 << 16)
def _class_bit(term: str) -> int:
    return 1 << (crc32(term.encode()) * CLASSES >> 32)


def _beside(found: dict[str, list[int]], end: int) -> list[int]:
    """For each place before `end` the classes of the terms beside it, as they stand above a gap."""
    classes = [0] * (end + 2)
    for term, places in found.items():
        own = _class_bit(term)
        for place in places:
            classes[place + 1] |= own
    return [before << 16 | after << 24 for before, after in zip(classes, classes[2:], strict=False)]


def columns(data: bytes) -> tuple[list[str], bytes, bytes, bytes]:
    """What `words_of` gave: the terms, their levels, the numbers of their places, and the gaps, `PLACE` bytes each."""
    terms, levels, counts, gaps = marshal.loads(data)  # noqa: S302 - our own cache
    return terms.split("\n"), levels, counts, gaps


def terms_in(data: bytes) -> Iterator[tuple[str, int, int, bytes]]:
    """The terms that `words_of` gave: each with its level, the number of its places, and the gaps as bytes."""
    terms, levels, counts, gaps = columns(data)
    start = 0
    for term, level, count in zip(terms, levels, counts, strict=True):
        stop = start + PLACE * count
        yield term, level, count, gaps[start:stop]
        start = stop


def identifiers(paper: Paper) -> list[str]:
    """The identifiers that lead to a paper: its key, and those that any of its records has. (Which other keys it has
    had depends on what was published when, and these addresses lead on by themselves.)
    """
    own = (name for a in paper.appearances for name in (a.record.arxiv_id, a.record.doi))
    return list(dict.fromkeys(name for name in (paper.key, paper.arxiv_id, paper.doi, *own) if name))


def _gaps(places: list[int]) -> Iterable[int]:
    gaps = [later - sooner for sooner, later in pairwise((-1, *places))]
    return gaps if places[-1] < GAP else [min(gap, GAP) for gap in gaps]


class _Levels(dict[tuple[int, int], int]):
    """How much a term says that stands so often in title and abstract, which have so many words.

    BM25F with the fields saturated apart: S. Robertson, H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and
    Beyond", Foundations and Trends in Information Retrieval 3 (2009).
    """

    def __init__(self, title: int, abstract: int) -> None:
        self._title = _K1 * (0.7 + 0.3 * title / _TITLE)
        self._abstract = _K1 * (0.4 + 0.6 * abstract / _ABSTRACT)

    def __missing__(self, often: tuple[int, int]) -> int:
        in_title, in_abstract = often
        said = in_abstract * (_K1 + 1) / (in_abstract + self._abstract)
        if in_title:
            said += 1.4 * in_title * (_K1 + 1) / (in_title + self._title)
            level = TITLE + int(said >= _MUCH_TITLE)
        else:
            level = ASIDE + 1 + int(said >= _MUCH)
        self[often] = level
        return level


def _authors(authors: tuple[str, ...]) -> dict[str, list[int]]:
    """The words of the authors' names, each with the numbers of the authors who have it."""
    found: dict[str, list[int]] = {}
    for number, author in enumerate(authors):
        for name in dict.fromkeys(names(author)):
            numbers = found.setdefault(name, [])
            if len(numbers) < _PLACES:
                numbers.append(number)
    return found
