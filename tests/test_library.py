"""What a paper takes from its records, and that nothing is lost."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import Digest, Link, Source
from generator.permalinks import Permalinks
from tests.builders import collect, digest, merged, record

TITLES = [
    "Preface",
    "GAN",
    "gan",
    "A Study of Things",
    "A study of things!",
    "Attention Is All You Need, Again",
]
records = st.builds(
    record,
    st.sampled_from(TITLES),
    arxiv_id=st.sampled_from([None, "2503.00001", "2503.00002"]),
    doi=st.sampled_from([None, None, "10.1000/x", "10.1000/y"]),
    authors=st.sampled_from([(), ("Ada Lovelace",), ("Alan Turing", "Ada Lovelace")]),
    abstract=st.sampled_from(["", "We study things.", "We also study other things, and at length."]),
)
digests = st.lists(
    st.builds(
        lambda records, day, number: digest(*records, day=f"2025-03-{day:02d}", path=f"digests/{number}.md"),
        st.lists(records, max_size=4),
        st.integers(1, 9),
        st.integers(),
    ),
    max_size=5,
    unique_by=lambda digest: digest.path,
)


@given(digests)
def test_every_record_is_accounted_for(digests: list[Digest]) -> None:
    library = collect(digests)
    seen = sum(len(digest.records) for digest in digests)
    assert sum(len(paper.appearances) for paper in library.papers.values()) == seen
    assert sum(account.accepted for account in library.accounts) == len(library.papers)
    sizes = {digest.path: len(digest.records) for digest in digests}
    assert {a.digest.path: a.seen for a in library.accounts} == sizes
    assert library.archive.totals.merged == sum(a.merged for a in library.accounts)
    firsts = [paper.first.day for paper in library.papers.values()]
    assert firsts == sorted(firsts)


@given(digests, st.randoms())
def test_the_order_of_files_does_not_matter(digests: list[Digest], random: object) -> None:
    shuffled = [*digests]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = collect(shuffled), collect(digests)
    assert (one.papers, one.accounts) == (other.papers, other.accounts)
    assert one.archive.totals == other.archive.totals


@given(digests)
def test_what_hangs_together_is_decided_as_all_of_it_at_once(digests: list[Digest]) -> None:
    papers = collect(digests).papers
    assert papers == merged(digests, Permalinks())
    assert [*papers] == [*merged(digests, Permalinks())]


@given(digests)
def test_keys_are_unique_and_no_alias_is_a_key(digests: list[Digest]) -> None:
    papers = collect(digests).papers
    aliases = [alias for paper in papers.values() for alias in paper.aliases]
    assert len(set(aliases)) == len(aliases)
    assert not set(aliases) & set(papers)


def test_fields_come_from_the_record_that_knows_most() -> None:
    pasted = record("A STUDY OF THINGS THAT MATTER", abstract="We study things that matter. " * 5)
    listed = record(
        abstract="We study things that matter. " * 5,
        arxiv_id="2503.00001",
        authors=("Ada Lovelace",),
        published="2025-03-01",
        upvotes=3,
        links=(Link("Code", "https://github.com/a/b"),),
    )
    later = record(arxiv_id="2503.00001", abstract="A teaser.", upvotes=0)
    library = collect([digest(listed), digest(pasted, day="2025-03-15"), digest(later, day="2025-03-16")])
    (paper,) = library.papers.values()
    assert paper.title == "A Study of Things that Matter"
    assert paper.authors == ("Ada Lovelace",)
    assert paper.abstract.startswith("We study")
    assert paper.upvotes == 0
    assert [link.label for link in paper.links] == ["arXiv", "PDF", "Code"]
    assert [a.day.day for a in paper.appearances] == [14, 15, 16]


def test_a_paper_remembers_where_its_fields_came_from() -> None:
    listed = record("A STUDY OF THINGS THAT MATTER", arxiv_id="2503.00001", summary="In short.")
    published = record(
        arxiv_id="2503.00001",
        authors=("Ada Lovelace",),
        abstract="We study.",
        doi="10.1000/x",
        venue="Things",
    )
    library = collect(
        [digest(listed), digest(published, day="2025-03-15"), digest(record("Alone"), day="2025-03-16")]
    )
    paper, alone = library.papers.values()
    assert paper.venue == "Things"
    assert paper.origins == (("summary",), ("title", "authors", "abstract", "arXiv id", "DOI", "venue"))
    assert alone.origins == (), "all of it comes from its one listing"


def test_a_digest_of_several_days() -> None:
    week = digest(
        record("The First Paper of a Week", day=date(2025, 3, 10)),
        record("The Last of a Week"),
        day="2025-03-14",
    )
    library = collect([week, digest(record("The First Paper of a Week"), day="2025-03-12")])
    assert [*library.archive.days] == [date(2025, 3, 10), date(2025, 3, 12), date(2025, 3, 14)]
    first = library.papers[next(iter(library.papers))]
    assert [(a.day.day, a.digest) for a in first.appearances] == [
        (10, "digests/2025-03-14-huggingface-daily.md"),
        (12, "digests/2025-03-12-huggingface-daily.md"),
    ]
    assert [paper.title for paper in library.archive.first_of(date(2025, 3, 10), 5)] == [
        "The First Paper of a Week"
    ]
    assert [one.path for one in library.archive.digests_of(date(2025, 3, 10))] == [week.path]


def test_unknown_stays_unknown() -> None:
    (paper,) = collect([digest(record())]).papers.values()
    unknown = (paper.published, paper.revised, paper.upvotes, paper.stars, paper.arxiv_id, paper.submitted_by)
    assert unknown == (None,) * 6
    assert (paper.authors, paper.links) == ((), ())


def test_a_source_has_one_spelling() -> None:
    first, second = Source("mine", "Mine"), Source("mine", "MINE", "https://example.org/")
    library = collect(
        [
            digest(record("One Telling Title"), source=first),
            digest(record("Another Title"), day="2025-03-15", source=second),
        ]
    )
    assert {a.source for paper in library.papers.values() for a in paper.appearances} == {first}
    assert [account.digest.source for account in library.accounts] == [first, first]
    (note,) = library.accounts[1].notes
    assert str(note) == (
        'digests/2025-03-15-mine.md: expected one name and address for a source, found "MINE", which another digest '
        'calls "Mine"; give mine one name and url in sources.yml'
    )


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        (None, None, None),
        ("https://example.org/", None, None),
        (None, "https://example.org/", '"https://example.org/", where another digest has none'),
        ("https://example.org/", "https://example.com/",
         '"https://example.com/", where another digest has "https://example.org/"'),
    ],
)  # fmt: skip
def test_addresses_of_a_source_that_differ_are_noted(
    first: str | None, second: str | None, found: str | None
) -> None:
    library = collect(
        [
            digest(record("Another Title"), day="2025-03-15", source=Source("mine", "Mine", second)),
            digest(record("One Telling Title"), source=Source("mine", "Mine", first)),
        ]
    )
    notes = [str(note) for account in library.accounts for note in account.notes]
    assert notes == [
        f"digests/2025-03-15-mine.md: expected one name and address for a source, found {found}; "
        "give mine one name and url in sources.yml"
    ] * bool(found)


def test_a_source_has_one_spelling_among_the_papers_of_a_digest() -> None:
    listed = record("One Telling Title", source=Source("mine", "MINE"))
    library = collect([digest(listed, source=Source("mine", "Mine"))])
    (paper,) = library.papers.values()
    assert paper.first.source == Source("mine", "Mine")
