"""Lists of papers in HTML: what is a paper, what its lines say, and how broken the HTML may be."""

from __future__ import annotations

from datetime import date
from time import process_time

import pytest

from generator.errors import DigestError
from generator.model import Digest, Record
from generator.readers import read_digest
from generator.readers.paper_address import read_address

DAY = date(2025, 3, 14)
ONE = '<a href="https://arxiv.org/abs/2503.10613">'
OTHER = '<a href="https://arxiv.org/abs/2503.10622">'


def read(body: str, day: date | None = DAY) -> Digest:
    return read_digest("digests/a.html", f"<html><body>{body}</body></html>".encode(), day=day)


def record(body: str) -> Record:
    (found,) = read(body).records
    return found


@pytest.mark.parametrize(
    "body",
    [
        f"<ul><li>{ONE}A Title</a><li>{OTHER}Another Title</a></ul>",
        f"<ul><li><b>A Title</b> {ONE}pdf</a></li><li><b>Another Title</b> {OTHER}pdf</a></li></ul>",
        f"<h2>A Title</h2><p>{ONE}[PDF]</a></p><h2>Another Title</h2><p>{OTHER}[PDF]</a></p>",
        f"<h2>All of them</h2><p>{ONE}A Title</a><p>{OTHER}Another Title</a>",
        f"<table><tr><td>A Title<td>{ONE}arXiv</a><tr><td>Another Title<td>{OTHER}arXiv</a></table>",
        f"<table><tr><td>A Title<tr><td>{ONE}PDF</a></table><table><tr><td>Another Title<tr><td>{OTHER}PDF</a></table>",
        f"<dl><dt>{ONE}arXiv</a><dd>Title: A Title<dt>{OTHER}arXiv</a><dd>Title: Another Title</dl>",
        f"<div><div><h3>A Title</h3></div>{ONE}abs</a></div><div><div><h3>Another Title</h3></div>{OTHER}abs</a></div>",
        f"<h3>Titel</h3><p>Title: A Title<p>{ONE}pdf</a><h3>Ein anderer</h3><p>Title: Another Title<p>{OTHER}pdf</a>",
        f"<table><tr><th>Name<th>Title<th>Link<tr><td>CoSTA<td>A Title<td>{ONE}link</a>"
        f"<tr><td>DyT<td>Another Title<td>{OTHER}link</a></table>",
    ],
)
def test_what_a_paper_is(body: str) -> None:
    digest = read(body)
    assert [(item.title, item.arxiv_id) for item in digest.records] == [
        ("A Title", "2503.10613"),
        ("Another Title", "2503.10622"),
    ]
    assert digest.refusals == ()


def test_a_link_in_a_text_lists_nothing() -> None:
    digest = read(f"<p>We liked {ONE}one that we read</a>.</p><ul><li>{OTHER}A Title</a></li></ul>")
    assert [item.title for item in digest.records] == ["A Title"]
    assert [str(note) for note in digest.notes] == [
        "digests/a.html: expected links to papers that are listed, found 1 other link, the first to "
        '"arxiv.org"; they are passed over; give a paper a heading, a list item or a row of its own'
    ]


def test_a_link_in_an_abstract_is_of_another_paper() -> None:
    found = record(
        f"<h2>{ONE}A Title</a></h2><p>It builds on {OTHER}another one that is good</a>, mostly.</p>"
    )
    assert (found.title, found.arxiv_id) == ("A Title", "2503.10613")
    assert found.abstract == "It builds on another one that is good, mostly."


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("Ada Lovelace, Charles Babbage", {"authors": ("Ada Lovelace", "Charles Babbage")}),
        ("Authors: Ada Lovelace and J. P. Morgan, Jr.", {"authors": ("Ada Lovelace", "J. P. Morgan, Jr.")}),
        ("作者：王伟、李娜", {"authors": ("王伟", "李娜")}),
        ("A Lovelace, C Babbage… - Nature, 2025",
         {"authors": ("A Lovelace", "C Babbage"), "venue": "Nature", "published": (2025, 0, 0)}),
        ("J. P. Morgan, A. Lovelace. Proceedings of All, 38:1-9, 2024.",
         {"authors": ("J. P. Morgan", "A. Lovelace"), "venue": "Proceedings of All, 38:1-9"}),
        ("TLDR: Short.<br>Abstract: Long.", {"summary": "Short.", "abstract": "Long."}),
        ("Date: Jan 5, 2024", {"published": (2024, 1, 5)}),
        ("Date: Unknown", {"published": None}),
        ("Subjects: Computation and Language (cs.CL); Robotics (cs.RO)", {"categories": ("cs.CL", "cs.RO")}),
        ("Vision, Language and Action. We plan.", {"authors": (), "abstract": "Vision, Language and Action. We plan."}),
        ("Ada Lovelace<br><i>University of One</i>", {"authors": ("Ada Lovelace",), "abstract": ""}),
    ],
)  # fmt: skip
def test_what_a_line_says(lines: str, expected: dict[str, object]) -> None:
    found = record(f"<ul><li>{ONE}A Title</a><br>{lines}</ul>")
    assert {name: getattr(found, name) for name in expected} == expected


def test_links_keep_what_they_are() -> None:
    found = record(
        f'<ul><li>{ONE}A Title</a> [<a href="https://github.com/a/b/tree/main">Code</a>]'
        '[<a href="https://example.org/s">Slides</a>][<a href="https://x.com/intent/post">Tweet</a>]'
        '<a href="javascript:alert(1)">PDF</a></ul>'
    )
    assert [(link.label, link.url) for link in found.links] == [
        ("arXiv", "https://arxiv.org/abs/2503.10613"),
        ("PDF", "https://arxiv.org/pdf/2503.10613"),
        ("Code", "https://github.com/a/b"),
        ("Slides", "https://example.org/s"),
    ]


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("When $k<n$ and $<a,b>$: R&D", "When $k<n$ and $<a,b>$: R&D"),
        ("Of <i>E. coli</i> &amp; <b>more</b>", "Of E. coli & more"),
        ("AT&T &lt;b&gt; &amp;lt;", "AT&T <b> &lt;"),
        ("12. [PDF] Attention (5 minute read)", "Attention"),
        ("3D Vision", "3D Vision"),
        ('[2503.10613] Na\\"ive Bayes', "Naïve Bayes"),
        ("<!-- no --><script>no</script>Yes, it is", "Yes, it is"),
    ],
)
def test_titles(written: str, title: str) -> None:
    assert record(f"<ul><li>{ONE}{written}</a></ul>").title == title


@pytest.mark.parametrize(
    ("body", "days"),
    [
        (f"<title>Papers, 14 March 2025</title><h2>{ONE}A Title</a></h2>", ["2025-03-14"]),
        (f"<h1>论文日报 2025年3月14日</h1><h2>{ONE}A Title</a></h2>", ["2025-03-14"]),
        (
            f"<h2>2025-03-13</h2><ul><li>{ONE}A Title</a></ul><h2>2025-03-14</h2><ul><li>{OTHER}B Title</a></ul>",
            ["2025-03-13", "2025-03-14"],
        ),
    ],
)
def test_days(body: str, days: list[str]) -> None:
    digest = read(body, None)
    assert sorted({str(item.day or digest.day) for item in digest.records}) == days


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (
            f"<title>March 10 - March 16, 2025</title><h2>{ONE}A Title</a></h2>",
            "digests/a.html: expected a whole day in the title or in a heading above the papers, found none; "
            "give it with --date YYYY-MM-DD or begin the file's name with it",
        ),
        (
            "<p>Nothing for <a href='https://arxiv.org/abs/2503.10613'>anybody who reads it</a> now</p>",
            "digests/a.html: expected headings, list items or table rows with a link to a paper, found none; "
            "save the whole page, or add the links",
        ),
    ],
)
def test_pages_that_cannot_be_used(body: str, message: str) -> None:
    with pytest.raises(DigestError) as caught:
        read(body, None)
    assert str(caught.value) == message


def test_a_paper_without_a_title_or_with_a_wrong_identifier_is_refused() -> None:
    digest = read(
        f'<ul><li>{ONE}arXiv</a><li><a href="https://arxiv.org/abs/2599.1">A Title</a><li>{OTHER}B Title</a></ul>'
    )
    assert [item.title for item in digest.records] == ["B Title"]
    assert [(refusal.title, str(refusal.problem)) for refusal in digest.refusals] == [
        (
            "",
            'digests/a.html:1: expected a title, found none for "https://arxiv.org/abs/2503.10613"; '
            "write it as the text of the link or as a heading above it",
        ),
        (
            "A Title",
            'digests/a.html:1: expected an arXiv id like 2403.01234, found "https://arxiv.org/abs/2599.1"; '
            "correct the address or remove it",
        ),
    ]


def test_the_page_says_its_encoding() -> None:
    page = '<html><head><meta charset="gb2312"></head><ul><li><a href="https://arxiv.org/abs/2503.10613">论文题目很长的</a></ul>'
    digest = read_digest("a.html", page.encode("gb2312"), day=DAY)
    assert [item.title for item in digest.records] == ["论文题目很长的"]
    assert digest.notes == ()


@pytest.mark.parametrize(
    ("written", "arxiv", "doi", "url"),
    [
        ("https://arxiv.org/pdf/2503.10613v2.pdf", "2503.10613", None, "https://arxiv.org/pdf/2503.10613v2.pdf"),
        ("/abs/2503.10613", "2503.10613", None, "https://arxiv.org/abs/2503.10613"),
        (
            "https://t.example.org/CL0/https:%2F%2Farxiv.org%2Fabs%2F2503.10613%3Futm_source=x/1/a",
            "2503.10613",
            None,
            "https://arxiv.org/abs/2503.10613",
        ),
        (
            "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fscholar.google.com%2Fscholar_url"
            "%3Furl%3Dhttps%3A%2F%2Fexample.org%2Fa%26hl%3Den&data=1",
            None,
            None,
            "https://example.org/a",
        ),
        ("https://urldefense.com/v3/__https:/arxiv.org/abs/2503.10613__;!!a", "2503.10613", None,
         "https://arxiv.org/abs/2503.10613"),
        ("https://www.biorxiv.org/content/10.1101/2024.01.01.573820v2.full.pdf", None, "10.1101/2024.01.01.573820",
         "https://www.biorxiv.org/content/10.1101/2024.01.01.573820v2.full.pdf"),
        ("https://dl.acm.org/doi/pdf/10.1145/3292500.3330701?casa_token=a", None, "10.1145/3292500.3330701",
         "https://dl.acm.org/doi/pdf/10.1145/3292500.3330701"),
    ],
)  # fmt: skip
def test_addresses_of_papers(written: str, arxiv: str | None, doi: str | None, url: str) -> None:
    address = read_address(written)
    assert address is not None
    assert address.paper
    assert (address.arxiv.id if address.arxiv else None, address.doi, address.url) == (arxiv, doi, url)


@pytest.mark.parametrize(
    "written",
    ["https://arxiv.org/list/cs.CL/new", "https://huggingface.co/papers", "https://openreview.net/group?id=x",
     "https://example.org/about", "https://notarxiv.org/abs/2503.10613"],
)  # fmt: skip
def test_addresses_of_others(written: str) -> None:
    address = read_address(written)
    assert address is not None
    assert not address.paper


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 60_000,
        "<ul><li>" * 40_000,
        "<b><p>" * 30_000,
        "<div>" * 99 + "<td>" * 60_000,
        "<" * 300_000,
        "<!--" * 80_000,
        '<a b="' * 60_000,
        f"<ul><li>{ONE}A Title</a><br>" + "a - b " * 30_000,
        f"<ul><li>{ONE}A Title</a><br>x" + " |" * 60_000,
        f"<p>y {ONE}pdf</a>" * 4_000,
    ],
)
def test_hostile_html_takes_no_longer_than_its_length(body: str) -> None:
    start = process_time()
    digest = read(f"<ul><li>{OTHER}A Title</a></li></ul>{body}")
    assert digest.seen >= 1
    assert process_time() - start < 5
