"""Any Markdown that lists papers: what an item says, what is passed over, and the day."""

from __future__ import annotations

from datetime import date

import pytest

from generator.errors import DigestError
from generator.model import Digest, Record
from generator.readers import markdown_list, read_digest
from generator.readers.list_links import is_label, is_paper
from generator.readers.raw import RawDigest

DAY = date(2025, 3, 14)
PAPER = "https://arxiv.org/abs/2403.01234"


def read(text: str, day: date | None = DAY) -> Digest:
    return read_digest("a.md", text.encode(), day=day)


def one(item: str) -> Record:
    (record,) = read(item).records
    return record


@pytest.mark.parametrize(
    ("item", "title"),
    [
        ("- [A Title]({})", "A Title"),
        ("* **[A Title]({})** text", "A Title"),
        ("1. [**A Title**]({})", "A Title"),
        ("- [x] [A Title]({})", "A Title"),
        ("- 📄 [A Title]({}) 🔥", "A Title"),
        ("- **A Title** [[paper]({})]", "A Title"),
        ("- **Name** [A Much Longer Title]({})", "A Much Longer Title"),
        ("- Paper: [A Title]({})", "A Title"),
        ("- [[paper]({})] A Title", "A Title"),
        ("- A Title. [paper]({})", "A Title"),
        ("- A Title: With a Part [[PDF]]({})", "A Title: With a Part"),
        ("- “A Title of It”, 2024, [pdf]({})", "A Title of It"),
        ("- A Title <{}>", "A Title"),
        ("- A Title {}", "A Title"),
        ('- <a href="{}">A Title</a>', "A Title"),
        ("- [A [De|Re] Title]({})", "A [De|Re] Title"),
        ("- [A Title]({} 'of a pointer')", "A Title"),
        ("- A Title\n  - [paper]({})", "A Title"),
        ("- A Title\n  continued [paper]({})", "A Title continued"),
        ("**A Title of It.**<br>\n*Ada Lovelace*<br>\narXiv 2024. [[PDF]({})]", "A Title of It"),
        ("- A Title of It[[ICML 2024]({})]", "A Title of It"),
        ("- A Title of It \\[[pdf]({})\\]", "A Title of It"),
        ("- **A Title** \\\n*Ada Lovelace, C. Babbage* \\\nACL 2024. [[Paper]({})] \\\nJun 15", "A Title"),
        ("- [P(A|B) &amp; $x_1$ and $y_1$]({})", "P(A|B) & $x_1$ and $y_1$"),
    ],
)
def test_titles_of_items(item: str, title: str) -> None:
    record = one(item.format(PAPER))
    assert (record.title, record.arxiv_id) == (title, "2403.01234")


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (
            "- A Title. Ada Lovelace, C. Babbage. ICML 2024. [pdf]({})",
            (("Ada Lovelace", "C. Babbage"), "ICML 2024", ""),
        ),
        ("- [A Title]({}), Ada Lovelace et al., NeurIPS'23", (("Ada Lovelace",), "NeurIPS'23", "")),
        ("- Lovelace et al. (2024). [A Title]({})", (("Lovelace",), "", "")),
        ("- [A Title]({}) - a text. Of two sentences.", ((), "", "a text. Of two sentences.")),
        ("- [A Title]({}) (ACL 2024) - text", ((), "ACL 2024", "text")),
        ("- [A Title]({})<br>Ada Lovelace, Charles Babbage", (("Ada Lovelace", "Charles Babbage"), "", "")),
        (
            "- **A Title**  \n  Ada Lovelace, C. Babbage*  \n  KDD'24 [pdf]({})",
            (("Ada Lovelace", "C. Babbage"), "KDD'24", ""),
        ),
        (
            "1. **A Title** `ICLR 2024`\n\n   *A. Lovelace, C. Babbage* [pdf]({})",
            (("A. Lovelace", "C. Babbage"), "ICLR 2024", ""),
        ),
        # What might be a title or a text is no list of names.
        ("- [A Title]({}) Agents, Tools and Science", ((), "", "Agents, Tools and Science")),
        (
            "- [A Title]({})\n  - a note\n  - Venue: KDD\n  - Authors: nm-w, q7",
            (("nm-w", "q7"), "KDD", "a note"),
        ),
    ],
)
def test_what_follows_a_title(item: str, expected: tuple[tuple[str, ...], str, str]) -> None:
    record = one(item.format(PAPER))
    assert (record.title, record.authors, record.venue, record.summary) == ("A Title", *expected)


def test_a_paper_in_the_middle_of_a_text_makes_no_record() -> None:
    digest = read(
        f"- [A Title]({PAPER})\n- [Tool](https://github.com/a/b) - made after [Another Title]({PAPER}1)\n"
        f"- A trend that began with the much cited [Third]({PAPER}2)\n\nText with [a fourth]({PAPER}3).\n"
    )
    assert [record.title for record in digest.records] == ["A Title"]
    assert [str(note) for note in digest.notes] == [
        "a.md: expected items and rows that name a paper, found others, such as tools or a table of contents: 2; "
        "they are not read",
        "a.md: expected papers in lists, in tables or below headings of their own, found paragraphs that link to "
        "one: 1; they are not read",
    ]


def test_an_item_of_a_paper_without_a_title_is_refused() -> None:
    digest = read(f"- [paper]({PAPER})\n- {'a text ' * 50}[pdf]({PAPER})\n")
    assert [str(refusal.problem) for refusal in digest.refusals] == [
        "a.md:1: expected the title of a paper, found none; write it or remove the entry",
        f'a.md:2: expected the title of a paper, found 349 characters: "{("a text " * 50)[:79]}…"; '
        "put the title between ** and **",
    ]


@pytest.mark.parametrize(
    ("row", "title"),
    [
        (r"| P(A\|B) | 2024 | x |", "P(A|B)"),
        ("| $P(A|B)$ | 2024 | x |", "$P(A|B)$"),
        ("| `A|B` it is | 2024 | x |", "`A|B` it is".replace("`", "")),
        ("| A Title", "A Title"),
        ("A Title | 2024 | [pdf](https://example.org/a.pdf)", "A Title"),
    ],
)
def test_rows(row: str, title: str) -> None:
    pipes = row.startswith("|")
    table = "| Title | Year | Abstract |\n|---|---|---|\n" if pipes else "Title | Year | PDF\n---|---|---\n"
    assert one(f"{table}{row}").title == title


def test_the_day_in_the_first_heading() -> None:
    assert read(f"# Papers of March 17th, 2025\n\n- [A Title]({PAPER})", day=None).day == date(2025, 3, 17)
    digest = read(f"# Papers of 2025-03-17\n\n- [A Title]({PAPER})")
    assert [str(note) for note in digest.notes] == [
        "a.md: expected the day 2025-03-14, given by the file's name or --date, found 2025-03-17; "
        "rename the file if the list is right"
    ]


def test_a_list_of_several_days() -> None:
    text = f"# List\n\n## 2025-03-18\n- [B]({PAPER}1)\n\n### Agents\n- [C]({PAPER}2)\n\n## 2025-03-17\n- [A]({PAPER})\n"
    digest = read(text, day=None)
    assert [(record.title, str(record.day)) for record in digest.records] == [
        ("B", "2025-03-18"),
        ("C", "2025-03-18"),
        ("A", "2025-03-17"),
    ]
    assert (digest.since, digest.day) == (date(2025, 3, 17), date(2025, 3, 18))


@pytest.mark.parametrize("head", ["# List", "# From 2025-03-10 to 2025-03-16", "# List of 01/02/2025"])
def test_a_day_is_not_guessed(head: str) -> None:
    with pytest.raises(DigestError, match="expected a day YYYY-MM-DD in the first heading"):
        read(f"{head}\n\n- [A Title]({PAPER})", day=None)


@pytest.mark.parametrize(
    ("head", "slug"),
    [
        ("# Awesome Agents ![x](y)", "awesome-agents"),
        ("# 🔥 [Agents](https://example.org) 2025-03-14", "agents"),
        ("# README", "reading-list"),
        ("# Agents\n\n# Tools", "reading-list"),
        ("## Agents", "reading-list"),
    ],
)
def test_the_source_is_what_the_heading_names(head: str, slug: str) -> None:
    assert read(f"{head}\n\n- [A Title]({PAPER})").source.slug == slug


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        f'{{"a": "- [A]({PAPER})"}}',
        f"<!DOCTYPE html>\n- [A]({PAPER})",
        f"@misc{{a,\n- [A]({PAPER})}}",
        "# Heading\n\n- [a tool](https://example.org)\n",
        f"Only text with {PAPER}.",
        "| Tool | Where |\n|---|---|\n| a | b |\n",
        "---\ntitle: x\n---\n",
    ],
)
def test_what_is_no_list_of_papers(text: str) -> None:
    assert not markdown_list.accepts(RawDigest(path="a", text=text))


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://arxiv.org/pdf/2403.01234v2.pdf", True),
        ("https://doi.org/10.1000/xyz", True),
        ("https://openreview.net/forum?id=x", True),
        ("https://example.org/a.PDF", True),
        ("https://proceedings.neurips.cc/paper/2020/hash/x.html", True),
        ("https://arxiv.org/list/cs.CL/new", False),
        ("https://evil.org/arxiv.org/abs/2403.01234", False),
        ("https://notarxiv.org/abs/2403.01234", False),
        ("https://github.com/a/b", False),
        ("javascript:alert(1)//.pdf", False),
        ("http://[", False),
    ],
)
def test_addresses_of_papers(url: str, expected: bool) -> None:
    assert is_paper(url) is expected


@pytest.mark.parametrize(
    "label", ["paper", "[PDF]", "Official Code", "arXiv:2403.01234", "", "🔗", "Project Page", "论文"]
)
def test_labels_that_are_no_titles(label: str) -> None:
    assert is_label(label)


def test_endless_lines_take_no_time() -> None:
    for text in (
        "A. " * 30_000,
        '"a ' * 30_000,
        "[" * 90_000,
        "a, " * 30_000,
        " , " * 30_000,
        "**a " * 20_000,
    ):
        read(
            f"- [A Title]({PAPER})\n- {text}[pdf]({PAPER})\n\n| Title | Authors |\n|--|--|\n| A | {text} |\n"
        )
