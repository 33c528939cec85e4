"""Getting a digest from the web, against a server of our own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from generator.errors import DigestError
from generator.fetch import fetch, is_web_address

Answers = Callable[..., str]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://example.org/a", True),
        ("HTTP://example.org", True),
        ("file:///etc/passwd", False),
        ("ftp://example.org/a", False),
        ("https:", False),
        ("http://[::1", False),
        ("2025-03-14.md", False),
        ("C:/digests/a.md", False),
    ],
)
def test_what_is_a_web_address(text: str, expected: bool) -> None:
    assert is_web_address(text) is expected


def test_gives_the_bytes(answers: Answers) -> None:
    assert fetch(answers(b"\xff\x00text")) == b"\xff\x00text"


def test_follows_a_redirection(answers: Answers) -> None:
    target = answers(b"there")
    assert fetch(answers(b"", status=302, Location=target)) == b"there"


@pytest.mark.parametrize("target", ["file:///etc/hostname", "ftp://127.0.0.1/a"])
def test_a_redirection_cannot_leave_the_web(answers: Answers, target: str) -> None:
    with pytest.raises(DigestError, match="expected an answer with a digest, found "):
        fetch(answers(b"", status=302, Location=target))


@pytest.mark.parametrize(("status", "words"), [(404, "404 Not Found"), (500, "500 Internal Server Error")])
def test_no_success(answers: Answers, status: int, words: str) -> None:
    with pytest.raises(DigestError, match=words):
        fetch(answers(b"sorry", status=status))


def test_too_large(answers: Answers) -> None:
    address = answers(b"x" * 11)
    assert len(fetch(address, most=11)) == 11
    with pytest.raises(DigestError, match="expected a digest, found more than 10 bytes"):
        fetch(address, most=10)


def test_too_slow(answers: Answers) -> None:
    with pytest.raises(DigestError, match="found none in time"):
        fetch(answers(b"late", delay=1.0), timeout=0.1)


def test_an_answer_that_breaks_off(answers: Answers) -> None:
    with pytest.raises(DigestError, match="found one that breaks off after 4 bytes"):
        fetch(answers(b"half", **{"Content-Length": "100"}))


def test_nobody_there(free_port: int) -> None:
    with pytest.raises(DigestError, match="found connection refused; check the address and the network"):
        fetch(f"http://127.0.0.1:{free_port}/")


def test_an_address_that_cannot_be_asked() -> None:
    with pytest.raises(DigestError, match="control characters"):
        fetch("http://127.0.0.1/a b")
