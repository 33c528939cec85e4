"""What the search finds: the same in Node, in Chromium over http and from file://, and by brute force in Python."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from generator.model import Paper, Source, Tag
from tests.builders import Library, collect, digest, library, record
from tests.search.conftest import Query
from tests.search.reference import Reference

AskNode = Callable[[Path, Sequence[Query]], list[Any]]

#: A word as a reader may type it, and a title that it must find.
SPELLINGS = [
    ("schrodinger", "The Schrödinger Bridge"),
    ("SCHRÖDINGER", "the schrodinger bridge"),
    ("erdos", "On Erdős Graphs"),
    ("lukasz strasse", "Łukasz, Straße"),
    ("istanbul", "İstanbul at night"),
    ("angstrom", "\u212bngström waves"),
    ("file", "A \ufb01le"),
    ("σοφος", "Ο ΣΟΦΌΣ"),
    ("机器学习", "论机器学习的方法"),
    ("学习", "论机器学习的方法"),
    ("ディープ", "画像のディープラーニング"),
    ("한국", "한국어 모델"),
    ("gpt 4", "Talking to GPT-4"),
    ("gpt-4", "Talking to GPT 4"),
    ('"gpt 4', "Talking to GPT-4o"),
    ("multi‐modal", "Multi-modal models"),
    ("2x2", "２ｘ２ grids"),
    ("constructor", "The constructor and __proto__"),
]

#: Ways to write the id of one paper, and its key.
ARXIV_FORMS = [
    ("2503.10613", "2503.10613"),
    ("arXiv:2503.10613v2", "2503.10613"),
    ("arxiv: 2503.10613", "2503.10613"),
    ("https://arxiv.org/abs/2503.10613", "2503.10613"),
    ("http://www.arxiv.org/pdf/2503.10613v1.pdf", "2503.10613"),
    ("https://arxiv.org/html/2503.10613v1#S1", "2503.10613"),
    ("https://huggingface.co/papers/2503.10613", "2503.10613"),
    ("10.48550/arXiv.2503.10613", "2503.10613"),
    ("https://doi.org/10.48550/arXiv.2503.10613", "2503.10613"),
    ("arXiv:2503.10613v2 [cs.CV]", "2503.10613"),
    ("math.GT/0309136", "math-0309136"),
    ("arXiv:math/0309136v1", "math-0309136"),
    ("https://arxiv.org/abs/math/0309136", "math-0309136"),
    ("10.1000/XYZ.", "10.1000-xyz"),
    ("https://doi.org/10.1000/xyz", "10.1000-xyz"),
    ("https://example.org/some/path/papers/2503.10613.html#top", "2503.10613"),
    ("2503.106", "2503.10613"),
]

HOSTILE = [
    "(a+)+$" * 500,
    "a" * 10_000,
    "x y " * 2_500,
    '"' * 10_000,
    "-" * 10_000,
    "- -- ---",
    '-"',
    ".*[^",
    "\\",
    "\\u0000\0\n\r\u2028",
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    "{{ 7 * 7 }} ${alert(1)}",
    "__proto__ constructor hasOwnProperty",
    "\U0001f389",
    "%00%ff&tag=x#y",
    "\u0301" * 5_000,
    "\ufdfa" * 2_000,
    "https://arxiv.org/abs/" + "9" * 5_000,
]


def found(answer: Any) -> list[str]:
    return [result["address"] for result in answer["results"]]


def random_queries(papers: Sequence[Paper], number: int) -> list[dict[str, Any]]:
    """Words, phrases, beginnings and exclusions from real papers, with real filters."""
    rng = random.Random(20250314)  # noqa: S311 - the same queries each time
    return [_query(rng, rng.choice(papers), rng.choice(papers)) for _ in range(number)]


def _query(rng: random.Random, paper: Paper, other: Paper) -> dict[str, Any]:
    title, text = paper.title.split(), (paper.abstract or paper.title).split()
    begin = rng.randrange(len(text))
    parts = [
        rng.choice(title),
        rng.choice(text),
        rng.choice(text)[: rng.randint(1, 6)],
        f'"{" ".join(text[begin : begin + rng.randint(2, 3)])}"',
        f"-{rng.choice(other.title.split())}",
        rng.choice(paper.authors or ("nobody",)),
        paper.title,
    ]
    names = [tag.name for tag in paper.tags] + [*paper.keywords] + ["no such tag"]
    listing = rng.choice(paper.appearances)
    filters = {
        "tag": rng.choice(names),
        "author": rng.choice([*paper.authors, "nobody"]),
        "source": rng.choice([listing.source.slug, listing.source.name]),
        "from": str(listing.day)[: rng.choice([4, 7, 10])],
        "to": str(listing.day)[: rng.choice([4, 7, 10])],
        "sort": "date",
    }
    query: dict[str, Any] = {key: filters[key] for key in rng.sample([*filters], rng.randint(0, 3))}
    if rng.random() < 0.8 or not query.keys() - {"sort"}:
        query["q"] = " ".join(rng.sample(parts, rng.randint(1, 3)))
    return query | {"limit": 10_000}


@pytest.mark.slow
def test_random_queries_equal_brute_force(archive: Library, site: Path, ask_node: AskNode) -> None:
    queries = random_queries([*archive.papers.values()], 200)
    reference = Reference(archive)
    answers = ask_node(site, queries)
    for query, answer in zip(queries, answers, strict=True):
        assert found(answer) == reference.search(query), query
        assert answer["total"] == len(answer["results"])
    assert sum(1 for answer in answers if answer["total"]) > 100


@pytest.mark.browser
def test_chromium_over_http_and_from_a_disk_answers_as_node_does(
    archive: Library,
    site: Path,
    ask_node: AskNode,
    ask_chromium: Callable[[str, Sequence[Query]], list[Any]],
    serve: Callable[[Path], str],
) -> None:
    queries = [query | {"limit": 20} for query in random_queries([*archive.papers.values()], 100)]
    expected = ask_node(site, queries)
    assert ask_chromium(f"{site.as_uri()}/", queries) == expected
    assert ask_chromium(serve(site), queries) == expected


@pytest.fixture(scope="session")
def spellings(make_site: Callable[..., Path]) -> Path:
    titles = dict.fromkeys(title for _, title in SPELLINGS)
    return make_site(library(*(record(title, doi=f"10.1000/{i}") for i, title in enumerate(titles))))


@pytest.mark.parametrize(("typed", "title"), SPELLINGS)
def test_case_accents_and_scripts_do_not_matter(
    typed: str, title: str, spellings: Path, ask_node: AskNode
) -> None:
    [answer] = ask_node(spellings, [{"q": typed}])
    assert title in [result["title"] for result in answer["results"]]


@pytest.fixture(scope="session")
def identified(make_site: Callable[..., Path]) -> Path:
    papers = library(
        record("It cites arXiv 2503.10613 in its title", arxiv_id="2503.00002"),
        record("CoSTA*", arxiv_id="2503.10613"),
        record("The entropy formula", arxiv_id="math/0309136"),
        record("A journal article", doi="10.1000/xyz"),
        tag=lambda _: (Tag("category", "cs.CV", "cs.cv"),),
    )
    return make_site(papers)


@pytest.mark.parametrize(("typed", "key"), ARXIV_FORMS)
def test_an_identifier_finds_its_paper_first(
    typed: str, key: str, identified: Path, ask_node: AskNode
) -> None:
    [answer] = ask_node(identified, [{"q": typed}])
    if typed != "2503.106":  # half typed, it is a word like others
        assert found(answer)[0] == f"papers/{key}.html"
    assert f"papers/{key}.html" in found(answer)


def test_the_order_of_results(make_site: Callable[..., Path], ask_node: AskNode) -> None:
    papers = collect(
        [
            digest(
                record("In the abstract", arxiv_id="2503.00001", abstract="About diffusion."),
                record("Only a beginning", arxiv_id="2503.00002", abstract="About diffusions."),
                record("By its author", arxiv_id="2503.00003", authors=("Dora Diffusion",)),
                record("By its keyword", arxiv_id="2503.00004", keywords=("latent diffusion",)),
                record("Diffusions begin", arxiv_id="2503.00005"),
                record("On diffusion", arxiv_id="2503.00006"),
                record("Diffusion", arxiv_id="2503.00007"),
            )
        ]
    )
    site = make_site(papers)
    relevance, date, shown = ask_node(
        site,
        [{"q": "diffusion"}, {"q": "diffusion", "sort": "date"}, {"q": "diffusion", "offset": 2, "limit": 2}],
    )
    numbers = [address.removesuffix(".html")[-1] for address in found(relevance)]
    assert "".join(numbers) == "7635412"
    assert found(date) == sorted(found(date))
    assert found(shown) == found(relevance)[2:4]
    assert shown["total"] == 7


def test_phrases_and_exclusions(make_site: Callable[..., Path], ask_node: AskNode) -> None:
    titles = ["chain of thought", "thought of a chain", "chain of thoughts", "a survey of chain of thought"]
    site = make_site(
        library(
            *(
                record(title, doi=f"10.1000/{i}", authors=("Ann Chain", "Of Thought"))
                for i, title in enumerate(titles)
            )
        )
    )
    queries = [
        '"chain of thought"',
        '"chain of thought',
        '"chain of thought" -survey',
        "-survey",
        '-"of thought"',
        "-sur",
    ]
    answers = ask_node(site, [{"q": q} for q in queries])
    numbers = [sorted(int(address.rsplit("-", 1)[1][0]) for address in found(answer)) for answer in answers]
    assert numbers == [[0, 3], [0, 2, 3], [0], [0, 1, 2], [], [0, 1, 2, 3]]


def test_filters_look_at_one_listing_at_a_time(make_site: Callable[..., Path], ask_node: AskNode) -> None:
    other = Source("seminar", "Reading seminar")
    again = record("Twice", arxiv_id="2503.00001", authors=("Wei Li", "Ann Wei-Liang"))
    papers = collect([digest(again), digest(again, day="2025-04-01", source=other)])
    queries: list[dict[str, str]] = [
        {"source": "seminar", "to": "2025-03"},
        {"source": "reading seminar", "from": "2025-04"},
        {"from": "2025-03-15", "to": "2025-03-31"},
        {"author": "li wei"},
        {"author": "li ann"},
        {"from": "yesterday"},
    ]
    answers = ask_node(make_site(papers), queries)
    assert [answer["total"] for answer in answers] == [0, 1, 0, 1, 0, 0]
    assert answers[1]["results"][0]["day"] == "2025-04-01"
    assert answers[1]["results"][0]["sources"] == ["Hugging Face daily papers", "Reading seminar"]


def test_the_author_that_was_asked_for_is_marked(make_site: Callable[..., Path], ask_node: AskNode) -> None:
    names = ("Ann Li", "Bo Wang", "Wei Li", "Wei Liang")
    [answer] = ask_node(
        make_site(library(record(arxiv_id="2503.00001", authors=names))), [{"author": "li wei"}]
    )
    assert answer["results"][0]["marks"]["authors"] == [[], [], [[0, 6]], []]


def test_names_without_letters_are_compared_as_they_are(
    make_site: Callable[..., Path], ask_node: AskNode
) -> None:
    papers = library(
        record("Party", arxiv_id="2503.00001"),
        record("Wake", arxiv_id="2503.00002"),
        tag=lambda paper: (
            (Tag("label", "🎉", "x"),) if paper.title == "Party" else (Tag("label", "++", "y"),)
        ),
    )
    answers = ask_node(make_site(papers), [{"tag": "🎉"}, {"tag": "⚰"}, {"q": "🎉"}])
    assert [answer["total"] for answer in answers] == [1, 0, 0]


def test_the_snippet_shows_where_and_marks_what(make_site: Callable[..., Path], ask_node: AskNode) -> None:
    filler = "Some words that say nothing. " * 30
    abstract = f"{filler}Here the Schrödinger bridge is crossed.\n\n{filler}"
    site = make_site(library(record("A title of bridges", arxiv_id="2503.00001", abstract=abstract)))
    [answer] = ask_node(site, [{"q": "bridge schrodinger"}])
    [result] = answer["results"]
    snippet, marks = result["snippet"], result["marks"]
    assert snippet.startswith("… ")
    assert snippet.endswith(" …")
    assert len(snippet) < 300
    assert [snippet[begin:end] for begin, end in marks["snippet"]] == ["Schrödinger", "bridge"]
    assert [result["title"][begin:end] for begin, end in marks["title"]] == ["bridges"]


def test_nothing_asked_is_nothing_found_and_loads_no_papers(
    site: Path, ask_node: AskNode, tmp_path: Path
) -> None:
    lone = tmp_path / "site"
    for part in ("search/manifest.js", "assets/js/search-engine.js"):
        (lone / part).parent.mkdir(parents=True)
        (lone / part).write_bytes((site / part).read_bytes())
    nothing, blank, asked = ask_node(lone, [{}, {"q": " ", "sort": "date"}, {"q": "model"}])
    assert nothing == blank
    assert nothing["total"] == 0
    assert nothing["archive"]["papers"] > 0
    assert "search/papers-" in asked["error"]


@pytest.mark.parametrize("where", ["node", pytest.param("chromium", marks=pytest.mark.browser)])
def test_hostile_queries_are_harmless(where: str, site: Path, request: pytest.FixtureRequest) -> None:
    queries = [{key: text} for text in HOSTILE for key in ("q", "tag", "author", "source", "from", "sort")]
    place: Any = site if where == "node" else f"{site.as_uri()}/"
    answers = request.getfixturevalue(f"ask_{where}")(place, queries)
    assert all(answer["total"] >= 0 and len(answer["results"]) <= 20 for answer in answers)
