"""Which records are the same work."""

from __future__ import annotations

from generator.model import Record
from tests.builders import Library, collect, digest, record

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
    assert (account.seen, account.accepted, account.merged, account.refused) == (2, 1, 1, 0)


def test_a_shared_family_name_is_not_enough() -> None:
    wang, other = record(TITLE, authors=("Jing Wang",)), record(TITLE, authors=("Li Wang",))
    assert len(merged(wang, other).papers) == 2
    assert len(merged(wang, record(TITLE, authors=("J. Wang",))).papers) == 1


def test_the_same_author_writes_other_things_under_one_title() -> None:
    first = record(
        "Annual report", authors=("Jing Wang",), abstract="We grew wheat and barley on nine fields."
    )
    second = record(
        "Annual report", authors=("Jing Wang",), abstract="Three satellites were launched last spring."
    )
    assert len(merged(first, second).papers) == 2
    late = record(TITLE, authors=("Jing Wang",), published="2010")
    assert len(merged(late, record(TITLE, authors=("Jing Wang",), published="2025")).papers) == 2


def test_the_doi_of_a_book_does_not_merge_its_chapters() -> None:
    one = record("Chapter one", arxiv_id="2503.00001", doi="10.1000/book")
    two = record("Chapter two", arxiv_id="2503.00002", doi="10.1000/book")
    assert list(merged(one, two).papers) == ["2503.00001", "2503.00002"]


def test_the_doi_that_arxiv_gives_is_the_arxiv_id() -> None:
    library = merged(
        record("A title", doi="10.48550/arxiv.2503.00001"), record("Another", arxiv_id="2503.00001")
    )
    assert list(library.papers) == ["2503.00001"]
    assert library.papers["2503.00001"].arxiv_id == "2503.00001"


def test_a_later_title_finds_what_was_listed_by_title_alone() -> None:
    text = "We study things that matter and show how they came to matter to us."
    library = merged(
        record(TITLE, abstract=text),
        record("Its first title", arxiv_id="2503.00001"),
        record(TITLE, arxiv_id="2503.00001", abstract=text),
    )
    assert len(library.papers) == 1


def test_thousands_of_papers_of_one_title() -> None:
    library = merged(
        *(record("Untitled talk of the day", abstract=f"About {n} {n * n} {n + 7}.") for n in range(28))
    )
    assert len(library.papers) == 28
