"""A vocabulary of topics: areas, in them topics, for each the phrases by which it is recognised.

    extends: default                       # only in a site's own file, and only if it is to add to the packaged one
    NLP:
      Machine translation: [machine translation!, translation quality, (BLEU), "-translation invariance"]
      Law: null                            # with `extends`: without this topic

What a phrase may look like:

- ``machine translation``: counts once for each mention; its words in any case, singular or plural, apart or hyphenated;
- ``RAG``: capitals count only as they stand;
- ``machine translation!``: says twice as much; so does the name of the topic, if it is of several words;
- ``(BLEU)``: says little by itself;
- ``image/video denoising``: stands for image denoising and video denoising;
- ``-generative adversarial``: is something else: in it no other phrase of the topic counts.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from generator.errors import ConfigError, Problem, shown
from generator.ids import file_name
from generator.model import Tag

#: The vocabulary that is used where a site names none of its own.
VOCABULARY = Path(__file__).with_name("topics.yml")
EXTENDS, DEFAULT = "extends", "default"
#: How much a mention of a phrase says; of one that is something else nothing.
STRONG, USUAL, WEAK, NOTHING = 4, 2, 1, 0

#: The quick one where there is one.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WORD = re.compile(r"[^\W_]+")
_REMEDY = 'write "Area:", below it "  Topic: [phrase, phrase]"'
_PLURAL = frozenset(("topics", "metrics", "heuristics", "comics", "critics", "clinics"))
_SINGULAR = frozenset(
    (
        "news",
        "lens",
        "species",
        "series",
        "gps",
        "analysis",
        "hypothesis",
        "basis",
        "bias",
        "has",
        "was",
        "is",
        "this",
        "its",
        "movies",
    )
)
_IRREGULAR = {"biases": "bias", "analyses": "analysis", "hypotheses": "hypothesis", "indices": "index",
              "matrices": "matrix", "corpora": "corpus", "vertices": "vertex"}  # fmt: skip
#: Alternatives in one phrase stand for so many phrases at most.
_MOST = 50

Areas = dict[str, dict[str, list[str]]]


class Phrase(NamedTuple):
    """`words` folded, `cases` for those that only count as they stand, the place of the topic, and what it says."""

    words: tuple[str, ...]
    cases: tuple[str | None, ...]
    topic: int
    weight: int


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """`topics` in the order of the file, and `by_slug`; `phrases` by their first word, long ones first.

    `followers` are the words that may begin a phrase, in small letters, singular and plural, each with those that may
    come second; None where the first may stand alone. Few words of a text are in there with the one that follows
    them, so few need a closer look.
    """

    topics: tuple[Tag, ...]
    by_slug: Mapping[str, Tag]
    phrases: Mapping[str, Sequence[Phrase]]
    followers: Mapping[str, frozenset[str] | None]


def load_vocabulary(file: Path) -> Vocabulary:
    """Read a vocabulary. Raises ConfigError for everything that is wrong with it."""
    areas, problems = _merged(_read(file), file)
    topics: list[Tag] = []
    phrases: defaultdict[str, list[Phrase]] = defaultdict(list)
    for area, listed in areas.items():
        for name, texts in listed.items():
            own_phrases = [phrase for text in texts for phrase in _phrases(text, len(topics))]
            # Its name is a phrase as well, unless it is a pair of names, or said in the list.
            mark = "!" if " " in name else ""
            for phrase in () if re.search("[&,]", name) else _phrases(f"{name}{mark}", len(topics)):
                if all(other.words != phrase.words for other in own_phrases):
                    own_phrases.append(phrase)
            for phrase in own_phrases:
                phrases[phrase.words[0]].append(phrase)
            topics.append(Tag("topic", name, file_name(name), area))
    if not topics and not problems:
        problems.append(Problem(file.name, "at least one topic", "none", _REMEDY))
    if problems:
        raise ConfigError(*problems)
    for those in phrases.values():
        those.sort(key=lambda phrase: -len(phrase.words))
    by_slug = {topic.slug: topic for topic in topics}
    return Vocabulary(tuple(topics), by_slug, phrases, _followers(phrases))


def _read(file: Path) -> dict[object, object]:
    try:
        areas = yaml.load(file.read_text("utf-8"), Loader=_Loader)  # noqa: S506 - a safe one
    except OSError as error:
        remedy = "correct extra.broadsheet.vocabulary in mkdocs.yml"
        raise ConfigError(Problem(file.name, "a vocabulary", shown(error.strerror), remedy)) from None
    except (ValueError, TypeError, RecursionError, yaml.YAMLError) as error:
        problem = Problem(file.name, "a YAML file of areas and topics", shown(error), _REMEDY)
        raise ConfigError(problem) from None
    if not isinstance(areas, dict):
        raise ConfigError(Problem(file.name, "a mapping of areas", shown(type(areas).__name__), _REMEDY))
    return areas


def _merged(given: dict[object, object], file: Path) -> tuple[Areas, list[Problem]]:
    """The areas of a file, on top of the packaged ones if it extends them, and what is wrong with it."""
    found: Areas = {}
    problems: list[Problem] = []
    extends = given.pop(EXTENDS, None)
    if extends == DEFAULT and file != VOCABULARY:
        found = {str(area): dict(topics) for area, topics in _read(VOCABULARY).items()}  # type: ignore[call-overload]
    elif extends is not None:
        problems.append(Problem(f"{file.name}: {EXTENDS}", DEFAULT, shown(extends), "correct or remove it"))
    for area, topics in given.items():
        if not isinstance(topics, dict):
            problems.append(Problem(file.name, f"topics below {area}", shown(topics), _REMEDY))
            continue
        own = found.setdefault(str(area), {})
        for topic, texts in topics.items():
            name = str(topic)
            if texts is None and extends and name in own:
                del own[name]
            elif _fits(name, texts):
                own[name] = [*own.get(name, ()), *texts]
            else:
                problems.append(
                    Problem(file.name, f"a list of phrases for {area}: {name}", shown(texts), _REMEDY)
                )
    return found, problems


def _fits(name: str, texts: object) -> bool:
    right = isinstance(texts, list) and all(isinstance(text, str) and _WORD.search(text) for text in texts)
    return right and bool(_WORD.search(name))


def _phrases(text: str, topic: int) -> Iterator[Phrase]:
    """What a phrase stands for."""
    text = text.strip()
    weight = USUAL
    if text.startswith("-"):
        weight = NOTHING
    elif text.startswith("(") and text.endswith(")"):
        weight = WEAK
    elif text.endswith("!"):
        weight = STRONG
    choices = [part.split("/") for part in text.split()]
    for number, parts in enumerate(product(*choices)):
        words = _WORD.findall(" ".join(parts))
        if words and number < _MOST:
            folded, exact = zip(*map(fold, words), strict=True)
            yield Phrase(folded, tuple(word if is_capital(word) else None for word in exact), topic, weight)


def _followers(phrases: Mapping[str, Sequence[Phrase]]) -> dict[str, frozenset[str] | None]:
    followers: dict[str, frozenset[str] | None] = {}
    for first, those in phrases.items():
        seconds = {phrase.words[1] for phrase in those if len(phrase.words) > 1}
        both = frozenset(form for second in seconds for form in _forms(second))
        alone = any(len(phrase.words) == 1 for phrase in those)
        for form in _forms(first):
            known = followers.get(form, frozenset())
            followers[form] = None if alone or known is None else known | both
    return followers


def _forms(word: str) -> Iterator[str]:
    """The forms of a folded word that fold to it."""
    yield from (form for form, own in _IRREGULAR.items() if own == word)
    yield word
    yield f"{word}s"
    yield f"{word}es"
    if word.endswith("y"):
        yield f"{word[:-1]}ies"


def is_capital(word: str) -> bool:
    """Whether a word of a phrase is an abbreviation or a name that only its capitals tell from other words."""
    return any(char.isupper() for char in word[1:]) or (word.isupper() and len(word) > 1)


def fold(word: str) -> tuple[str, str]:
    """A word folded (small letters, singular), and as it stands without its plural. Physics is not physic."""
    if len(word) < 3 or word[-1] != "s" or word[-2:] == "ss":
        return word.lower(), word
    small = word.lower()
    if small in _IRREGULAR:
        return _IRREGULAR[small], _IRREGULAR[small]
    if small.endswith(("sses", "xes", "shes")):
        return small[:-2], word[:-2]
    if small in _SINGULAR or (small.endswith("ics") and small not in _PLURAL):
        return small, word
    exact = f"{word[:-3]}y" if small.endswith("ies") and len(word) > 4 else word[:-1]
    return exact.lower(), exact
