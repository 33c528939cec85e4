"""Topics of papers, as an editor would give them, matched from a vocabulary (`generator.enrich.vocabulary`).

A topic's weight in a paper is what its phrases say where they stand: the title tells most, then the source's keywords,
then the abstract, in which a mention counts again only a few times. Where phrases of one topic overlap, the longest
counts. Weights are sums of integers, so the order of tags is the same everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from generator.enrich.vocabulary import NOTHING, WEAK, Phrase, Vocabulary, fold
from generator.ids import file_name
from generator.model import Paper, Record, Tag

#: At most so many topics a paper.
MOST = 5
#: How many times a mention counts in the title, and in a keyword of the source.
_TITLE, _KEYWORD = 3, 1
#: What the title, and what an abstract, can say of a topic at most.
_MOST_TITLE, _MOST_ABSTRACT = 15, 10
#: A topic is given from this weight on, ...
_ENOUGH = 5
#: ... and not if it is this much weaker than the paper's strongest.
_FAINT = 0.2

_WORD = re.compile(r"[^\W_]+")
#: The same in ASCII: tables that put a space for all else; one of them makes letters small.
_SPACED = bytes(code if code < 128 and chr(code).isalnum() else 32 for code in range(256))
_SMALL = _SPACED.lower()


def paper_tags(paper: Paper, vocabulary: Vocabulary) -> tuple[Tag, ...]:
    """The tags of a paper: the labels that its digests state, topics by weight, then categories; each once."""
    by_name: dict[str, Tag] = {}
    for tag in (*_labels(paper, vocabulary), *_topics(paper, vocabulary), *_categories(paper)):
        by_name.setdefault(tag.slug, tag)
    return tuple(by_name.values())


def _records(paper: Paper) -> Iterator[Record]:
    return (appearance.record for appearance in paper.appearances)


def _labels(paper: Paper, vocabulary: Vocabulary) -> Iterator[Tag]:
    """What a person wrote, the editors first: a topic's name in any spelling is that topic."""
    for names in (paper.edit.tags, *(record.tags for record in _records(paper))):
        for name in names:
            slug = file_name(name)
            yield vocabulary.by_slug.get(slug, Tag("label", name, slug))


def _categories(paper: Paper) -> Iterator[Tag]:
    for record in _records(paper):
        for name in record.categories:
            yield Tag("category", name, file_name(name))


def _topics(paper: Paper, vocabulary: Vocabulary) -> list[Tag]:
    weights = weigh(paper.title, paper.keywords, paper.abstract, vocabulary)
    strongest = max(weights.values(), default=0)
    enough = [t for t, weight in weights.items() if weight >= max(_ENOUGH, _FAINT * strongest)]
    enough.sort(key=lambda topic: (-weights[topic], topic))
    return [vocabulary.topics[topic] for topic in enough[:MOST]]


def weigh(title: str, keywords: Iterable[str], abstract: str, vocabulary: Vocabulary) -> dict[int, int]:
    """What a paper's texts say of topics: weights by the places of the topics in the vocabulary."""
    weights: dict[int, int] = {}
    telling: set[int] = set()
    for text, times, most in (
        (title, _TITLE, _MOST_TITLE),
        *((keyword, _KEYWORD, _MOST_TITLE) for keyword in keywords),
        (abstract, 1, _MOST_ABSTRACT),
    ):
        for topic, weight in said(text, vocabulary, telling).items():
            weights[topic] = weights.get(topic, 0) + min(times * weight, most)
    return {topic: weight for topic, weight in weights.items() if topic in telling}


def said(text: str, vocabulary: Vocabulary, telling: set[int]) -> dict[int, int]:
    """What the mentions in a text say of topics, together: a phrase that comes again says half as much. Topics of which
    more than weak phrases are mentioned are added to `telling`.
    """
    weights: dict[int, int] = {}
    ends: dict[int, int] = {}  # where the last mention of a topic ends: those that begin before overlap it
    seen: set[tuple[int, tuple[str, ...]]] = set()
    for start, phrase in _mentions(text, vocabulary):
        topic, weight = phrase.topic, phrase.weight
        if start < ends.get(topic, 0):
            continue
        ends[topic] = start + len(phrase.words)
        if weight == NOTHING:
            continue
        if weight > WEAK:
            telling.add(topic)
        known = (topic, phrase.words)
        weights[topic] = weights.get(topic, 0) + (weight // 2 if known in seen else weight)
        seen.add(known)
    return weights


def _mentions(text: str, vocabulary: Vocabulary) -> Iterator[tuple[int, Phrase]]:
    """The phrases in a text, each with the number of its first word; of those that begin at one word the long first."""
    followers, plain = vocabulary.followers, text.isascii()
    # Outside of ASCII small letters depend on their neighbours, and may be more than the capitals were.
    words = [] if plain else _WORD.findall(text)
    small = _plain_words(text, _SMALL) if plain else [fold(word)[0] for word in words]
    if followers.keys().isdisjoint(small):
        return
    small.append("")
    for place in [place for place, word in enumerate(small) if word in followers]:
        seconds = followers[small[place]]
        if seconds is not None and small[place + 1] not in seconds:
            continue
        words = words or _plain_words(text, _SPACED)
        for phrase in vocabulary.phrases.get(fold(words[place])[0], ()):
            length = len(phrase.words)
            if length > 1 and small[place + 1][:2] != phrase.words[1][:2]:
                continue
            found = [fold(word) for word in words[place : place + length]]
            if tuple(folded for folded, _ in found) == phrase.words and _same_case(found, phrase.cases):
                yield place, phrase


def _plain_words(text: str, table: bytes) -> list[str]:
    """The words of a text of ASCII alone."""
    return text.encode().translate(table).decode().split()


def _same_case(words: Iterable[tuple[str, str]], cases: Iterable[str | None]) -> bool:
    return all(form is None or form == exact for (_, exact), form in zip(words, cases, strict=True))
