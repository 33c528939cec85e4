"""What pages ask of the archive, against all of it looked through."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import chain
from random import Random

import pytest

from generator.archive.lists import FOLDERS
from generator.archive.queries import Archive
from generator.model import Paper, Tag
from generator.pages.entries import entry
from generator.pages.lists import sealed_pages
from tests.builders import DAILY, Library, collect, digest, record

TOPICS = [Tag("topic", name, name.lower()) for name in ("Agents", "Video", "Speech")]


def topics_of(paper: Paper) -> tuple[Tag, ...]:
    """By the letters of the title, so that it is the same every time."""
    return tuple(tag for place, tag in enumerate(TOPICS) if sum(map(ord, paper.title)) % (place + 2) == 0)


def random_library(seed: int) -> Library:
    """Some days with some papers each; some appear again."""
    dice = Random(seed)  # noqa: S311 - not for secrets
    papers = [
        record(
            f"Paper {number} {'x' * dice.randint(0, 5)}",
            arxiv_id=f"2503.{number:05}",
            authors=tuple(dice.sample(["Ada Lovelace", "Alan Turing", "Grace Hopper"], dice.randint(0, 3))),
            keywords=tuple(dice.sample(["agents", "graphs", "nets"], dice.randint(0, 2))),
        )
        for number in range(dice.randint(0, 40))
    ]
    days = [date(2025, 1, 1) + timedelta(days=dice.randint(0, 60)) for _ in range(dice.randint(1, 12))]
    return collect(
        (
            digest(
                *dice.sample(papers, dice.randint(0, min(9, len(papers)))),
                day=str(day),
                path=f"digests/{place}.md",
            )
            for place, day in enumerate(days)
        ),
        tag=topics_of,
    )


def listed(library: Library) -> dict[tuple[str, str], list[Paper]]:
    """The papers of every list that has a page, oldest first, but for those of sources."""
    found: dict[tuple[str, str], list[Paper]] = {}
    for paper in library.papers.values():
        slugs = {("tags", tag.slug) for tag in paper.tags} | {("tags", word) for word in paper.keywords}
        slugs |= {("authors", name.lower().replace(" ", "-")) for name in paper.authors}
        for place in slugs:
            found.setdefault(place, []).append(paper)
    always = {("tags", tag.slug) for paper in library.papers.values() for tag in paper.tags}
    return {place: papers for place, papers in found.items() if len(papers) > 1 or place in always}


@pytest.mark.parametrize("seed", range(20))
def test_pages_of_a_list_together_have_all_of_it(seed: int) -> None:
    library = random_library(seed)
    archive, expected = library.archive, listed(library)
    heads = {(head.folder, head.slug): head for folder in FOLDERS for head in archive.lists(folder)}
    sources = {place for place in heads if place[0] == "sources"}
    assert heads.keys() - sources == expected.keys()
    for place, papers in expected.items():
        head = heads[place]
        assert (head.papers, archive.list_of(*place)) == (len(papers), head)
        whole = [entry(paper) for paper in papers]
        for size in (1, 2, 3, 7, 50):
            sealed = sealed_pages(len(papers), size)
            pages = [archive.entries(*place, number * size, (number + 1) * size) for number in range(sealed)]
            newest = archive.entries(*place, sealed * size, len(papers))
            assert [*chain.from_iterable(pages), *newest] == whole
            assert all(len(page) == size for page in pages)
    assert {slug: heads[folder, slug].papers for folder, slug in sources} == {DAILY.slug: len(library.papers)}


@pytest.mark.parametrize("seed", range(20))
def test_any_part_of_everything_is_that_part(seed: int) -> None:
    library = random_library(seed)
    dice = Random(seed)  # noqa: S311 - not for secrets
    papers = [*library.papers.values()]
    archive = Archive(library.archive._database)
    for _ in range(20):
        start, stop = sorted((dice.randint(0, len(papers) + 2), dice.randint(0, len(papers) + 2)))
        assert archive.papers_between(start, stop) == papers[start:stop]
        assert len(archive.entries("sources", DAILY.slug, start, stop)) == len(papers[start:stop])
    for day in archive.days:
        own = [paper for paper in papers if any(a.day == day for a in paper.appearances)]
        assert sorted(paper.key for paper in archive.papers_of(day)) == sorted(paper.key for paper in own)
        assert archive.days[day] == len(own)
        assert archive.keys_first_listed(day) == [paper.key for paper in papers if paper.first.day == day]
        assert archive.rank("", "", day.toordinal()) == sum(paper.first.day < day for paper in papers)
        first = archive.first_of(day, 3)
        places = [min((a.digest, a.position) for a in paper.appearances if a.day == day) for paper in first]
        assert places == sorted(places)
        assert len(first) == min(3, len(own))


def test_what_is_not_there_is_nothing() -> None:
    archive = collect([digest(record())]).archive
    assert archive.paper("none") is None
    assert archive.paper_at("tags/none.html") is None
    assert archive.list_of("tags", "none") is None
    assert archive.entries("tags", "none", 0, 10) == []
    assert archive.papers_of(date(1999, 1, 1)) == archive.first_of(date(1999, 1, 1), 5) == []


def test_more_papers_are_kept_at_hand_than_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.archive.queries._KEPT", 3)
    library = collect([digest(*(record(f"Paper {n}", arxiv_id=f"2503.{n:05}") for n in range(9)))])
    archive, papers = Archive(library.archive._database), [*library.papers.values()]
    for _ in range(2):
        assert [archive.paper(paper.key) for paper in papers] == papers
        assert archive.papers_between(2, 8) == papers[2:8]
        assert len(archive._papers) <= 3
