"""Lists of papers that came by mail."""

from __future__ import annotations

from datetime import date
from email.message import EmailMessage
from time import process_time

import pytest

from generator.errors import DigestError
from generator.readers import read_digest
from tests.conftest import FIXTURES

BIBTEX = "@article{a,\n  title = {On Mails},\n  author = {Ada Lovelace},\n  year = 2025\n}\n"
MARKDOWN = "# A list\n\n- [On Lists That Are Long Enough](https://arxiv.org/abs/2503.10613)\n"


def mail(text: str = "", subtype: str = "plain", **headers: str) -> EmailMessage:
    """A message of 14 March 2025."""
    message = EmailMessage()
    message["From"] = "Ada's list <list@example.org>"
    message["Date"] = "Fri, 14 Mar 2025 23:30:00 -0500"
    message["Subject"] = "Papers"
    for name, value in headers.items():
        message[name] = value
    message.set_content(text, subtype=subtype, charset="utf-8")
    return message


@pytest.mark.parametrize(
    ("text", "subtype", "format_name", "title"),
    [
        (BIBTEX, "plain", "bibtex", "On Mails"),
        (MARKDOWN, "plain", "markdown-list", "On Lists That Are Long Enough"),
        (
            '<ul><li><a href="https://arxiv.org/abs/2503.10613">On Höheres &amp; More</a></ul>',
            "html",
            "html-list",
            "On Höheres & More",
        ),
    ],
)
def test_what_a_mail_holds_is_read_by_its_reader(
    text: str, subtype: str, format_name: str, title: str
) -> None:
    digest = read_digest("digests/a.eml", mail(text, subtype).as_bytes())
    assert (digest.format, digest.path) == (format_name, "digests/a.eml")
    assert [record.title for record in digest.records] == [title]
    assert digest.day == date(2025, 3, 14), "the day of the mail, as it is written there"


def test_a_day_that_is_given_wins() -> None:
    assert read_digest("digests/2025-03-17-a.eml", mail(BIBTEX).as_bytes()).day == date(2025, 3, 17)


def test_a_listing_of_arxiv_in_a_mail_is_the_listing() -> None:
    text = (FIXTURES / "arxiv-mail" / "q-fin-new.txt").read_text("utf-8")
    alone = read_digest("digests/a.txt", text.encode())
    digest = read_digest("digests/a.eml", mail(text).as_bytes())
    assert digest.format == "arxiv-mail"
    assert [record.title for record in digest.records] == [record.title for record in alone.records]


def test_an_attachment_is_read() -> None:
    message = mail("Dear all,\n\nsee the attachment.\n")
    message.add_attachment(
        BIBTEX.encode(), maintype="application", subtype="octet-stream", filename="list.bib"
    )
    assert [record.title for record in read_digest("a.eml", message.as_bytes()).records] == ["On Mails"]


def test_a_mail_without_papers() -> None:
    with pytest.raises(DigestError) as caught:
        read_digest("a.eml", mail("Dear all,\n\nno papers today.\n").as_bytes())
    assert "expected a digest in a format that is known, found none" in str(caught.value)
    assert str(caught.value).startswith("a.eml")


def test_a_mailbox_is_refused() -> None:
    box = b"".join(
        b"From a@example.org Fri Mar 14 01:00:00 2025\n" + mail(BIBTEX).as_bytes() + b"\n" for _ in "ab"
    )
    with pytest.raises(DigestError) as caught:
        read_digest("a.mbox", box)
    assert str(caught.value) == (
        "a.mbox: expected one mail, found a mailbox of several (mbox); save each mail to a file of its own (.eml)"
    )


def test_mails_in_mails_end() -> None:
    message = mail(BIBTEX)
    for _ in range(60):
        outer = mail()
        outer.make_mixed()
        outer.attach(message)
        message = outer
    data = message.as_bytes()
    start = process_time()
    with pytest.raises(DigestError):
        read_digest("a.eml", data)
    assert process_time() - start < 10, "no more than what it takes to look at the first few"
