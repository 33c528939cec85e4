"""What the search finds: the same as by brute force, over made-up archives and the repository's own digests."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from random import Random
from typing import Any
from zlib import crc32

import pytest

from generator.model import Source, Tag
from generator.search import cells, document, postings
from generator.text.prose import Prose
from tests.builders import DAILY, Library, collect, digest, library, record
from tests.search.archives import SOURCES, made_up, questions
from tests.search.conftest import ENGINE, ROOT, Node
from tests.search.reference import Reference, facets

Start = Callable[[Library], Node]
Answer = dict[str, Any]

#: So many results of a question are compared, the newest; of all of them the number.
SHOWN = 30


def found(answer: Answer) -> list[str]:
    return [str(result["address"]) for result in answer["results"]]


def titles(answer: Answer) -> list[str]:
    return [str(result["title"]) for result in answer["results"]]


PAIRS = (("gpt", "4"), ("4", "gpt"), ("self", "supervised"), ("network", "network"), ("vae", "alpha"))


def _many(patch: pytest.MonkeyPatch) -> None:
    """Have words of some hundred papers counted among the common ones, and places of most of them cut into cells."""
    patch.setattr(postings, "HEAVY", 800)
    patch.setattr(cells, "CUT", 900)
    patch.setattr(cells, "MOST", 500)
    patch.setattr(document, "PAIRS", tuple((f"{one} {other}", one, other) for one, other in PAIRS))


@pytest.fixture(scope="module")
def large() -> Library:
    """An archive of both parts, with several files of facets and terms that have files of their own."""
    with pytest.MonkeyPatch.context() as patch:
        _many(patch)
        return made_up(94, 50)


@pytest.fixture(scope="module")
def large_node(large: Library, start_search: Start) -> Iterator[Node]:
    with pytest.MonkeyPatch.context() as patch:
        _many(patch)
        yield start_search(large)


@pytest.fixture(scope="module")
def small_node(archive: Library, start_search: Start) -> Node:
    return start_search(archive)


def compare(library: Library, node: Node, asked: Sequence[Mapping[str, Any]]) -> int:
    """Totals, results by date and facets must equal brute force; gives how many questions found something."""
    reference = Reference(library)
    newest = [{**query, "sort": "date", "limit": SHOWN, "exactly": True} for query in asked]
    answers = node.search(newest)
    counts = node.facets([{**query, "exactly": True} for query in asked])
    some = 0
    for query, answer, counted in zip(asked, answers, counts, strict=True):
        expected = reference.papers(query)
        assert (query, answer["total"]) == (query, len(expected))
        if expected:
            some += 1
            assert (query, found(answer)) == (query, [paper.address for paper in expected[:SHOWN]])
        assert answer["repaired"] == ""
        assert answer["partial"] == (not expected and bool(answer["results"]))
        assert (query, _counts(counted)) == (query, facets(expected))
    return some


def _counts(given: dict[str, list[Any]]) -> dict[str, dict[str, int]]:
    assert [*given] == ["tags", "years", "sources"]
    for kind in ("tags", "sources"):
        numbers = [row[-1] for row in given[kind]]
        assert numbers == sorted(numbers, reverse=True)
    years = [year for year, _ in given["years"]]
    assert years == sorted(years, reverse=True)
    return {
        "tags": dict(given["tags"]),
        "years": dict(given["years"]),
        "sources": {slug: number for slug, _, number in given["sources"]},
    }


@pytest.mark.slow
def test_a_large_archive_answers_as_brute_force_does(large: Library, large_node: Node) -> None:
    asked = questions([*large.papers.values()], SOURCES, 180)
    assert compare(large, large_node, asked) > 130
    files = large_node.loaded()
    kinds = {(file[0], file[2]) for file in files if "/" in file}
    assert kinds >= {(part, kind) for part in "ab" for kind in "pqdc"} | {("a", "h"), ("a", "x")}
    assert [file for file in files if file.startswith("a/c")] == ["a/c00.js", "a/c01.js"]


@pytest.mark.slow
def test_the_own_digests_answer_as_brute_force_does(archive: Library, small_node: Node) -> None:
    asked = questions([*archive.papers.values()], [DAILY], 200)
    assert compare(archive, small_node, asked) > 150


@pytest.mark.slow
def test_filters_alone_and_together_equal_brute_force(large: Library, large_node: Node) -> None:
    """As fields of the query, as the page gives them, and with the best first."""
    asked = [
        {key: value for key, value in query.items() if key != "q"}
        for query in questions([*large.papers.values()], SOURCES, 200)
        if len(query) > 1 or "q" not in query
    ]
    assert len(asked) > 50
    assert compare(large, large_node, asked) > 30


def test_relevance_gives_the_same_papers(large: Library, large_node: Node) -> None:
    reference = Reference(large)
    asked = [
        query
        for query in questions([*large.papers.values()], SOURCES, 60)
        if 1 < len(reference.search(query)) < 200
    ]
    assert len(asked) > 8
    for query, answer in zip(
        asked, large_node.search([{**query, "limit": 200} for query in asked]), strict=True
    ):
        assert (query, sorted(found(answer))) == (query, sorted(reference.search(query)))


def test_results_come_in_pages(large_node: Node) -> None:
    for sort in ("relevance", "date"):
        query = {"q": "graph", "sort": sort}
        whole, first, second, beyond = large_node.search(
            [
                {**query, "limit": 50},
                query,
                {**query, "limit": 30, "offset": 20},
                {**query, "offset": 100_000},
            ]
        )
        assert found(first) == found(whole)[:20]
        assert found(second) == found(whole)[20:]
        assert found(beyond) == []
        assert len({answer["total"] for answer in (whole, first, second, beyond)}) == 1


# What is shown


def test_a_result_tells_what_is_shown_of_a_paper(start_search: Start) -> None:
    seminar = Source("seminar", "Reading seminar")
    paper = record(
        "CoSTA*: “toolpaths”", arxiv_id="2503.10613", authors=("Advait Gupta", "Dang Nguyen", "Wei Li")
    )
    papers = collect(
        [digest(paper, record("Nobody's", doi="10.1000/x")), digest(paper, day="2025-03-20", source=seminar)],
        tag=lambda _: (Tag("topic", "Agents", "agents"), Tag("category", "cs.CV", "cs.cv")),
    )
    node = start_search(papers)
    answer, other = node.search([{"q": "toolpath"}, {"q": "nobody"}])
    assert answer["results"] == [
        {
            "address": "papers/2503.10613.html",
            "title": "CoSTA*: “toolpaths”",
            "authors": ["Advait Gupta"],
            "others": 2,
            "day": "2025-03-14",
            "dayAddress": "digests/2025-03-14.html",
            "tags": ["Agents", "cs.CV"],
            "sources": ["Hugging Face daily papers", "Reading seminar"],
        }
    ]
    assert (other["results"][0]["authors"], other["results"][0]["others"]) == ([], 0)
    assert answer["archive"] == {
        "papers": 2,
        "from": "2025-03-14",
        "to": "2025-03-20",
        "sources": [["huggingface-daily", "Hugging Face daily papers"], ["seminar", "Reading seminar"]],
        "tags": ["Agents", "cs.CV"],
    }
    assert answer["terms"] == {"words": ["toolpath"], "beginnings": []}


def test_any_text_of_a_digest_stays_text(start_search: Start) -> None:
    text = '</script><script>alert(1)</script><!-- \u2028 ${x} ` " \\ 🎉 {{ 7*7 }} __proto__'
    odd = record(text, arxiv_id="2503.00001", authors=(text,), abstract=text)
    node = start_search(library(odd, tag=lambda _: (Tag("label", text, "x"),)))
    [answer] = node.search([{"q": "alert"}])
    [result] = answer["results"]
    assert result["title"] == text.replace(" \\ ", " ")  # TeX's space
    assert result["authors"] == [text]
    assert result["tags"] == [text]
    assert node.search([{"tag": text}])[0]["total"] == 1
    assert node.facets([{"q": "proto"}])[0]["tags"] == [[text, 1]]


# Order


@pytest.mark.slow
def test_a_title_that_is_asked_for_comes_first(archive: Library, small_node: Node) -> None:
    papers = Random(7).sample([*archive.papers.values()], 80)  # noqa: S311 - the same papers each time
    answers = small_node.search([{"q": paper.title, "limit": 3} for paper in papers])
    places = [
        [*found(answer), paper.address].index(paper.address)
        for paper, answer in zip(papers, answers, strict=True)
    ]
    assert places.count(0) >= 78
    assert max(places) < 3


def test_titles_come_before_abstracts_and_rare_words_weigh_more(start_search: Start) -> None:
    filler = [
        record(f"A common matter {i}", arxiv_id=f"2502.{i:05}", abstract="Common things.")
        for i in range(1, 30)
    ]
    papers = library(
        record("Things of a common kind", arxiv_id="2503.00001", abstract="With a rare word."),
        record("Rare", arxiv_id="2503.00002"),
        record("Things", arxiv_id="2503.00003", abstract="Rare, and long: " + "of other matters " * 30),
        record("Keywords", arxiv_id="2503.00004", keywords=("rare",)),
        *filler,
    )
    node = start_search(papers)
    rare, both, date = node.search(
        [{"q": "rare"}, {"q": "rare OR common", "limit": 5}, {"q": "rare", "sort": "date"}]
    )
    assert titles(rare)[0] == "Rare"
    assert titles(rare)[-1] == "Keywords"
    assert titles(both)[0] == "Rare"
    assert found(date) == sorted(found(date), reverse=True)


# The language of questions

TITLES = (
    "chain of thought",
    "thought of a chain",
    "chains of thoughts",
    "survey: chain-of-thought",
    "novel chains",
)
LANGUAGE = [
    ('"chain of thought"', "023"),
    ('"chain of thought', "023"),
    ("“chain thought”", "023"),
    ('"thought chain"', "1"),
    ("chain thought", "0123"),
    ("chain -survey", "0124"),
    ('-"chain of thought"', "14"),
    ("-survey", "0124"),
    ("survey OR novel", "34"),
    ("chain survey OR novel", "34"),
    ("survey OR novel OR nonesuch", "34"),
    ("survey OR the OR novel", "34"),
    (" OR ".join(["survey", "novel", *(f"nonesuch{i}" for i in range(40))]), "34"),
    ("OR survey", "3"),
    ("survey OR", "3"),
    ("survey or novel", ""),
    ('survey OR "thought of a chain"', "13"),
    ("survey/chain", "3"),
    ("novel OR survey/chain", "34"),
    ("chain-of-thought", "0123"),
    ("CHAÎN", "01234"),
    ("title:survey", "3"),
    ("TITLE:survey", "3"),
    ("title:ann", ""),
    ("ann", "01234"),
    ("author:ann", "01234"),
    ('author:"link ann"', "01234"),
    ('author:"ann mind"', ""),
    ("-author:link", ""),
    ("author: ann", "01234"),
    ("author:  ann chain", "01234"),
    ("author：link", "01234"),
    ('"ann link"', "01234"),
    ('-"ann link"', ""),
    ("chain –survey", "0124"),
    ("chain −survey", "0124"),
    ("chain – survey", "3"),
    ("tag:x", "0"),
    ('tag:"A Tag" chain', "0"),
    ("-tag:x", "1234"),
    ("year:2025 chain", "01234"),
    ("year:2024", ""),
    ("after:2025-03-15", ""),
    ("after:2025-03-14 before:2025-03-14", "01234"),
    ("before:2025-02", ""),
    ("before:nonsense survey", "3"),
    ("-before:nonsense survey", "3"),
    ("-year:2025", ""),
    ("-year:2024 survey", "3"),
    ("-before:2024", "01234"),
    ("year:2024 OR year:2025", "01234"),
    ("year:2024 OR survey", "3"),
    ("after:2025/3", "01234"),
    ("after:2025-4", ""),
    ("after:2025-13 survey", "3"),
    ("after:2026 before:2024", ""),
    ("unknown:survey", ""),
    ("the of", ""),
    ('""', ""),
    ("-", ""),
    ("--survey", "0124"),
]


@pytest.fixture(scope="module")
def language_node(start_search: Start) -> Node:
    records = (
        record(title, doi=f"10.1000/{place}", authors=("Ann Link", "Of Mind"))
        for place, title in enumerate(TITLES)
    )
    one = (Tag("label", "x", "x"), Tag("label", "a tag", "a-tag"))
    return start_search(library(*records, tag=lambda paper: one if paper.key.startswith("10.1000-0") else ()))


@pytest.mark.parametrize(("q", "expected"), LANGUAGE, ids=[q for q, _ in LANGUAGE])
def test_the_language_of_questions(q: str, expected: str, language_node: Node) -> None:
    [answer] = language_node.search([{"q": q, "exactly": True}])
    numbers = sorted(address.removeprefix("papers/10.1000-")[0] for address in found(answer))
    assert ("".join(numbers) if answer["total"] else "") == expected
    assert answer["total"] == len(expected)


#: A word as a reader may type it, and a title that it must find.
SPELLINGS = [
    ("schrodinger", "The Schrödinger Bridge"),
    ("SCHRÖDINGER", "the schrodinger bridge"),
    ("schrödinger", 'The Schr\\"{o}dinger equation'),
    ('schr\\"{o}dinger', "The Schrödinger Bridge"),
    ("Schr{\\'o}dinger", "The Schrödinger Bridge"),
    ("erdos", "On Erdős Graphs"),
    ("erdős graph", "On Erdős Graphs"),
    ("lukasz strasse", "Łukasz, Straße"),
    ("istanbul", "İstanbul at night"),
    ("angstrom", "\u212bngström waves"),
    ("file", "A \ufb01le"),
    ("beta vae", "β-VAE"),
    ("β-vae", "On $\\beta$-VAE"),
    ("\\alpha", "An α-stable law"),
    ("σοφος", "Ο ΣΟΦΌΣ"),
    ("机器学习", "论机器学习的方法"),
    ("学习", "论机器学习的方法"),
    ("学", "论机器学习的方法"),
    ("学习 方法", "论机器学习的方法"),
    ('"机器学习"', "论机器学习的方法"),
    ("GPT模型", "关于GPT模型"),
    ("ディープ", "画像のディープラーニング"),
    ("ﾃﾞｨｰﾌﾟ", "画像のディープラーニング"),
    ("한국", "한국어 모델"),
    ("autodrive-r²", "AutoDrive-R$^2$: Incentivizing"),
    ("autodrive-r2", "AutoDrive-R$^2$: Incentivizing"),
    ("M³KG", "M$^3$KG-RAG"),
    ("H₂O", "Of H$_2$O"),
    ("title:H2O", "Of H$_2$O"),
    ("gpt 4", "Talking to GPT-4"),
    ("gpt-4", "Talking to GPT 4"),
    ("gpt4", "Talking to GPT-4"),
    ("gpt-4", "About GPT4"),
    ("multi‐modal", "Multi-modal models"),
    ("multimodal", "Multi-modal models"),
    ("o’brien", "On O'Brien's rule"),
    ("2x2", "２ｘ２ grids"),
    ("matrix", "Of matrices"),
    ("matrices", "A matrix"),
    ("studies", "A study"),
    ("constructor", "The constructor and __proto__"),
    ("__proto__", "The constructor and __proto__"),
    ("мир", "Привет, Мир"),
    ("مُحَمَّد", "محمد"),
]
NOT_FOUND = ["习学", "机器方法", "법", "gpt 5", "chi", "networ", "schro"]


@pytest.fixture(scope="module")
def spelled_node(start_search: Start) -> Node:
    shown = dict.fromkeys(title for _, title in SPELLINGS)
    return start_search(library(*(record(title, doi=f"10.1000/{i}") for i, title in enumerate(shown))))


@pytest.mark.parametrize(("typed", "title"), SPELLINGS)
def test_case_accents_and_scripts_do_not_matter(typed: str, title: str, spelled_node: Node) -> None:
    exact, mended = spelled_node.search([{"q": typed, "exactly": True}, {"q": typed}])
    assert Prose(title).as_plain in titles(exact)
    assert exact["total"] == mended["total"] > 0
    assert mended["repaired"] == ""
    assert mended["unknown"] == []


def test_what_no_paper_has_is_not_found(spelled_node: Node) -> None:
    for answer in spelled_node.search([{"q": q, "exactly": True} for q in NOT_FOUND]):
        assert answer["total"] == 0


# Identifiers

#: Ways to write the id of one paper, and its key.
IDENTIFIERS = [
    ("2503.10613", "2503.10613"),
    ("  2503.10613  ", "2503.10613"),
    ("2503.10613v12", "2503.10613"),
    ("arXiv:2503.10613v2", "2503.10613"),
    ("arxiv: 2503.10613", "2503.10613"),
    ("https://arxiv.org/abs/2503.10613", "2503.10613"),
    ("http://www.arxiv.org/pdf/2503.10613v1.pdf", "2503.10613"),
    ("https://arxiv.org/html/2503.10613v1#S1", "2503.10613"),
    ("https://huggingface.co/papers/2503.10613", "2503.10613"),
    ("hf.co/papers/2503.10613", "2503.10613"),
    ("https://www.alphaxiv.org/abs/2503.10613v2", "2503.10613"),
    ("https://ar5iv.labs.arxiv.org/html/2503.10613", "2503.10613"),
    ("http://cn.arxiv.org/pdf/2503.10613V2.PDF", "2503.10613"),
    ("abs/2503.10613", "2503.10613"),
    ("arxiv.org/abs/arXiv:2503.10613", "2503.10613"),
    ("(2503.10613)", "2503.10613"),
    ("[2503.10613]", "2503.10613"),
    ("<https://arxiv.org/abs/2503.10613>", "2503.10613"),
    ("2503.10613.", "2503.10613"),
    ("2503.10613,", "2503.10613"),
    ("arXiv 2503.10613", "2503.10613"),
    ("doi:10.48550/arXiv.2503.10613", "2503.10613"),
    ("https://doi.org/10.48550/arxiv.math/0309136", "math-0309136"),
    ("２５０３.１０６１３", "2503.10613"),
    ("https://dl.acm.org/doi/10.1000/xyz", "10.1000-xyz"),
    ("10.48550/arXiv.2503.10613", "2503.10613"),
    ("https://doi.org/10.48550/arXiv.2503.10613", "2503.10613"),
    ("arXiv:2503.10613v2 [cs.CV]", "2503.10613"),
    ("math.GT/0309136", "math-0309136"),
    ("arXiv:math/0309136v1", "math-0309136"),
    ("https://arxiv.org/abs/math/0309136", "math-0309136"),
    ("10.1000/XYZ.", "10.1000-xyz"),
    ("doi:10.1000/xyz", "10.1000-xyz"),
    ("https://doi.org/10.1000/xyz", "10.1000-xyz"),
    (
        "https://doi.org/10.1002/(sici)1097%3C1::aid-a_b%3E3.0.co;2-%23",
        "10.1002-sici-1097-1-aid-a_b-3.0.co-2-sharp",
    ),
    ("https://example.org/some/path/papers/2503.10613.html#top", "2503.10613"),
    ("file:///media/stick/papers/math-0309136.html?x", "math-0309136"),
]


@pytest.fixture(scope="module")
def identified_node(start_search: Start) -> Node:
    papers = library(
        record("It cites arXiv 2503.10613 in its title", arxiv_id="2503.00002"),
        record("CoSTA*", arxiv_id="2503.10613"),
        record("The entropy formula", arxiv_id="math/0309136"),
        record("A journal article", doi="10.1000/xyz"),
        record("An old journal article", doi="10.1002/(sici)1097<1::aid-a_b>3.0.co;2-#"),
        record("Both", arxiv_id="2503.00009", doi="10.1000/both"),
    )
    return start_search(papers)


@pytest.mark.parametrize(("typed", "key"), IDENTIFIERS)
def test_an_identifier_leads_to_its_paper(typed: str, key: str, identified_node: Node) -> None:
    [answer] = identified_node.search([{"q": typed}])
    assert found(answer) == [f"papers/{key}.html"]
    assert answer["exact"] == f"papers/{key}.html"
    assert answer["total"] == 1


def test_identifiers_among_words_and_as_fields(identified_node: Node) -> None:
    asked = [
        ({"q": "id:2503.10613"}, ["papers/2503.10613.html"]),
        ({"q": "id:arXiv:math/0309136v3"}, ["papers/math-0309136.html"]),
        ({"q": "id:math-0309136"}, ["papers/math-0309136.html"]),
        ({"q": "id:10.1000/BOTH"}, ["papers/2503.00009.html"]),
        ({"q": "10.1000/both"}, ["papers/2503.00009.html"]),
        ({"q": "costa 2503.10613"}, ["papers/2503.10613.html"]),
        ({"q": "article 2503.10613"}, []),
        ({"q": "article -id:10.1000/xyz"}, ["papers/10.1002-sici-1097-1-aid-a_b-3.0.co-2-sharp.html"]),
        ({"q": '"2503.10613"'}, ["papers/2503.00002.html"]),
        ({"q": "2503.10613", "to": "2024"}, []),
        ({"q": "2503.99999"}, []),
        ({"q": "10.1000/none"}, []),
    ]
    for (query, expected), answer in zip(
        asked, identified_node.search([query for query, _ in asked]), strict=True
    ):
        assert (query, found(answer) if answer["total"] else []) == (query, expected)
        assert answer["exact"] in ("", *expected)


def test_every_identifier_of_a_paper_finds_it(start_search: Start) -> None:
    """Records of one paper may have several."""
    title, abstract = "A paper that was listed with several names", "The same words. " * 20
    lists = [
        digest(record(title, abstract=abstract, authors=("Ann Li",), arxiv_id="2503.00001")),
        digest(record(title, abstract=abstract, authors=("Ann Li",), doi="10.1000/a"), day="2025-03-20"),
    ]
    papers = collect(lists)
    assert len(papers.papers) == 1
    node = start_search(papers)
    assert [answer["exact"] for answer in node.search([{"q": "2503.00001"}, {"q": "10.1000/a"}])] == [
        "papers/2503.00001.html"
    ] * 2


# Filters


def test_filters_are_compared_by_their_words(start_search: Start) -> None:
    other = Source("b.slug_2", "Bücher & Papers")
    names = ["🎉", "++", "C", "C++", "C#", "Vision–language models", "snake_case"]
    lists = [
        digest(
            *(
                record(f"Paper {i}", arxiv_id=f"2503.0000{i}", authors=("Wei Li", "Ann Wei-Liang"))
                for i in range(4)
            )
        ),
        digest(
            *(record(f"Paper {i}", arxiv_id=f"2503.0000{i}") for i in range(4, 7)),
            day="2024-02-29",
            source=other,
        ),
    ]
    node = start_search(
        collect(lists, tag=lambda p: (Tag("label", names[int(p.title[-1])], f"x{p.title[-1]}"),))
    )
    asked: list[tuple[dict[str, str], int]] = [
        *(({"tag": name}, 1) for name in names),
        ({"tag": "vision language MODELS"}, 1),
        ({"tag": "⚰"}, 0),
        ({"tag": "models"}, 0),
        ({"author": "li wei"}, 4),
        ({"author": "Liang, Ann"}, 4),
        ({"author": "li ann"}, 0),
        ({"author": "nobody"}, 0),
        ({"author": "..."}, 0),
        ({"source": "b.slug_2"}, 3),
        ({"source": "bucher & papers"}, 3),
        ({"source": "no such"}, 0),
        ({"source": "b.slug_2", "to": "2024-02"}, 3),
        ({"source": "b.slug_2", "from": "2024-03"}, 0),
        ({"from": "2024-02-29", "to": "2024-02-29"}, 3),
        ({"from": "2025"}, 4),
        ({"to": "2025-03-13"}, 3),
        ({"from": "2026", "to": "2023"}, 0),
        ({"from": "yesterday"}, 0),
        ({"q": "paper", "from": "yesterday", "to": "2025-1"}, 3),
        ({"q": "paper", "from": "yesterday", "to": "2025-13"}, 7),
    ]
    answers = node.search([query for query, _ in asked])
    for (query, total), answer in zip(asked, answers, strict=True):
        assert (query, answer["total"]) == (query, total)
        assert len(answer["results"]) == total or answer["partial"]


def test_words_beyond_the_bound_leave_the_filters_alone(start_search: Start) -> None:
    node = start_search(library(record("A graph", arxiv_id="2503.00001")))
    for query in (
        {"q": "graph " * 100, "tag": "x"},
        {"q": "the OR graph", "tag": "x"},
        {"q": '"" OR graph', "source": "x"},
    ):
        assert node.search([query])[0]["total"] == 0


# Mending and completing


@pytest.fixture(scope="module")
def common_node(start_search: Start) -> Node:
    """Words of many papers, and words of one."""
    many = (
        record(
            f"Diffusion transport and attention, part {i}",
            arxiv_id=f"2503.{i:05}",
            abstract="Self-supervised representation of committees. Diffuse light.",
        )
        for i in range(1, 40)
    )
    rare = record("Wondrous machinery", arxiv_id="2504.00001", authors=("Kolmogorov Hinton",))
    return start_search(library(*many, rare))


SLIPS = [
    ("difusion", "diffusion"),
    ("Diffusoin", "diffusion"),
    ("dffusion", "diffusion"),
    ("iffusion", "diffusion"),
    ("xdiffusion", "diffusion"),
    ("diffusiom", "diffusion"),
    ("Difusions", "diffusions"),
    ("difusion, atention", "diffusion, attention"),
    ("self-supervized", "self-supervised"),
    ("Self-Supervized", "Self-supervised"),
    ("transprot/atention", "transport/attention"),
    ("wondrus", "wondrous"),
    ("kolmogorof", "kolmogorov"),
    ("hintn", "hinton"),
    ("representaiton -wondrous", "representation -wondrous"),
    ("comittees", "committees"),
    ("title:difusion", "title:diffusion"),
]


@pytest.mark.parametrize(("typed", "meant"), SLIPS)
def test_a_slip_is_mended_and_said(typed: str, meant: str, common_node: Node) -> None:
    mended, right, exactly = common_node.search([{"q": typed}, {"q": meant}, {"q": typed, "exactly": True}])
    assert mended["repaired"] == meant
    assert mended["unknown"] == []
    assert mended["total"] == right["total"] > 0
    assert right["repaired"] == ""
    assert (exactly["total"], exactly["repaired"]) == (0, "")
    assert exactly["unknown"]


def test_any_one_slip_in_a_word_is_mended(common_node: Node) -> None:
    """A letter left out, put in, changed, or swapped with its neighbour, anywhere in a word of some length."""
    word = "transport"
    slips = {
        *(word[:i] + word[i + 1 :] for i in range(len(word))),
        *(word[:i] + "k" + word[i:] for i in range(len(word) + 1)),
        *(word[:i] + "k" + word[i + 1 :] for i in range(len(word))),
        *(word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(len(word) - 1)),
    } - {word}
    for slip, answer in zip(
        sorted(slips), common_node.search([{"q": slip} for slip in sorted(slips)]), strict=True
    ):
        whole = (
            "" if word.startswith(slip) else word
        )  # the beginning of a word is completed, which needs no saying
        assert (slip, answer["repaired"], answer["total"]) == (slip, whole, 39)


def test_unknown_words_are_said_and_papers_with_the_others_shown(common_node: Node) -> None:
    nothing, partly, short = common_node.search(
        [{"q": "xqzzzyk"}, {"q": "xqzzzyk diffusion wondrous"}, {"q": "qzj"}]
    )
    assert (nothing["total"], nothing["results"], nothing["partial"]) == (0, [], False)
    assert nothing["unknown"] == ["xqzzzyk"]
    assert (partly["total"], partly["partial"], partly["unknown"]) == (0, True, ["xqzzzyk"])
    assert len(partly["results"]) == 20
    assert short["unknown"] == ["qzj"]
    [typing] = common_node.search([{"q": "qz", "prefix": True}])
    assert (typing["total"], typing["unknown"]) == (0, [])


def test_the_beginning_of_a_word_finds_what_it_found_while_it_was_typed(common_node: Node) -> None:
    """Enter and an address that is sent on ask for the words alone."""
    for q in ("diffus", "self-superv", "transport atte", "wondr", "title:diffus"):
        typed, entered, exact = common_node.search(
            [{"q": q, "prefix": True}, {"q": q}, {"q": q, "exactly": True}]
        )
        assert (q, titles(entered), entered["total"]) == (q, titles(typed), typed["total"])
        assert (entered["repaired"], entered["unknown"]) == ("", [])
        assert entered["terms"]["beginnings"]
        assert exact["total"] == 0


def test_a_word_just_begun_does_not_take_the_results_away(common_node: Node) -> None:
    whole = common_node.search([{"q": "diffusion transport"}])[0]["total"]
    assert whole
    begun = (
        "diffusion transport a",
        "diffusion transport xq",
        "diffusion transport fo",
        "diffusion transport whe",
    )
    for answer in common_node.search([{"q": q, "prefix": True} for q in begun]):
        assert answer["total"] == whole
    [entered] = common_node.search([{"q": "diffusion transport xq"}])
    assert (entered["total"], entered["unknown"]) == (0, ["xq"])


def test_what_a_word_is_completed_to_says_no_more_than_the_word(start_search: Start) -> None:
    """A rare word that begins like a common one would come before it otherwise."""
    graphs = (record(f"Graph {i}", arxiv_id=f"2503.{i:05}") for i in range(1, 40))
    node = start_search(library(*graphs, record("Grapheme", arxiv_id="2504.00001")))
    [answer] = node.search([{"q": "graph", "prefix": True, "limit": 50}])
    assert answer["total"] == 40
    assert titles(answer)[-1] == "Grapheme"


def test_names_of_three_signs_are_found_like_words(start_search: Start) -> None:
    people = [
        record("One", arxiv_id="2503.00001", authors=("王小明", "김철수")),
        record("Two", arxiv_id="2503.00002"),
    ]
    node = start_search(library(*people))
    for q in ("王小明", "김철수", "author:王小明"):
        [answer] = node.search([{"q": q, "exactly": True}])
        assert (q, titles(answer)) == (q, ["One"])


def test_a_filter_that_is_none_is_said(language_node: Node) -> None:
    wrong, fine, begun = language_node.search(
        [
            {"q": "chain year:24 after:2025-13"},
            {"q": "chain year:2025"},
            {"q": "chain year:20", "prefix": True},
        ]
    )
    assert (wrong["total"], wrong["unknown"]) == (5, ["year:24", "after:2025-13"])
    assert fine["unknown"] == begun["unknown"] == []
    assert begun["total"] == 5


def test_a_word_that_a_paper_has_is_not_mended(start_search: Start) -> None:
    rare = record("Difusion", arxiv_id="2504.00001")
    node = start_search(
        library(*(record(f"Diffusion {i}", arxiv_id=f"2503.{i:05}") for i in range(1, 40)), rare)
    )
    [answer] = node.search([{"q": "difusion"}])
    assert (titles(answer), answer["total"], answer["repaired"]) == (["Difusion"], 1, "")


@pytest.mark.parametrize(
    ("typed", "total"),
    [
        ("wond", 1),
        ("wondrous mach", 1),
        ("diffus", 39),
        ("self-superv", 39),
        ("transport atte", 39),
        ("hint", 1),
        ('"diffusion trans', 39),
    ],
)
def test_the_last_word_may_be_half_typed(typed: str, total: int, common_node: Node) -> None:
    typing, typed_ = common_node.search([{"q": typed, "prefix": True}, {"q": f"{typed} ", "exactly": True}])
    assert (typing["total"], typing["repaired"]) == (total, "")
    assert typed_["total"] == 0


def test_what_is_typed_to_its_end_stays(start_search: Start) -> None:
    node = start_search(
        library(
            record("Chains of reasoning", arxiv_id="2503.00001"),
            record("Chain", arxiv_id="2503.00002"),
            record("Chaining", arxiv_id="2503.00003"),
        )
    )
    [answer] = node.search([{"q": "chain", "prefix": True}])
    assert sorted(titles(answer)) == ["Chain", "Chaining", "Chains of reasoning"]


# What may go wrong


@pytest.mark.parametrize("papers", [0, 1])
def test_archives_of_no_paper_and_of_one(papers: int, start_search: Start) -> None:
    node = start_search(library(*(record("A bare title of graphs", doi="10.1000/x") for _ in range(papers))))
    asked = [
        "graph",
        "grph",
        "-graph",
        '"bare title"',
        "year:2025",
        "x",
        "tag:x",
        "10.1000/x",
        "2503.00001",
        "学习",
    ]
    answers = node.search([{"q": q} for q in asked])
    assert [answer["total"] for answer in answers] == [
        papers * wanted for wanted in (1, 1, 0, 1, 1, 0, 0, 1, 0, 0)
    ]
    assert node.facets([{"q": "graph"}])[0]["years"] == [["2025", 1]] * papers
    assert answers[0]["archive"]["papers"] == papers


def test_nothing_asked_is_nothing_found_and_loads_the_manifest_alone(
    archive: Library, start_search: Start
) -> None:
    node = start_search(archive)
    asked = [
        {},
        {"q": ""},
        {"q": " ", "sort": "date"},
        {"from": "yesterday"},
        {"q": "the"},
        {"q": '"'},
        {"author": "..."},
    ]
    for answer in node.search(asked):
        assert (answer["total"], answer["results"], answer["unknown"]) == (0, [], [])
        assert answer["archive"]["papers"] == len(archive.papers)
    assert node.loaded() == ["manifest.js"]


def test_a_question_loads_little(large_node: Node) -> None:
    """Of each part the shard of each word, and the cards of what is shown."""
    large_node.loaded()
    large_node.search([{"q": "zyx wvu", "exactly": True}])
    files = large_node.loaded()
    assert [file[2] for file in files] == ["p"] * len(files)
    assert len(files) <= 4
    large_node.search([{"q": "zyx wvu", "exactly": True}])
    assert large_node.loaded() == []


def test_a_phrase_loads_what_may_be_in_it_alone(large: Library, large_node: Node) -> None:
    """Of a word with very many places a row, a column or a cell of them, as it stands last, first or between others; of
    a pair of words with files of its own these.
    """
    text = (large_node.site / "search/manifest.js").read_text()
    manifest = json.loads(text[text.index("(") + 1 : text.rindex(")")])
    known: dict[str, int] = {}
    term = ""
    for line in manifest["parts"][0]["heavy"].split("\n"):
        term = term[: int(line[0])] + line[2:]
        known[term] = int(line[1])
    assert {*known.values()} == {1, 2, 4, 8}
    reference = Reference(large)
    for phrase in ("network gpt", "4 gpt", "beta gradol", "gradol graph beta", "alpha network beta stable"):
        large_node.loaded()
        [answer] = large_node.search([{"q": f'"{phrase}"', "limit": 0}])
        assert answer["total"] == len(reference.papers({"q": f'"{phrase}"'}))
        words = phrase.split()
        cells_ = {
            f"a/x{crc32(word.encode()):08x}{row}{column}.js"
            for at, word in enumerate(words)
            for row in _lines(words[at - 1] if at else "", known[word])
            for column in _lines(words[at + 1] if word is not words[-1] else "", known[word])
        }
        files = {file for file in large_node.loaded() if file.startswith("a/")}
        if not answer["total"]:  # then it is looked for among names
            files = {file for file in files if file[2] == "x"}
        assert files <= cells_
    large_node.loaded()
    assert large_node.search([{"q": '"gpt 4"', "limit": 0}])[0]["total"] > 800
    first = {
        f"x{crc32(word.encode()):08x}00.js" for word in ("gpt", "4")
    }  # they say how many papers have each
    pair = {f"{kind}{crc32(b'gpt 4'):08x}.js" for kind in "hx"}
    assert {file[2:] for file in large_node.loaded() if file.startswith("a/")} <= first | pair


def _lines(other: str, sides: int) -> list[int]:
    return [crc32(other.encode()) * sides >> 32] if other else [*range(sides)]


def test_the_script_that_pages_load_for_the_search_is_small() -> None:
    packed = gzip.compress((ROOT / "theme_overrides" / ENGINE).read_bytes(), 9, mtime=0)
    assert len(packed) <= 8_192


HOSTILE = [
    "(a+)+$" * 500,
    "a" * 10_000,
    "x y " * 2_500,
    "a OR " * 3_000,
    "a-" * 5_000,
    "word " * 3_000 + "OR " * 2_000,
    '"' * 10_000,
    "-" * 10_000,
    "- -- ---",
    '-"',
    ".*[^",
    "\\",
    "\\u0000\0\n\r\u2028",
    "\0",
    "a\0b",
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    "{{ 7 * 7 }} ${alert(1)}",
    "__proto__",
    "constructor",
    "hasOwnProperty toString valueOf",
    "tag:__proto__ source:constructor author:toString id:__proto__",
    "../../../etc/passwd",
    "\U0001f389",
    "\ud83d",
    "\udc00x \ud800",
    "学" * 5_000,
    "한국" * 3_000,
    "%00%ff&tag=x#y",
    "\u0301" * 5_000,
    "\ufdfa" * 2_000,
    "\ufdfa学" * 2_000,
    "b/c/" * 2_000,
    '"' + "b c " * 2_000,
    "https://arxiv.org/abs/" + "9" * 5_000,
    "10.1000/" + "(" * 5_000,
    "tag:" * 2_000,
    "title:" + "a" * 5_000,
    "year:99999 after:0000-00-00 before:2025-99-99",
    "year:0001 OR year:9999",
    "\\alpha" * 1_500,
    '\\"{' * 2_000,
]


@pytest.mark.slow
def test_hostile_questions_are_harmless(archive: Library, small_node: Node) -> None:
    fields = ("q", "tag", "author", "source", "from", "to", "sort")
    asked = [{key: text, "prefix": True} for text in HOSTILE for key in fields]
    for query, answer in zip(asked, small_node.search(asked), strict=True):
        assert "error" not in answer, query
        assert 0 <= answer["total"] <= len(archive.papers)
        assert len(answer["results"]) <= 20
    assert not [answer for answer in small_node.facets(asked[::7]) if "error" in answer]


def test_names_of_objects_are_words_like_others(start_search: Start) -> None:
    words = ("__proto__", "constructor", "toString", "hasOwnProperty", "valueOf")
    odd = [record(f"The {word}", arxiv_id=f"2503.0000{i}", authors=(word,)) for i, word in enumerate(words)]
    node = start_search(
        library(*odd, tag=lambda paper: (Tag("label", paper.title[4:], f"x{paper.key[-1]}"),))
    )
    for i, word in enumerate(words):
        for query in ({"q": word}, {"tag": word}, {"author": word}):
            assert found(node.search([query])[0]) == [f"papers/2503.0000{i}.html"]
    assert [row[1] for row in node.facets([{"from": "2025"}])[0]["tags"]] == [1] * len(words)


def test_papers_of_3000_authors_and_of_none(start_search: Start) -> None:
    crowd = tuple(f"Member{i} Crowd" for i in range(3000))
    node = start_search(
        library(
            record("Large", arxiv_id="2503.00001", authors=(*crowd, "Last Author")),
            record("Small", arxiv_id="2503.00002"),
        )
    )
    asked = [
        "member2999",
        'author:"member99 crowd"',
        'author:"crowd last"',
        'author:"last author"',
        "author:crowd",
    ]
    assert [answer["total"] for answer in node.search([{"q": q} for q in asked])] == [1, 1, 0, 1, 1]
    assert node.search([{"q": "large"}])[0]["results"][0]["others"] == 3000


def test_a_long_text_is_searched_to_its_bound(start_search: Start) -> None:
    abstract = "word " * 300 + "first " + "filler " * 15_000 + "late ending " + "filler " * 10_000 + "beyond"
    node = start_search(library(record("Long", arxiv_id="2503.00001", abstract=abstract)))
    asked = ["first", '"late ending"', '"word first"', "beyond"]
    totals = [answer["total"] for answer in node.search([{"q": q, "exactly": True} for q in asked])]
    assert totals[:2] == [1, 1]
    assert totals[3] == 0


def test_a_file_that_is_missing_is_named_and_asked_for_again(start_search: Start) -> None:
    node = start_search(library(record("A graph", arxiv_id="2503.00001")))
    file = node.site / "search/a/p00.js"
    content = file.read_bytes()
    file.unlink()
    assert "search/a/p00.js" in node.search([{"q": "graph"}])[0]["error"]
    file.write_bytes(b"// nothing in here\n")
    assert "search/a/p00.js" in node.search([{"q": "graph"}])[0]["error"]
    file.write_bytes(content)
    assert node.search([{"q": "graph"}])[0]["total"] == 1


def test_a_site_that_changed_meanwhile_is_asked_anew(start_search: Start) -> None:
    """The manifest of a page that stays open may be older than a file that it leads to."""
    node = start_search(library(record("A graph", arxiv_id="2503.00001")))
    assert node.search([{"q": "the"}])[0]["archive"]["papers"] == 1
    later = start_search(library(*(record(f"A network {i}", arxiv_id=f"2503.0000{i}") for i in range(3))))
    for path in (later.site / "search").rglob("*.js"):
        (node.site / path.relative_to(later.site)).write_bytes(path.read_bytes())
    [answer] = node.search([{"q": "network"}])
    assert (answer["total"], answer["archive"]["papers"]) == (3, 3)
    assert node.facets([{"q": "network"}])[0]["years"] == [["2025", 3]]


def test_a_site_that_changed_meanwhile_is_asked_for_days_anew(start_search: Start) -> None:
    """The files of days say nothing of a part; they must have as many papers as the manifest."""
    old = library(*(record(f"A graph {i}", arxiv_id=f"2503.0000{i}") for i in range(3)))
    node = start_search(old)
    assert node.search([{"q": "graph"}])[0]["total"] == 3
    later = start_search(library(*(record(f"A graph {i}", arxiv_id=f"2503.0000{i}") for i in range(5))))
    _put_in_place(later, node)
    answers = node.search([{"q": "year:2025"}, {"q": "graph", "from": "2025"}, {"q": "graph"}])
    assert [answer["total"] for answer in answers] == [5, 5, 5]


def test_a_file_that_a_new_build_has_taken_away_is_no_failure(start_search: Start) -> None:
    node = start_search(library(record("A graph", arxiv_id="2503.00001")))
    assert node.search([{"q": "graph"}])[0]["total"] == 1
    later = start_search(library(*(record(f"A network {i}", arxiv_id=f"2503.0000{i}") for i in range(3))))
    for path in (node.site / "search").rglob("*.js"):
        path.unlink()
    _put_in_place(later, node, "moved")
    assert node.search([{"q": "network"}])[0]["total"] == 3


def _put_in_place(new: Node, old: Node, part: str = "a") -> None:
    """Have a site hold what another one has in its index, with the first part under another name."""
    for path in (new.site / "search").rglob("*.js"):
        name = path.relative_to(new.site).as_posix().replace("search/a/", f"search/{part}/")
        content = path.read_bytes()
        if path.name == "manifest.js":
            content = content.replace(b'"name":"a"', f'"name":"{part}"'.encode())
        (old.site / name).parent.mkdir(exist_ok=True)
        (old.site / name).write_bytes(content)


def test_a_title_of_many_words_is_searched_to_its_end(start_search: Start) -> None:
    """Words that say nothing take no place, so a title may have more words than places."""
    words = [f"word{chr(97 + i // 26)}{chr(97 + i % 26)}" for i in range(70)]
    node = start_search(library(record(" ".join(["The", *words]), arxiv_id="2503.00001")))
    answers = node.search([{"q": word, "exactly": True} for word in words])
    assert [answer["total"] for answer in answers] == [1] * 70
