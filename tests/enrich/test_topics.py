"""Topics: which phrases count, where, and in what order."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.enrich.topics import MOST, VOCABULARY, load_vocabulary, tag_papers
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
    vocabulary = load_vocabulary(file)
    (paper,) = tag_papers(library(record(title, **fields)), vocabulary).papers.values()
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
