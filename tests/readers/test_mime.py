"""Parts of mails: headers, bodies and encodings as senders write them."""

from __future__ import annotations

from datetime import date
from time import process_time

import pytest

from generator.errors import DigestError
from generator.readers import read_digest
from generator.readers.envelope import is_message, open_message
from generator.readers.mime import split, unfolded
from generator.readers.raw import RawDigest, decode
from tests.conftest import FIXTURES


def opened(data: bytes) -> list[RawDigest]:
    text, decoding = decode("a.eml", data)
    raw = RawDigest(path="a.eml", text=text, decoding=decoding, data=data)
    assert is_message(raw)
    return open_message(raw)


def body(headers: str, content: bytes) -> RawDigest:
    (found,) = opened(f"From: a@example.org\nMIME-Version: 1.0\n{headers}\n\n".encode() + content)
    return found


@pytest.mark.parametrize(
    ("charset", "encoding", "content", "text", "notes"),
    [
        ("utf-8", "8bit", "Höhe".encode(), "Höhe", 0),
        ("iso-8859-1", "8bit", "Höhe".encode("latin-1"), "Höhe", 0),
        ("ISO-8859-1", "quoted-printable", b"H=F6he =\nist", "Höhe ist", 0),
        ("gb2312", "8bit", "论文".encode("gb2312"), "论文", 0),
        ("gb2312", "base64", b"wtv\r\n OxA==!", "论文", 0),
        ("iso-2022-jp", "7bit", "論文".encode("iso-2022-jp"), "論文", 0),
        ("us-ascii", "8bit", "Höhe".encode(), "Höhe", 0),
        ("utf-8", "8bit", "Höhe".encode("latin-1"), "H\ufffdhe", 1),
        ("ks_c_5601-1987", "8bit", "논문".encode("cp949"), "논문", 0),
        ("nonsense", "8bit", "Höhe".encode(), "Höhe", 0),
        ("punycode", "8bit", b"Hhe-1", "Hhe-1", 0),
    ],
)
def test_texts(charset: str, encoding: str, content: bytes, text: str, notes: int) -> None:
    headers = f"Content-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: {encoding}"
    found = body(headers, content)
    assert found.text.strip() == text
    assert len(found.decoding) == notes


def test_text_in_another_encoding_than_it_says_is_noted() -> None:
    found = body("Content-Type: text/plain; charset=utf-8", "Höhe".encode("latin-1"))
    assert [str(note) for note in found.decoding] == [
        'a.eml (text/plain): expected text in "utf-8", as the mail says, found other bytes, some of them lost; '
        "correct the text if a sign is wrong"
    ]


@pytest.mark.parametrize(
    ("headers", "sent", "subject", "sender"),
    [
        ("From: Ada <a@example.org>\nDate: Fri, 14 Mar 2025 23:59:59 -0800\nSubject: One\n two",
         date(2025, 3, 14), "One two", "Ada"),
        ('From: "Lovelace, Ada" <a@example.org>\nSubject: =?utf-8?b?w4k=?= =?iso-8859-1?q?=E9?=\nMIME-Version: 1.0',
         None, "Éé", "Lovelace, Ada"),
        ("From: a@example.org\nList-Id: The Papers <papers.example.org>\nDate: no day", None, "", "The Papers"),
        ("From: a@example.org\nDate: 14 Mar 25 01:02 GMT\nList-Id: <papers.example.org>", date(2025, 3, 14), "", None),
        ("From: =?x?q?a?= <a@b>\nDate: Fri, 31 Feb 2025 00:00:00 +0000\nSubject: \xe9", None, "é", None),
    ],
)  # fmt: skip
def test_headers(headers: str, sent: date | None, subject: str, sender: str | None) -> None:
    (found,) = opened(f"{headers}\n\nText.".encode())
    assert (found.sent, found.subject) == (sent, subject)
    assert sender is None or (found.sender is not None and found.sender.name == sender)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("From: a\nDate: b\n\nx", True),
        ("Content-Type: text/plain\nX-Other: a\n  folded\nMIME-Version: 1.0\n\nx", True),
        ("From a@b Fri Mar 14 01:00:00 2025\nFrom: a\nSubject: b\n\nx", True),
        ("Date: Fri, 3 Mar 23\nSubject: astro-ph daily\n\nx", False),
        ("From: a\n\nDate: b\n", False),
        ("Title: x\nAuthor: y\n", False),
        ("Some text.\nFrom: a\nDate: b\n", False),
    ],
)
def test_what_a_message_is(text: str, expected: bool) -> None:
    assert is_message(RawDigest(path="a", text=text)) is expected


def test_boundaries() -> None:
    part = split(
        b'Content-Type: multipart/mixed;\n boundary*0="a b";\n boundary*1="(c)"\n\n'
        b"before\n--a b(c)\n\none\n--a b(c) \t\n\ntwo\n--a b(c)x\n--a b(c)--\nafter\n--a b(c)\nno\n"
    )
    assert list(part.parts()) == [b"\none", b"\ntwo\n--a b(c)x"]


def test_a_mail_that_was_sent_on_has_the_day_of_the_first() -> None:
    inner = b"From: Ada <a@b>\nDate: Thu, 13 Mar 2025 00:00:00 +0000\nSubject: In\n\nText."
    outer = (
        b"From: Me <m@b>\nDate: Mon, 17 Mar 2025 00:00:00 +0000\nMIME-Version: 1.0\n"
        b"Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: message/rfc822\n\n"
        + inner
        + b"\n--x--\n"
    )
    (found,) = opened(outer)
    assert (found.sent, found.subject, found.text) == (date(2025, 3, 13), "In", "Text.")


def test_names_of_attachments_are_no_paths() -> None:
    found = body('Content-Type: application/octet-stream; name="..\\\\..\\\\/etc/list.bib"', b"@misc{a}")
    assert found.path == "a.eml (list.bib)"


def test_a_long_name_of_an_attachment_keeps_its_ending() -> None:
    found = body(f"Content-Type: application/octet-stream; name={'a' * 300}.bib", b"@misc{a}")
    assert found.path == f"a.eml ({'a' * 96}.bib)"


def test_an_attached_file_of_arxiv_is_no_listing_of_the_mail() -> None:
    data = (FIXTURES / "arxiv-mail" / "q-fin-new.txt").read_bytes()
    found = body('Content-Type: text/plain; name="new.txt"\nDate: Fri, 14 Mar 2025 01:00:00 +0000', data)
    assert found.text == data.decode()


@pytest.mark.parametrize(
    ("text", "spaces", "expected"),
    [
        ("One \ntwo\nthree", True, "One two\nthree"),
        ("One \ntwo", False, "Onetwo"),
        (" > no quote\n> a \n> b", True, "> no quote\n> a \n> b"),
        ("a \n-- \nAda", True, "a \n-- \nAda"),
        ("a ", True, "a "),
    ],
)
def test_flowed_text(text: str, spaces: bool, expected: str) -> None:
    assert unfolded(text, spaces=spaces) == expected


HEAD = b"From: a@b\nMIME-Version: 1.0\n"


@pytest.mark.parametrize(
    "data",
    [
        HEAD + b"Content-Type: multipart/mixed; boundary=a\n\n" + b"--a\n\nx\n" * 100_000,
        HEAD
        + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (i, i) for i in range(10_000)),
        HEAD + b"Content-Type: message/rfc822\n\n" * 10_000,
        HEAD + b"Subject: " + b"=?utf-8?q?a?= " * 50_000 + b"\n\nx",
        HEAD + b"List-Id: " + b"(a," * 50_000 + b"\n\nx",
        HEAD + b"Content-Type: text/html; " + b"a=b;" * 50_000 + b"\n\nx",
        HEAD + b"X: y\n" * 100_000 + b"\nx",
        HEAD + b"Content-Transfer-Encoding: base64\n\n" + b"=A" * 500_000,
        HEAD + b"Content-Type: text/plain; format=flowed\n\n" + b"a \n" * 300_000,
    ],
)
def test_hostile_mails_are_refused_soon(data: bytes) -> None:
    start = process_time()
    with pytest.raises(DigestError):
        read_digest("a.eml", data, day=date(2025, 3, 14))
    assert process_time() - start < 5
