"""The queries of the benchmark of searches: fixed, and about the paper they are said to be about."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from bench import corpus
from bench.search import queries


def edits(one: str, other: str) -> bool:
    """Whether one word becomes the other by a letter left out, put in or changed, or two neighbours swapped."""
    out = {one[:i] + one[i + 1 :] for i in range(len(one))}
    back = {other[:i] + other[i + 1 :] for i in range(len(other))}
    swapped = {one[:i] + one[i : i + 2][::-1] + one[i + 2 :] for i in range(len(one))}
    changed = any(one[:i] == other[:i] and one[i + 1 :] == other[i + 1 :] for i in range(len(one)))
    return one != other and (
        other in out or one in back or other in swapped or (len(one) == len(other) and changed)
    )


@pytest.mark.parametrize("word", ["graph", "diffusion", "aaaaaa", "schrödinger"])
def test_a_typo_is_one_edit(word: str) -> None:
    dice = random.Random(1)  # noqa: S311 - no secret
    slips = {queries.typo(word, dice) for _ in range(300)}
    assert all(edits(word, slip) for slip in slips)
    assert {len(slip) - len(word) for slip in slips} == {-1, 0, 1}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Real papers of the repository, and as many recombined ones."""
    folder = tmp_path_factory.mktemp("queries") / "400"
    corpus.prepare(folder, 400, None)
    return folder


@pytest.fixture(scope="module")
def made(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> list[queries.Query]:
    file = tmp_path_factory.mktemp("made") / "queries.json"
    queries.prepare(archive, file, None, 90)
    return queries.load(file)


@pytest.fixture(scope="module")
def titles() -> frozenset[str]:
    return frozenset(paper.title for paper in corpus.read_digests(corpus.ROOT / "digests"))


def test_queries_are_the_same_every_time(archive: Path, made: list[queries.Query], tmp_path: Path) -> None:
    queries.prepare(archive, tmp_path / "again.json", None, 90)
    assert queries.load(tmp_path / "again.json") == made


def test_a_third_of_the_known_ones_has_a_typo(made: list[queries.Query]) -> None:
    known = [query.kind for query in made if query.kind in queries.KINDS]
    assert {kind: known.count(kind) for kind in queries.KINDS} == {
        "title": 24,
        "title typo": 15,
        "abstract": 24,
        "abstract typo": 15,
        "author and title": 12,
    }


def test_words_say_which_real_paper_is_meant(
    archive: Path, made: list[queries.Query], titles: frozenset[str]
) -> None:
    papers = {paper.address: paper for paper in queries.read(archive)}
    assert len(papers) == 400
    for query in made:
        if query.kind not in queries.KINDS:
            continue
        paper, asked = papers[query.address], query.text.split()
        assert paper.title in titles
        if query.kind.endswith(" typo"):
            known = queries.content_words(f"{paper.title} {paper.abstract}")
            slips = [
                word for word in asked if word not in known
            ]  # none if the slip made another word of the paper
            assert len(slips) < 2
            assert all(any(edits(word, slip) for word in known) for slip in slips)
            continue
        assert paper.everything().issuperset(asked)
        others = [other for other in papers.values() if other.everything().issuperset(asked)]
        assert all(other.title in titles for other in others)
        assert query.kind == "title" or others == [paper]


def test_broad_queries_have_ten_answers(archive: Path, made: list[queries.Query]) -> None:
    papers = [paper.everything() for paper in queries.read(archive)]
    broad = [query.text.split() for query in made if query.kind == "broad"]
    assert broad
    assert all(sum(paper.issuperset(asked) for paper in papers) >= 10 for asked in broad)


def test_phrases_stand_in_an_abstract(archive: Path, made: list[queries.Query]) -> None:
    abstracts = [f" {' '.join(queries.words(paper.abstract))} " for paper in queries.read(archive)]
    phrases = [query.text.strip('"') for query in made if query.kind == "phrase"]
    assert phrases
    assert all(any(f" {phrase} " in abstract for abstract in abstracts) for phrase in phrases)


def test_mathematics_and_common_words_are_no_content() -> None:
    text = (
        r"The $x^2$ norm of \mathbb{R}: a Schrödinger-type method, 3 times (cid:173) at https://example.org/x"
    )
    assert queries.content_words(text) == ["norm", "schrödinger", "type", "times"]
