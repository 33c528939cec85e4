"""Topics: which phrases count, where, and in what order."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.enrich.topics import MOST, _mentions, paper_tags
from generator.enrich.vocabulary import VOCABULARY, Phrase, Vocabulary, fold, load_vocabulary
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


def names(file: Path, title: str, **fields: object) -> list[str]:
    return [tag.name for tag in tags(file, title, **fields)]


def test_one_mention_in_an_abstract_is_not_enough(words: Path) -> None:
    assert names(words, "Something", abstract="We use a GAN.") == []
    assert names(words, "Something", abstract="We use a GAN. Our GAN works.") == []
    assert names(words, "Something", abstract="We use a GAN. Our GAN works, and so do GANs and a GAN.") == [
        "Adversarial networks"
    ]
    assert names(words, "Something", keywords=("GAN", "GANs"), abstract="A GAN.")


MARKED = """
Area:
  Translation: [machine translation!, (BLEU), translation quality, "-translation invariance", translation]
  Restoration of images: [image/video denoising]
"""


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("Machine translation. Our translation.", True),  # counts twice as much
        ("Machine translation.", False),
        ("Translation quality. A translation.", False),
        ("Translation quality. A translation, a translation.", True),
        ("BLEU, and BLEU again, BLEU", False),  # says nothing by itself
        ("Translation quality, as BLEU says, of a translation", True),
        (
            "Translation invariance. Translation invariance, translation invariance, translation invariance.",
            False,
        ),
        ("Machine-translations of a translation", True),
    ],
)
def test_what_a_mark_of_a_phrase_does(tmp_path: Path, text: str, given: bool) -> None:
    file = tmp_path / "topics.yml"
    file.write_text(MARKED)
    assert ("Translation" in names(file, "Something", abstract=text)) == given


def test_alternatives_and_names_of_several_words(tmp_path: Path) -> None:
    file = tmp_path / "topics.yml"
    file.write_text(MARKED)
    for title in ("Image denoising", "Video denoising", "Video-denoising", "Restoration of images"):
        assert names(file, title) == ["Restoration of images"]
    assert names(file, "Denoising of image/video") == []


@pytest.mark.parametrize(
    ("word", "folded"),
    [
        ("Models", "model"), ("modalities", "modality"), ("GANs", "gan"), ("processes", "process"), ("bias", "bias"),
        ("biases", "bias"), ("Physics", "physics"), ("topics", "topic"), ("news", "news"), ("class", "class"),
        ("indices", "index"), ("analyses", "analysis"), ("is", "is"), ("as", "as"),
    ],
)  # fmt: skip
def test_plurals(word: str, folded: str) -> None:
    assert fold(word)[0] == folded


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
    found = names(VOCABULARY, "Diffusion models for image restoration", abstract=f"{text} {text}")
    assert len(found) == MOST
    assert found[0] == "Image restoration & enhancement"


def test_the_vocabulary_is_well_made() -> None:
    topics = load_vocabulary(VOCABULARY).topics
    assert len({topic.slug for topic in topics}) == len(topics) == 200
    assert all(topic.area for topic in topics)


@pytest.mark.parametrize(
    "text",
    [
        "- list", "Area: [x]", "Area:\n  Topic: text", "Area:\n  Topic: ['']", "{", "a: b: c", "[" * 3000,
        "Area:\n  Topic: ['???']", "Area:\n  '???': [phrase]", "Area:\n  Topic: [2025-02-30]", "Area:\n  Topic:",
        "extends: other", "{}", "? [x]\n: {pin: true}",
    ],
)  # fmt: skip
def test_a_vocabulary_that_cannot_be_read(tmp_path: Path, text: str) -> None:
    file = tmp_path / "mine.yml"
    file.write_text(text)
    with pytest.raises(ConfigError, match=r"mine\.yml(: extends)?: expected"):
        load_vocabulary(file)
    with pytest.raises(ConfigError, match=r"none\.yml: expected"):
        load_vocabulary(tmp_path / "none.yml")


def test_everything_wrong_is_told_at_once(tmp_path: Path) -> None:
    file = tmp_path / "mine.yml"
    file.write_text("extends: all\nA: text\nB:\n  C: [1]\n  D: [fine]\n")
    with pytest.raises(ConfigError) as raised:
        load_vocabulary(file)
    assert [str(problem).partition(", found")[0] for problem in raised.value.problems] == [
        "mine.yml: extends: expected default",
        "mine.yml: expected topics below A",
        "mine.yml: expected a list of phrases for B: C",
    ]


def test_a_site_extends_the_vocabulary(tmp_path: Path) -> None:
    file = tmp_path / "mine.yml"
    file.write_text(
        "extends: default\nNLP:\n  Machine translation: [our parrot!]\n  Summarization: null\nBirds:\n  Owls: [owl]\n"
    )
    assert names(file, "Our parrot") == ["Machine translation"]
    assert names(file, "Machine translation with owls") == ["Machine translation", "Owls"]
    assert names(file, "Text summarization") == []
    assert len(load_vocabulary(file).topics) == 200


def test_papers_as_an_editor_would_tag_them() -> None:
    """Real titles and first sentences, of arXiv and Hugging Face."""
    for title, abstract, topics in TAGGED:
        assert names(VOCABULARY, title, abstract=abstract) == topics, title


TAGGED = [
    (
        "Optimized Minimal 3D Gaussian Splatting",
        "3D Gaussian Splatting (3DGS) has emerged as a powerful representation for real-time rendering.",
        ["Neural rendering"],
    ),
    (
        "SAFE-SQL: Self-Augmented In-Context Learning with Fine-grained Example Selection for Text-to-SQL",
        "Text-to-SQL aims to convert natural language questions into executable SQL queries.",
        ["Text-to-SQL & databases", "Prompting & in-context learning"],
    ),
    (
        "Logarithmic Online Regret Bounds for Undiscounted Reinforcement Learning",
        "We present a learning algorithm for undiscounted reinforcement learning with logarithmic regret.",
        ["Online learning & bandits", "Reinforcement learning"],
    ),
    (
        "MoViE: Mobile Diffusion for Video Editing",
        "Recent progress in diffusion-based video editing has shown remarkable potential.",
        ["Video generation", "Diffusion models"],
    ),
    ("Attention deficit in children", "Children were observed for a year.", []),
    ("State-of-the-art", "We are state of the art on four benchmarks.", []),
]


def plain_mentions(text: str, vocabulary: Vocabulary) -> list[tuple[int, Phrase]]:
    """What `_mentions` finds, looked for at every word and among all phrases."""
    words = [fold(word) for word in re.findall(r"[^\W_]+", text)]
    phrases = [phrase for those in vocabulary.phrases.values() for phrase in those]
    return [
        (place, phrase)
        for place in range(len(words))
        for phrase in phrases
        if tuple(folded for folded, _ in words[place : place + len(phrase.words)]) == phrase.words
        and all(
            form in (None, exact)
            for (_, exact), form in zip(words[place : place + len(phrase.words)], phrase.cases, strict=True)
        )
    ]


WHOLE = load_vocabulary(VOCABULARY)
PHRASES = [phrase for those in WHOLE.phrases.values() for phrase in those]
vocabulary_words = sorted({word for phrase in PHRASES for word in phrase.words})
exact_words = sorted({word for phrase in PHRASES for word in phrase.cases if word})


def sortable(found: list[tuple[int, Phrase]]) -> list[str]:
    return sorted(map(repr, found))


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
    found = [*_mentions(change(text), WHOLE)]
    assert sortable(found) == sortable(plain_mentions(change(text), WHOLE))


def test_every_phrase_is_found() -> None:
    for phrase in PHRASES:
        words = [form or word for word, form in zip(phrase.words, phrase.cases, strict=True)]
        for text in (" ".join(words), f"Of {'-'.join(words)}.", f"é {' '.join(words)}"):
            assert phrase in [found for _, found in _mentions(text, WHOLE)], phrase
