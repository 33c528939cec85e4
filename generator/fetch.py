"""Getting a digest from the web."""

from __future__ import annotations

from http.client import HTTPException, HTTPResponse, IncompleteRead
from typing import cast
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    UnknownHandler,
)

from generator import __version__
from generator.errors import DigestError, Problem

#: No digest is larger; what is, is something else.
MOST_BYTES = 50 * 2**20
TIMEOUT_SECONDS = 30.0


def is_web_address(text: str) -> bool:
    """Whether `text` is an address that `fetch` takes: http or https with a host."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme.lower() in ("http", "https") and bool(parts.netloc)


def fetch(address: str, *, most: int = MOST_BYTES, timeout: float = TIMEOUT_SECONDS) -> bytes:
    """Give the bytes that a web address answers with. Redirections are followed, to http and https only.

    Raises DigestError for an answer that is no success, none within `timeout` seconds, or more than `most` bytes.
    """
    headers = {"User-Agent": f"broadsheet/{__version__}", "Accept": "*/*"}
    try:
        request = Request(address, headers=headers)  # noqa: S310 - the opener below knows no other scheme
        with cast(HTTPResponse, _opener().open(request, timeout=timeout)) as answer:
            data = answer.read(most + 1)
            if answer.length and len(data) <= most:
                raise IncompleteRead(
                    data, answer.length
                )  # a read of at most so many bytes does not say so itself
    except HTTPError as error:
        error.close()
        found = f"{error.code} {error.reason}".strip()
        remedy = "check the address, or get the file another way and add it"
        raise DigestError(Problem(address, "an answer with a digest", found, remedy)) from None
    except (OSError, HTTPException, ValueError) as error:
        raise DigestError(
            Problem(address, "an answer with a digest", _reason(error), "check the address and the network")
        ) from None
    if len(data) > most:
        found = f"more than {most // 2**20} MB" if most >= 2**20 else f"more than {most} bytes"
        raise DigestError(Problem(address, "a digest", found, "check the address"))
    return data


def _opener() -> OpenerDirector:
    """What opens web addresses and nothing else: a redirection to ``file:`` or ``ftp:`` is refused."""
    opener = OpenerDirector()
    for handler in (
        ProxyHandler(),
        UnknownHandler(),
        HTTPHandler(),
        HTTPSHandler(),
        HTTPDefaultErrorHandler(),
        HTTPRedirectHandler(),
        HTTPErrorProcessor(),
    ):
        opener.add_handler(handler)
    return opener


def _reason(error: Exception) -> str:
    cause = error.reason if isinstance(error, URLError) else error
    if isinstance(cause, TimeoutError):
        return "none in time"
    if isinstance(cause, IncompleteRead):
        return f"one that breaks off after {len(cause.partial):,} bytes"
    if isinstance(cause, OSError) and cause.strerror:
        return cause.strerror.lower()
    return str(cause) or type(cause).__name__
