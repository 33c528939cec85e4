"""The pasted page: all of its papers, exactly, and other pages of its kind."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.readers import read_digest

DIGESTS = Path(__file__).parents[2] / "digests"
SEED = DIGESTS / "2025-03-14-huggingface.txt"
HEADER = "new\n\nGet trending papers in your email inbox!\n\nSubscribe\n\nbyAK and the research community\n\nMar 14\n\n"


def read(text: str) -> list[tuple[str, str]]:
    digest = read_digest("digests/2025-03-14-huggingface.txt", text.encode())
    assert digest.refusals == ()
    return [(record.title, record.abstract) for record in digest.records]


def test_all_54_papers_exactly(read_fixture: Callable[[str], bytes]) -> None:
    expected = json.loads(read_fixture("huggingface-page-54.json"))
    digest = read_digest("digests/2025-03-14-huggingface.txt", SEED.read_bytes())
    assert len(digest.records) == len(expected) == 54
    assert (digest.refusals, digest.notes) == ((), ())
    for record, paper in zip(digest.records, expected, strict=True):
        assert record.title == paper["title"]
        assert hashlib.sha256(record.abstract.encode()).hexdigest() == paper["abstract_sha256"], record.title
        assert [link.url for link in record.links] == [paper[key] for key in paper if key == "code"]


def test_places_are_the_lines_of_the_titles() -> None:
    lines = SEED.read_text(encoding="utf-8").split("\n")
    digest = read_digest("digests/2025-03-14-huggingface.txt", SEED.read_bytes())
    for record in digest.records:
        assert lines[int(record.where.removeprefix("line ")) - 1] == record.title


def test_the_papers_alone_from_the_line_of_the_day_on() -> None:
    text = SEED.read_text(encoding="utf-8")
    assert read(text[text.index("Mar 14") :]) == read(text)


def real_papers() -> list[tuple[str, str]]:
    papers: dict[str, str] = {}
    for path in sorted(DIGESTS.glob("*.json")):
        for record in read_digest(f"digests/{path.name}", path.read_bytes()).records:
            papers[record.title] = record.abstract
    return list(papers.items())


@pytest.mark.parametrize("between", ["\n\n", "\n\n\n \n", "\n", " \r\n\r\n"])
def test_every_real_paper_on_a_page_comes_back(between: str) -> None:
    papers = real_papers()
    assert len(papers) > 200
    blocks = (block for title, abstract in papers for block in (title, *abstract.split("\n\n")))
    assert read(HEADER + between.join(blocks)) == papers


def test_real_papers_without_abstracts_are_titles() -> None:
    titles = [title for title, _ in real_papers()]
    digest = read_digest("digests/2025-03-14.txt", (HEADER + "\n\n".join(titles)).encode())
    assert [record.title for record in digest.records] == titles
    assert len(digest.notes) == len(titles)


@pytest.mark.parametrize(
    "furniture", ["", "Daily Papers\n\n", "Hugging Face\n\nModels\n\nDatasets\n\n", "Mar 1\n\n"]
)
def test_other_headers(furniture: str) -> None:
    paper = ("A Title", "An abstract of two sentences. This is the other one.")
    text = furniture + HEADER.replace("byAK", "by\n\nAK\n\n") + "\n\n".join(paper)
    assert read(text) == [paper]
    assert read(
        furniture + "Get trending papers in your email inbox!\n\nMar 14\n\n" + "\n\n".join(paper)
    ) == [paper]


def test_a_lost_day_takes_no_title_for_the_day() -> None:
    text = HEADER.replace("Mar 14\n\n", "") + "Marching On: A Title\n\nAn abstract. It is one. It is short."
    assert read(text) == [("Marching On: A Title", "An abstract. It is one. It is short.")]


def test_wrapped_paragraphs_are_joined() -> None:
    text = HEADER + "A Title That Is\nWrapped\n\nAn abstract. It goes on\nand on. It ends here."
    assert read(text) == [("A Title That Is Wrapped", "An abstract. It goes on and on. It ends here.")]
