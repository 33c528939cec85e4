"""Topics: which phrases count, where, and in what order."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.enrich.topics import MOST, VOCABULARY, Vocabulary, _mentions, load_vocabulary, paper_tags
from generator.errors import ConfigError
from generator.model import Tag
from tests.builders import library, record

WORDS = """
Methods:
  Mixture of experts: [mixture of experts, mixture-of-experts, MoE]
  Adversarial networks: [GAN]
Data & evaluation:
  Surveys & tutorials: [survey]
"""


def tags(file: Path, title: str, **fields: object) -> list[Tag]:
    tagger = partial(paper_tags, vocabulary=load_vocabulary(file))
    (paper,) = library(record(title, **fields), tag=tagger).papers.values()
    return list(paper.tags)


@pytest.fixture
def words(tmp_path: Path) -> Path:
    file = tmp_path / "topics.yml"
    file.write_text(WORDS)
    return file


@pytest.mark.parametrize(
    ("title", "topics"),
    [
        ("Sparse Mixture-of-Experts", ["Mixture of experts"]),
        ("Mixtures of Experts at last", ["Mixture of experts"]),
        ("MoEs everywhere", ["Mixture of experts"]),
        ("The moe is a bird", []),
        ("GANs and gans", ["Adversarial networks"]),
        ("Organ began", []),
        ("A Survey of MoE", ["Mixture of experts", "Surveys & tutorials"]),
    ],
)
def test_titles(words: Path, title: str, topics: list[str]) -> None:
    assert [tag.name for tag in tags(words, title)] == topics


def test_one_mention_in_an_abstract_is_not_enough(words: Path) -> None:
    assert tags(words, "Something", abstract="We use a GAN.") == []
    assert [tag.name for tag in tags(words, "Something", abstract="We use a GAN. Our GAN works.")]
    assert [tag.name for tag in tags(words, "Something", keywords=("GAN",))]


def test_labels_and_categories_stand_beside_topics(words: Path) -> None:
    found = tags(words, "A MoE", tags=("Read this", "surveys and tutorials"), categories=("cs.LG", "cs.AI"))
    assert [(tag.kind, tag.name) for tag in found] == [
        ("label", "Read this"),
        ("topic", "Surveys & tutorials"),
        ("topic", "Mixture of experts"),
        ("category", "cs.LG"),
        ("category", "cs.AI"),
    ]


def test_at_most_a_handful_by_weight() -> None:
    text = " ".join(topic.name for topic in load_vocabulary(VOCABULARY).topics)
    found = tags(VOCABULARY, "Diffusion models", abstract=f"{text} {text}")
    assert len(found) == MOST
    assert found[0].name == "Diffusion models"


def test_the_vocabulary_is_well_made() -> None:
    topics = load_vocabulary(VOCABULARY).topics
    assert len({topic.slug for topic in topics}) == len(topics) > 50
    assert all(topic.area for topic in topics)


@pytest.mark.parametrize(
    "text",
    [
        "- list", "Area: [x]", "Area:\n  Topic: text", "Area:\n  Topic: ['']", "{", "a: b: c", "[" * 3000,
        "Area:\n  Topic: ['???']", "Area:\n  '???': [phrase]", "Area:\n  Topic: [2025-02-30]",
    ],
)  # fmt: skip
def test_a_vocabulary_that_cannot_be_read(tmp_path: Path, text: str) -> None:
    file = tmp_path / "mine.yml"
    file.write_text(text)
    with pytest.raises(ConfigError, match=r"mine\.yml: expected"):
        load_vocabulary(file)
    with pytest.raises(ConfigError, match=r"none\.yml: expected"):
        load_vocabulary(tmp_path / "none.yml")


def plain_words(text: str) -> list[tuple[str, str]]:
    """The words of a text, small and singular, and as they stand but for a plural s."""
    words = re.findall(r"[^\W_]+", text)
    exact = [w[:-1] if len(w) > 2 and w.endswith("s") and not w.endswith("ss") else w for w in words]
    return [(word.lower(), word) for word in exact]


def plain_mentions(text: str, vocabulary: Vocabulary) -> list[int]:
    """What `_mentions` finds, looked for at every word and among all phrases."""
    words = plain_words(text)
    phrases = [phrase for those in vocabulary.phrases.values() for phrase in those]
    return sorted(
        topic
        for place in range(len(words))
        for phrase, pattern, topic in phrases
        if tuple(folded for folded, _ in words[place : place + len(phrase)]) == phrase
        and all(
            form in (None, exact)
            for (_, exact), form in zip(words[place : place + len(phrase)], pattern, strict=True)
        )
    )


WHOLE = load_vocabulary(VOCABULARY)
vocabulary_words = sorted({word for those in WHOLE.phrases.values() for ps, _, _ in those for word in ps})
exact_words = sorted({w for those in WHOLE.phrases.values() for _, ps, _ in those for w in ps if w})


@given(
    st.lists(
        st.tuples(
            st.sampled_from(vocabulary_words) | st.sampled_from(exact_words) | st.text(max_size=4),
            st.sampled_from(["", "s", "S", "ss", "'s"]),
            st.sampled_from([" ", "-", "_", ". ", "\n", "\u0130", "\u03a3", "é", "\u017f"]),
        ).map("".join),
        max_size=12,
    ).map("".join),
    st.sampled_from([str, str.upper, str.title, str.swapcase]),
)
def test_no_mention_is_passed_over(text: str, change: Callable[[str], str]) -> None:
    assert sorted(_mentions(change(text), WHOLE)) == plain_mentions(change(text), WHOLE)


def test_every_phrase_is_found() -> None:
    for phrase, pattern, topic in (phrase for those in WHOLE.phrases.values() for phrase in those):
        words = [form or word for word, form in zip(phrase, pattern, strict=True)]
        many = "" if len(words[-1]) == 1 or words[-1].endswith("s") else "s"
        for text in (" ".join(words), f"Of {'-'.join(words)}{many}.", f"é {' '.join(words)}"):
            assert topic in _mentions(text, WHOLE)
