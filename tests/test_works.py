"""Which records are the same work."""

from __future__ import annotations

from generator.library import collect
from generator.model import Library, Record
from tests.builders import digest, record

TITLE = "Attention Is All You Need, Again"


def merged(*records: Record) -> Library:
    """The library of digests of one record each, a day apart."""
    return collect(digest(r, day=f"2025-03-{day:02d}") for day, r in enumerate(records, start=1))


def test_one_arxiv_id_is_one_work_in_any_version() -> None:
    library = merged(
        record("Old title", arxiv_id="2503.00001", arxiv_version=1), record(arxiv_id="2503.00001")
    )
    assert list(library.papers) == ["2503.00001"]
    assert [a.merged for a in library.accounts] == [0, 1]
    assert library.accounts[1].merges[0].reason == "same arXiv 2503.00001"


def test_titles_merge_if_an_author_is_shared_however_spelled() -> None:
    library = merged(
        record(TITLE, authors=("Ada Lovelace", "Paul Erdős")),
        record(TITLE.upper() + "!", authors=("Erdos, Paul",), arxiv_id="2503.00001"),
    )
    assert list(library.papers) == ["2503.00001"]


def test_titles_do_not_merge_if_authors_differ() -> None:
    assert (
        len(merged(record(TITLE, authors=("Ada Lovelace",)), record(TITLE, authors=("Alan Turing",))).papers)
        == 2
    )


def test_titles_do_not_merge_if_identifiers_differ() -> None:
    assert len(merged(record(TITLE, arxiv_id="2503.00001"), record(TITLE, arxiv_id="2503.00002")).papers) == 2


def test_a_pasted_title_finds_the_paper_by_its_abstract() -> None:
    text = "We study things that matter and show how they came to matter to us."
    library = merged(
        record(TITLE, abstract=text), record(TITLE, abstract=text + " Code follows.", arxiv_id="2503.00001")
    )
    assert library.papers["2503.00001"].abstract.endswith("Code follows.")


def test_other_abstracts_are_other_works() -> None:
    assert (
        len(
            merged(
                record("GAN", abstract="Generative nets."), record("gan", abstract="A band of guitars.")
            ).papers
        )
        == 2
    )


def test_short_and_generic_titles_say_too_little() -> None:
    assert len(merged(record("Preface"), record("Preface")).papers) == 2
    assert (
        len(merged(record("Editorial", authors=("Ada L",)), record("Editorial", authors=("Ada L",))).papers)
        == 2
    )
    assert len(merged(record("Short title"), record("Short title")).papers) == 2


def test_years_far_apart_speak_against() -> None:
    assert len(merged(record(TITLE, published="1999"), record(TITLE, published="2025")).papers) == 2
    assert len(merged(record(TITLE, published="2024"), record(TITLE, published="2025")).papers) == 1


def test_a_record_with_two_identifiers_ties_two_works_together() -> None:
    library = merged(
        record("The preprint", arxiv_id="2503.00001"),
        record("The article", doi="10.1000/x"),
        record("The article", arxiv_id="2503.00001", doi="10.1000/x"),
    )
    assert list(library.papers) == ["2503.00001"]
    assert len(library.papers["2503.00001"].appearances) == 3
    assert [a.accepted + a.merged for a in library.accounts] == [1, 1, 1]


def test_the_same_paper_twice_in_one_digest() -> None:
    library = collect([digest(record(arxiv_id="2503.00001"), record(arxiv_id="2503.00001"))])
    (account,) = library.accounts
    assert (account.digest.seen, account.accepted, account.merged, account.refused) == (2, 1, 1, 0)
