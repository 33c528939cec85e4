"""Listing feeds of arXiv: days, announcements, and feeds that have no papers."""

from __future__ import annotations

from datetime import date

import pytest

from generator.errors import DigestError
from generator.model import Digest
from generator.readers import read_digest
from generator.readers.arxiv_rss_item import described, first_identifier, without_html

RSS = (
    '<rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0">'
    "<channel><title>cs.CL updates on arXiv.org</title>{}</channel></rss>"
)
ATOM = (
    '<feed xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom">'
    "<id>http://rss.arxiv.org/atom/cs.CL</id>{}</feed>"
)
ITEM = "<item><title>A Title</title><guid>oai:arXiv.org:2403.01234v1</guid>{}</item>"
ENTRY = "<entry><title>A Title</title><id>oai:arXiv.org:2403.0123{}v1</id>{}</entry>"
MONDAY = "<pubDate>Mon, 17 Mar 2025 00:00:00 -0400</pubDate>"


def read(inner: str, name: str = "a.xml", feed: str = RSS) -> Digest:
    return read_digest(name, feed.format(inner).encode())


def message(inner: str, feed: str = RSS) -> str:
    with pytest.raises(DigestError) as caught:
        read(inner, feed=feed)
    return str(caught.value)


@pytest.mark.parametrize(
    "inner",
    [
        MONDAY + ITEM.format(""),
        "<pubDate>17 Mar 25 23:59 EST</pubDate>"
        + ITEM.format("<pubDate>Sun, 16 Mar 2025 00:00:00 GMT</pubDate>"),
        "<dc:date>2025-03-17T20:30:00-05:00</dc:date>" + ITEM.format(""),
        ITEM.format(MONDAY) * 2 + ITEM.format(""),
        "<lastBuildDate>Tue, 18 Mar 2025 04:00:02 +0000</lastBuildDate>" + ITEM.format(MONDAY),
    ],
)
def test_the_day_is_that_of_the_announcement(inner: str) -> None:
    digest = read(inner)
    assert (digest.day, digest.since, digest.records[0].published) == (date(2025, 3, 17), None, None)


def test_the_day_of_an_atom_feed() -> None:
    made = "<updated>2025-03-18T04:00:01.337154+00:00</updated>"
    published = "<published>2025-03-17T00:00:00-04:00</published>"
    assert read(made + ENTRY.format(1, published), feed=ATOM).day == date(2025, 3, 17)
    assert read(made + ENTRY.format(1, ""), feed=ATOM).day == date(2025, 3, 18)


def test_a_feed_of_several_days() -> None:
    entries = [ENTRY.format(day, f"<published>2025-03-1{day}T00:00:00-04:00</published>") for day in (8, 7)]
    digest = read("".join(entries), feed=ATOM)
    assert [record.day for record in digest.records] == [date(2025, 3, 18), date(2025, 3, 17)]
    assert (digest.since, digest.day) == (date(2025, 3, 17), date(2025, 3, 18))
    given = read("".join(entries), "2025-03-18.xml", ATOM)
    assert [record.day for record in given.records] == [None, None]
    assert [note.found for note in given.notes] == ["2025-03-17"]


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        (
            ITEM.format(""),
            "a.xml: expected a day, as the pubDate, dc:date or updated of the feed, found none; "
            "give it with --date YYYY-MM-DD or begin the file's name with it",
        ),
        (
            MONDAY,
            "a.xml: expected at least one paper, found an empty feed: arXiv announced nothing on its day, "
            "as on Saturdays and Sundays; remove the file, or get it again if there should be some",
        ),
        (
            "<title/>" + MONDAY,
            "a.xml: expected at least one paper, found an empty feed: arXiv announced nothing on its day, "
            "as on Saturdays and Sundays; remove the file, or get it again if there should be some",
        ),
    ],
)
def test_feeds_that_cannot_be_used(inner: str, expected: str) -> None:
    assert message(inner) == expected


@pytest.mark.parametrize(
    "feed",
    [
        "<rss><channel><title>Feed error for query: https://rss.arxiv.org/rss/{0}</title>"
        "<description>Bad archive '{0}'.</description></channel></rss>",
        "<feed><title>Feed error for query: https://rss.arxiv.org/atom/{0}</title>"
        "<subtitle>Bad archive '{0}'.</subtitle></feed>",
    ],
)
def test_an_error_is_given_in_arxivs_words(feed: str) -> None:
    assert message("nonsense", feed) == (
        "a.xml: expected a listing, found arXiv's error \"Bad archive 'nonsense'.\"; "
        "correct the query and get it again"
    )


@pytest.mark.parametrize(
    ("inner", "announced"),
    [
        ("<arxiv:announce_type>replace-cross</arxiv:announce_type>", "replace-cross"),
        (
            "<description>arXiv:2403.01234v1 Announce Type: cross \nAbstract: An abstract.</description>",
            "cross",
        ),
        (
            "<arxiv:announce_type>new</arxiv:announce_type>"
            "<description>arXiv:2403.01234v1 Announce Type: cross \nAbstract: An abstract.</description>",
            "new",
        ),
        ("", ""),
    ],
)
def test_as_what_a_paper_is_announced(inner: str, announced: str) -> None:
    assert read(MONDAY + ITEM.format(inner)).records[0].announced == announced


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "arXiv:2508.13426v1 Announce Type: cross \nAbstract: As large",
            ("2508.13426v1", "cross", "As large"),
        ),
        ("arXiv:math/0309136v1 Announce Type: new", ("math/0309136v1", "new", "")),
        ("Abstract: As large", ("", "", "As large")),
        (
            "As large as arXiv:2508.13426v1 Announce Type: new",
            ("", "", "As large as arXiv:2508.13426v1 Announce Type: new"),
        ),
    ],
)
def test_descriptions(text: str, expected: tuple[str, str, str]) -> None:
    assert described(text) == expected


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["oai:arXiv.org:2508.13426v1", "https://arxiv.org/abs/2508.13426"], "2508.13426v1"),
        (["x", "https://arxiv.org/abs/2508.13426", "2508.13427v3"], "2508.13426"),
        ([" ", "https://example.org/", "x"], "https://example.org/"),
        ([], ""),
    ],
)
def test_identifiers(texts: list[str], expected: str) -> None:
    assert first_identifier(texts) == expected


@pytest.mark.parametrize(
    "text",
    [
        "the mean $<p>$ of </p> and <a href=x>y</a>",
        "$a<p>b$",
        "<em>x</em> <P ",
        '<a href="https://x.org">this https URL</a>',
    ],
)
def test_only_the_old_form_has_tags(text: str) -> None:
    assert without_html(text) == text


def test_feeds_of_others_are_not_taken() -> None:
    feed = (
        "<rss><channel><title>Papers of the week</title><item><title>A Title</title>{}"
        "<link>https://arxiv.org/abs/2403.01234</link></item></channel></rss>"
    )
    assert "a digest in a format that is known" in message("", feed)
