"""Topics of papers, matched from a vocabulary of phrases.

A topic's weight in a paper counts where its phrases stand: the title tells most, then the source's keywords,
then the abstract. Weights are sums of integers, so the order of tags is the same everywhere.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from generator.errors import ConfigError, Problem, shown
from generator.ids import file_name
from generator.model import Paper, Record, Tag

#: The vocabulary that is used where a site names none of its own.
VOCABULARY = Path(__file__).with_name("topics.yml")
#: At most so many topics a paper.
MOST = 5
_TITLE, _KEYWORD, _ABSTRACT = 4, 2, 1
#: A topic is given from this weight on: named in the title, or twice elsewhere, ...
_ENOUGH = 2
#: ... and not if it is this much weaker than the paper's strongest.
_FAINT = 0.15
#: Mentions in one abstract beyond this many say nothing more.
_MOST_MENTIONS = 4

#: The quick one where there is one.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_WORD = re.compile(r"[^\W_]+")
#: The same in ASCII: tables that put a space for all else; one of them makes letters small.
_SPACED = bytes(code if code < 128 and chr(code).isalnum() else 32 for code in range(256))
_SMALL = _SPACED.lower()

_Phrase = tuple[tuple[str, ...], tuple[str | None, ...], int]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """`topics` in the order of the file, and `by_slug`; `phrases` by their first word, each with the topic's place.

    `followers` are the words that may begin a phrase, in small letters, singular and plural, each with those that may
    come second; None where the first may stand alone. Few words of a text are in there with the one that follows
    them, so few need a closer look.
    """

    topics: tuple[Tag, ...]
    by_slug: Mapping[str, Tag]
    phrases: Mapping[str, Sequence[_Phrase]]
    followers: Mapping[str, frozenset[str] | None]


def load_vocabulary(file: Path) -> Vocabulary:
    """Read a vocabulary: areas, in them topics, for each a list of phrases. Raises ConfigError."""
    try:
        areas = yaml.load(file.read_text("utf-8"), Loader=_Loader)  # noqa: S506 - a safe one
    except OSError as error:
        remedy = "correct extra.broadsheet.vocabulary in mkdocs.yml"
        raise ConfigError(Problem(file.name, "a vocabulary", shown(error.strerror), remedy)) from None
    except (ValueError, RecursionError, yaml.YAMLError) as error:
        raise _wrong(file, "a YAML file of areas and topics", shown(error)) from None
    if not isinstance(areas, dict):
        raise _wrong(file, "a mapping of areas", shown(type(areas).__name__))
    topics: list[Tag] = []
    phrases: defaultdict[str, list[_Phrase]] = defaultdict(list)
    for area, name, texts in _entries(file, areas):
        for text in texts:
            folded, exact = zip(*map(_fold, _WORD.findall(text)), strict=True)
            pattern = tuple(word if _is_capital(word) else None for word in exact)
            phrases[folded[0]].append((folded, pattern, len(topics)))
        topics.append(Tag("topic", name, file_name(name), area))
    by_slug = {topic.slug: topic for topic in topics}
    return Vocabulary(tuple(topics), by_slug, phrases, _followers(phrases))


def _followers(phrases: Mapping[str, Sequence[_Phrase]]) -> dict[str, frozenset[str] | None]:
    followers: dict[str, frozenset[str] | None] = {}
    for first, those in phrases.items():
        seconds = {phrase[1] for phrase, _, _ in those if len(phrase) > 1}
        both = frozenset(form for second in seconds for form in (second, f"{second}s"))
        alone = any(len(phrase) == 1 for phrase, _, _ in those)
        for form in (first, f"{first}s"):
            known = followers.get(form, frozenset())
            followers[form] = None if alone or known is None else known | both
    return followers


def _entries(file: Path, areas: Mapping[Any, Any]) -> Iterator[tuple[str, str, list[str]]]:
    """The topics of a vocabulary, checked: (area, name, phrases); the name itself is a phrase as well."""
    for area, topics in areas.items():
        if not isinstance(topics, dict):
            raise _wrong(file, f"topics below {area}", shown(topics))
        for name, texts in topics.items():
            fits = isinstance(texts, list) and all(isinstance(t, str) and _WORD.search(t) for t in texts)
            if not fits or not _WORD.search(str(name)):
                raise _wrong(file, f"a list of phrases for {area}: {name}", shown(texts))
            plain = [] if re.search("[&,]", str(name)) else [str(name)]
            yield str(area), str(name), list(dict.fromkeys([*plain, *texts]))


def _wrong(file: Path, expected: str, found: str) -> ConfigError:
    remedy = 'write "Area:", below it "  Topic: [phrase, phrase]"'
    return ConfigError(Problem(file.name, expected, found, remedy))


def _is_capital(word: str) -> bool:
    """Whether a word of a phrase is an abbreviation or a name that only its capitals tell from other words."""
    return any(char.isupper() for char in word[1:]) or (word.isupper() and len(word) > 1)


def _fold(word: str) -> tuple[str, str]:
    """A word folded (small letters, singular), and as it stands without a plural s."""
    exact = word[:-1] if len(word) > 2 and word.endswith("s") and not word.endswith("ss") else word
    return exact.lower(), exact


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
    weights: dict[int, int] = {}
    _weigh(weights, paper.title, _TITLE, 1, vocabulary)
    for keyword in paper.keywords:
        _weigh(weights, keyword, _KEYWORD, 1, vocabulary)
    _weigh(weights, paper.abstract, _ABSTRACT, _MOST_MENTIONS, vocabulary)
    strongest = max(weights.values(), default=0)
    enough = [t for t, weight in weights.items() if weight >= max(_ENOUGH, _FAINT * strongest)]
    enough.sort(key=lambda topic: (-weights[topic], topic))
    return [vocabulary.topics[topic] for topic in enough[:MOST]]


def _weigh(weights: dict[int, int], text: str, weight: int, most: int, vocabulary: Vocabulary) -> None:
    """Add `weight` for each topic's mentions in a text, of which at most `most` count."""
    found = _mentions(text, vocabulary)
    if not found:
        return
    mentions: dict[int, int] = {}
    for topic in found:
        mentions[topic] = mentions.get(topic, 0) + 1
    for topic, count in mentions.items():
        weights[topic] = weights.get(topic, 0) + weight * min(count, most)


def _mentions(text: str, vocabulary: Vocabulary) -> list[int]:
    """The topic of each phrase in a text."""
    followers, plain = vocabulary.followers, text.isascii()
    # Outside of ASCII small letters depend on their neighbours, and may be more than the capitals were.
    words = [] if plain else _WORD.findall(text)
    small = _plain_words(text, _SMALL) if plain else [_fold(word)[0] for word in words]
    if followers.keys().isdisjoint(small):
        return []
    topics = []
    small.append("")
    for place in [place for place, word in enumerate(small) if word in followers]:
        seconds = followers[small[place]]
        if seconds is not None and small[place + 1] not in seconds:
            continue
        words = words or _plain_words(text, _SPACED)
        for phrase, pattern, topic in vocabulary.phrases.get(_fold(words[place])[0], ()):
            if len(phrase) > 1 and not small[place + 1].startswith(phrase[1]):
                continue
            found = [_fold(word) for word in words[place : place + len(phrase)]]
            if tuple(folded for folded, _ in found) == phrase and _same_case(found, pattern):
                topics.append(topic)
    return topics


def _plain_words(text: str, table: bytes) -> list[str]:
    """The words of a text of ASCII alone."""
    return text.encode().translate(table).decode().split()


def _same_case(words: Iterable[tuple[str, str]], pattern: Iterable[str | None]) -> bool:
    return all(form is None or form == exact for (_, exact), form in zip(words, pattern, strict=True))
