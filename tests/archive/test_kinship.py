"""Related papers: which are near, why, and that old pages stay as they are."""

from __future__ import annotations

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.archive.kinship import MOST, Kin
from generator.enrich.topics import paper_tags
from generator.enrich.vocabulary import VOCABULARY, load_vocabulary
from generator.model import Record
from generator.related import signature
from generator.search.document import words_of
from tests.builders import Library, collect, digest, library, record

TAGGER = partial(paper_tags, vocabulary=load_vocabulary(VOCABULARY))


def archive(*days: tuple[str, tuple[Record, ...]]) -> Library:
    digests = (digest(*records, day=day, path=f"digests/{day}.md") for day, records in days)
    return collect(digests, tag=TAGGER)


def kin(found: Library, key: str) -> list[Kin]:
    return found.archive.kin_of(found.papers[key])


def paper(number: int, title: str, abstract: str = "") -> Record:
    return record(title, arxiv_id=f"2503.{number:05d}", abstract=abstract)


SPLATTING = paper(
    1, "Gaussian splatting of moving scenes", "Splatting of gaussians renders novel views of scenes."
)
COMPACT = paper(2, "Compact gaussian splatting", "We prune the gaussians; novel views of scenes stay sharp.")
PARROTS = paper(
    3, "Machine translation of parrots", "Parrots are translated by a neural machine translation model."
)
FASTER = paper(
    4, "Faster splatting for novel views", "Gaussian splatting is made fast by pruned gaussians of scenes."
)


def test_near_papers_are_related_for_a_reason() -> None:
    found = archive(("2025-03-01", (SPLATTING,)), ("2025-03-02", (PARROTS, COMPACT)))
    (other,) = kin(found, "2503.00002")
    assert (other.key, other.title) == ("2503.00001", "Gaussian splatting of moving scenes")
    assert other.topics == ("Neural rendering",)
    assert {"splatting", "gaussian"} <= set(other.words)
    assert kin(found, "2503.00003") == []


def test_an_old_paper_stays_as_it_is() -> None:
    before = archive(("2025-03-01", (SPLATTING,)), ("2025-03-02", (COMPACT,)))
    after = archive(("2025-03-01", (SPLATTING,)), ("2025-03-02", (COMPACT,)), ("2025-03-03", (FASTER,)))
    for key in ("2503.00001", "2503.00002"):
        assert kin(after, key) == kin(before, key)
    assert {one.key for one in kin(after, "2503.00004")} == {"2503.00002", "2503.00001"}


def test_papers_of_one_day_are_related_to_each_other() -> None:
    found = archive(("2025-03-01", (SPLATTING, COMPACT)))
    assert [one.key for one in kin(found, "2503.00001")] == ["2503.00002"]
    assert [one.key for one in kin(found, "2503.00002")] == ["2503.00001"]


def test_no_more_than_a_few() -> None:
    many = tuple(paper(number, f"Gaussian splatting, part {number}") for number in range(10, 30))
    assert len(kin(archive(("2025-03-01", many)), "2503.00010")) == MOST


@given(
    st.lists(
        st.sampled_from(["gaussian", "splatting", "<b>", "\u202e", "漢字", "é", "$x$", "a" * 300, "12", " "])
    ),
    st.lists(st.sampled_from(["robot", "the", "model", "\n\n", "{{ x }}"])),
)
def test_any_text_has_a_signature(title: list[str], abstract: list[str]) -> None:
    found = library(record(" ".join(["t", *title]), abstract=" ".join(abstract)))
    (one,) = found.papers.values()
    assert signature(one, words_of(one)) == signature(one, words_of(one))
    assert found.archive.kin_of(one) == []


@pytest.mark.parametrize("order", [(SPLATTING, COMPACT, FASTER), (FASTER, COMPACT, SPLATTING)])
def test_the_order_of_a_digest_does_not_matter(order: tuple[Record, ...]) -> None:
    found = archive(("2025-03-01", order))
    assert {one.key for one in kin(found, "2503.00004")} == {"2503.00001", "2503.00002"}
