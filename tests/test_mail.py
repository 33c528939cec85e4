"""The mail edition: what a letter says, and the settings that send it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from email.headerregistry import Address
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from generator.mail import edition as editions
from generator.mail.edition import Edition, Entry, Section, edition_of, html_of, text_of
from generator.mail.ledger import BEGUN, REFUSED, SENT, Ledger
from generator.mail.message import draft, letter
from generator.mail_settings import MailSettings, Server, read_address, read_mail
from generator.pages.layout import Layout
from tests.builders import library, record

WHERE = "mkdocs.yml: extra.broadsheet.mail"
DAY = date(2025, 3, 14)
NOW = datetime(2025, 3, 14, 7, tzinfo=UTC)
HOSTILE = "<script>alert(1)</script>\r\nBcc: all@example.org \u202e**x** & \"q\" 'p' -- é 漢字 {0} %s"


def an_edition(*entries: Entry, **others: str) -> Edition:
    return Edition(
        day=DAY,
        site=others.get("site", "My digests"),
        language="en",
        home="https://example.org/",
        url="https://example.org/digests/2025-03-14.html",
        papers=len(entries),
        sections=(Section("A group", others.get("introduction", ""), entries),),
    )


def body(message: EmailMessage, kind: str) -> str:
    found = message.get_body((kind,))
    assert isinstance(found, EmailMessage)
    return str(found.get_content())


# What it says


def test_has_the_papers_of_the_day_as_its_page_has_them() -> None:
    papers = [
        record(f"Paper {number}", abstract="One. $x^2$ is two.", arxiv_id=f"2503.0000{number}")
        for number in range(3)
    ]
    archive = library(*papers, title="Spring", introduction="Read **this** [first](https://a.b/).").archive
    found = edition_of(archive, Layout("My digests", "https://example.org/"), DAY)
    assert found
    assert (found.papers, found.shown, found.cut) == (3, 3, False)
    text, page = text_of(found), html.fromstring(html_of(found))
    assert [line for line in text.splitlines() if line[:1].isdigit()] == [
        "1. Paper 0",
        "2. Paper 1",
        "3. Paper 2",
    ]
    assert text.count("One. x² is two.") == 3
    assert "Spring\n\nRead **this** [first](https://a.b/)." in text
    assert page.xpath("//h3/a/text()") == ["Paper 0", "Paper 1", "Paper 2"]
    assert page.xpath("//strong/text() | //a[@href='https://a.b/']/text()") == ["this", "first"]
    assert edition_of(archive, Layout("My digests", "https://example.org/"), date(2025, 3, 15)) is None


@pytest.mark.parametrize(
    ("papers", "whole", "all_shown"), [(20, True, True), (120, False, True), (900, False, False)]
)
def test_stays_below_what_gmail_shows(papers: int, whole: bool, all_shown: bool) -> None:
    """Abstracts are cut first, evenly; then the last papers are left to the page."""
    long = "A sentence of an abstract that goes on for a while. " * 30
    records = [
        record(f"Paper number {number} with a title", abstract=long, arxiv_id=f"2503.{number:05}")
        for number in range(papers)
    ]
    found = edition_of(library(*records).archive, Layout("My digests", "https://example.org/"), DAY)
    assert found
    assert (not found.cut, found.shown == papers) == (whole, all_shown)
    assert found.papers == papers
    assert len(html_of(found, "https://example.org/leave?who=" + "x" * 300).encode()) < 102_000
    if not all_shown:
        assert len(html_of(found).encode()) > editions.MOST - 1_000, "as many as fit"
        more = papers - found.shown
        assert f"And {more:,} papers more: {found.url}\n" in text_of(found)
        assert f"{more:,} papers more</a>" in html_of(found)


@given(st.text(), st.text(), st.text())
def test_nothing_of_a_digest_is_more_than_text(title: str, abstract: str, site: str) -> None:
    check_hostile(title, abstract, site)


def test_hostile_text_is_text() -> None:
    check_hostile(HOSTILE, HOSTILE, HOSTILE)


def check_hostile(title: str, abstract: str, site: str) -> None:
    title, abstract, site = (f"{value}{HOSTILE}" for value in (title, abstract, site))
    clean = " ".join("".join(c if c.isprintable() else " " for c in site).split())
    made = an_edition(Entry(title, "https://example.org/p.html", title, title, abstract), site=clean)
    data = letter(made, MailSettings(), Address("", "ada", "example.org"), secret="", now=NOW).as_bytes()
    message = message_from_bytes(data, policy=policy.default)
    assert isinstance(message, EmailMessage)
    assert message["Bcc"] is None
    assert [one.get_content_type() for one in message.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]
    assert max(map(len, data.split(b"\r\n"))) <= 998
    page = body(message, "html")
    assert "<script" not in page.lower()
    assert not html.fromstring(page).xpath("//*[starts-with(name(@*), 'on')]")


def test_an_introduction_is_made_safe() -> None:
    made = an_edition(
        introduction="<img src=x onerror=alert(1)> [a](javascript:alert(1)) [b](https://b.example/)"
    )
    page = html.fromstring(html_of(made))
    assert not page.xpath("//img")
    assert page.xpath("//a/@href")[2:3] == ["https://b.example/"]
    assert not [href for href in page.xpath("//a/@href") if not href.startswith("https://")]


def test_text_is_wrapped_but_for_addresses() -> None:
    url = f"https://example.org/papers/{'long-' * 30}.html"
    made = an_edition(Entry("A title " * 20, url, "Somebody", "", "Many words " * 60))
    lines = text_of(made).splitlines()
    assert f"   {url}" in lines
    assert all(len(line) <= 72 or line.strip() == url for line in lines)


def test_the_same_edition_gives_the_same_draft() -> None:
    made = an_edition(Entry("T", "https://example.org/p.html", "", "", "A"))
    assert draft(made, MailSettings()).as_bytes() == draft(made, MailSettings()).as_bytes()


def test_a_letter_has_one_name_for_a_day_and_a_recipient() -> None:
    made = an_edition(Entry("T", "https://example.org/p.html", "", "", "A"))
    names = {
        letter(made, MailSettings(), Address("", name, "example.org"), secret="", now=NOW)["Message-ID"]
        for name in ("ada", "Ada", "bob")
    }
    assert len(names) == 2


# Settings


def test_all_settings() -> None:
    given = {
        "from": '"Digests, daily" <digests@Bücher.example>',
        "reply_to": "editors@example.org",
        "recipients": "list.txt",
        "unsubscribe": "https://example.org/{token}?a={address}",
        "unsubscribe_mail": "leave@example.org",
        "subscribe": "https://example.org/join",
        "smtp": {"host": "smtp.example.org", "port": "2525", "user": "me"},
    }
    found, problems = read_mail(given, WHERE)
    assert not problems
    assert found == MailSettings(
        sender=Address("Digests, daily", "digests", "xn--bcher-kva.example"),
        reply_to=Address("", "editors", "example.org"),
        recipients="list.txt",
        unsubscribe="https://example.org/{token}?a={address}",
        unsubscribe_mail="leave@example.org",
        subscribe="https://example.org/join",
        server=Server("smtp.example.org", 2525, "starttls", "me"),
    )
    assert read_mail(None, WHERE) == (MailSettings(), [])
    assert read_mail({"smtp": {"host": "h", "security": "tls"}}, WHERE)[0].server == Server("h", 465, "tls")


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("x", f'{WHERE}: expected a mapping, found "x"; write settings below it'),
        ({"form": "a"}, f"{WHERE}.form: expected one of from, reply_to, recipients, unsubscribe, unsubscribe_mail, "
         'subscribe, smtp, found "form"; correct or remove it'),
        ({"from": 5}, f'{WHERE}.from: expected a text, found "5"; correct it'),
        ({"from": "a@b\nBcc: c@d"}, f"{WHERE}.from: expected an address such as Name <name@example.org>, "
         'found "a@b Bcc: c@d"; correct it'),
        ({"unsubscribe_mail": "A <a@example.org>"}, f"{WHERE}.unsubscribe_mail: expected an address such as "
         'leave@example.org, found "A <a@example.org>"; correct it'),
        ({"unsubscribe": "http://example.org/{address}"}, f"{WHERE}.unsubscribe: expected an https address with "
         '{address} or {token} in it, found "http://example.org/{address}"; correct it'),
        ({"unsubscribe": "https://example.org/"}, f"{WHERE}.unsubscribe: "),
        ({"unsubscribe": "https://example.org/{name}"}, f"{WHERE}.unsubscribe: "),
        ({"unsubscribe": "https://example.org/{address!r}"}, f"{WHERE}.unsubscribe: "),
        ({"unsubscribe": "https://example.org/{address"}, f"{WHERE}.unsubscribe: "),
        ({"unsubscribe": f"https://example.org/{'a' * 400}?{{address}}"}, f"{WHERE}.unsubscribe: "),
        ({"subscribe": "javascript:x"}, f'{WHERE}.subscribe: expected a web address, found "javascript:x"; correct it'),
        ({"smtp": "smtp.example.org"}, f"{WHERE}.smtp: expected a mapping with a host, found "
         '"smtp.example.org"; write host: smtp.example.org below it'),
        ({"smtp": {}}, f'{WHERE}.smtp.host: expected the name of a server, found ""; write host: smtp.example.org'),
        ({"smtp": {"host": "h", "security": "ssl"}}, f"{WHERE}.smtp.security: expected one of starttls, tls, none, "
         'found "ssl"; correct it'),
        ({"smtp": {"host": "h", "port": 0}}, f'{WHERE}.smtp.port: expected a number from 1 to 65,535, found "0"; '
         "correct it"),
        ({"smtp": {"host": "h", "user": 5}}, f'{WHERE}.smtp.user: expected a name, found "5"; put it into quotes'),
        ({"smtp": {"host": "h", "password": "hunter2"}}, f"{WHERE}.smtp.password: expected no password in a file, "
         "found one; remove it, and set BROADSHEET_SMTP_PASSWORD in the environment"),
        ({"smtp": {"host": "h.example", "security": "none", "user": "me"}}, f"{WHERE}.smtp.security: expected "
         'starttls or tls, found a user at "h.example", who would show the password to the network; correct it'),
    ],
)  # fmt: skip
def test_wrong_settings(given: object, message: str) -> None:
    _, problems = read_mail(given, WHERE)
    assert str(problems[0]).startswith(message)
    assert "hunter2" not in str(problems)


@given(st.text())
def test_an_address_is_one_address(text: str) -> None:
    for value in (text, f"{text}@example.org", f"{text} <a@example.org>", f"a@{text}"):
        if found := read_address(value):
            assert found.addr_spec.isascii()
            assert found.addr_spec.count("@") == 1
            assert not set(found.addr_spec) & set(' <>,;:"\\\r\n')
            assert read_address(str(found)) == found or not found.display_name.isascii() or '"' in str(found)


# The record


@pytest.mark.parametrize(
    ("states", "state"),
    [((BEGUN, SENT), SENT), ((BEGUN,), BEGUN), ((BEGUN, REFUSED), REFUSED), ((BEGUN, REFUSED, BEGUN), BEGUN),
     ((BEGUN, SENT, BEGUN, REFUSED), SENT)],
)  # fmt: skip
def test_what_the_record_says(states: tuple[str, ...], state: str, tmp_path: Path) -> None:
    """Two histories of a repository may be put together: then a letter that was sent counts as sent."""
    ada = Address("", "ada", "example.org")
    book = Ledger(tmp_path / "mail-sent.txt", DAY)
    for one in states:
        book.write(ada, one)
    again = Ledger(tmp_path / "mail-sent.txt", DAY)
    assert again.state(Address("A", "ADA", "example.org")) == state
    assert again.state(Address("", "bob", "example.org")) == ""
    assert Ledger(tmp_path / "mail-sent.txt", date(2025, 3, 15)).state(ada) == ""
