r"""Addresses on the web: which are safe to link to, and where they stand in a text.

Sources: RFC 3986 (the characters of an address); the URL Standard, <https://url.spec.whatwg.org/>.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import quote, urlsplit

#: A longer address is not one that a person can use (the limit that search engines and proxies agree on).
URL_LIMIT = 2_000

#: Sites whose addresses ``host/owner/name`` are repositories of code.
CODE_HOSTS = ("github.com", "gitlab.com", "bitbucket.org", "codeberg.org", "gitee.com")

_HOST = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.)*[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.?")
#: What `quote` leaves as it is: the reserved characters of RFC 3986 and the percent sign of what is quoted already.
_UNQUOTED = "!#$%&'()*+,/:;=?@[]~"
_BARE = (*CODE_HOSTS, "huggingface.co", "anonymous.4open.science")
_BARE_HOSTS = "|".join(map(re.escape, _BARE))
#: What stands at the end of each of them in a text, in small letters that no others are another case of.
_HOST_ENDINGS = tuple(dict.fromkeys(host[-2:] + "/" for host in _BARE))
_IN_TEXT = re.compile(
    rf"(?:https?://|(?<![\w./@-])(?:www\.(?=\w)|(?:{_BARE_HOSTS})/(?=\w)))(?:\\[_~%#&]|[^\s<>\"\\^`{{|}}])+",
    re.IGNORECASE,
)
_TEX_ESCAPE = re.compile(r"\\([_~%#&])")
_REPOSITORY = re.compile(r"/([\w.-]+)/([\w.-]+?)(?:\.git)?(?:/(?:tree|blob)/[^/]+)?/?", re.ASCII)
#: First parts of a path that name a service of the host, not an owner.
_NO_OWNERS = frozenset(
    {"features", "topics", "orgs", "search", "sponsors", "marketplace", "settings", "about"}
)


@lru_cache(maxsize=64)  # a reader asks of the same address as often as four times in a row
def safe_url(url: str) -> str | None:
    """Give `url` if it may be linked to, else None.

    Only ``http`` and ``https`` with a host pass; no white space or control characters, no user name (which can
    pass for a host), no quotes or angle brackets. The result is ASCII: scheme and host in lower case, other
    characters percent-encoded, so that the same address has one spelling.

    >>> safe_url("HTTPS://Example.org/a b"), safe_url("javascript:alert(1)")
    (None, None)
    >>> safe_url(" https://Example.org/é ")
    'https://example.org/%C3%A9'
    """
    url = url.strip()
    if len(url) > URL_LIMIT or not url.isprintable() or re.search(r"[\s<>\"\\]", url):
        return None
    try:
        parts = urlsplit(url)
        scheme, host, port = parts.scheme, _ascii_host(parts.hostname or ""), parts.port
    except ValueError:  # a bracket that is not closed, a port that is no number, a host that IDNA refuses
        return None
    if scheme not in {"http", "https"} or "@" in parts.netloc or not _HOST.fullmatch(host):
        return None
    place = f"{host}:{port}" if port is not None else host
    rest = quote(url.split("://", 1)[1][len(parts.netloc) :], safe=_UNQUOTED)
    return f"{scheme}://{place}{rest}" if len(rest) <= URL_LIMIT else None


def find_links(text: str) -> tuple[str, ...]:
    r"""Every safe address in `text`, each once, in order.

    Found are addresses with a scheme, and those that begin with ``www.`` or the name of a site for code, which
    get ``https://``. Punctuation that ends a sentence is no part of an address; a bracket only if it was opened
    in it. TeX's ``\_`` in an address is ``_``.

    >>> find_links("Code: github.com/a/b. See (https://example.org/x_(y)).")
    ('https://github.com/a/b', 'https://example.org/x_(y)')
    """
    return tuple(dict.fromkeys(_found(text)))


def _found(text: str) -> Iterator[str]:
    if not _may_hold_links(text):
        return
    for match in _IN_TEXT.finditer(text):
        found = _without_sentence(_TEX_ESCAPE.sub(r"\1", match[0]))
        url = safe_url(found if "://" in found[:8] else f"https://{found}")
        if url:
            yield url


def _may_hold_links(text: str) -> bool:
    """Whether it is worth the search: each alternative of `_IN_TEXT` holds one of these, and few texts do."""
    if "://" in text:
        return True
    lower = text.lower()
    return "www." in lower or any(ending in lower for ending in _HOST_ENDINGS)


def _without_sentence(url: str) -> str:
    """Cut what belongs to the sentence around an address."""
    unopened = {end: url.count(end) - url.count(begin) for begin, end in ("()", "[]")}
    end = len(url)
    while end and (url[end - 1] in ".,;:!?'*’”…。，；" or unopened.get(url[end - 1], 0) > 0):
        end -= 1
        if url[end] in unopened:
            unopened[url[end]] -= 1
    return url[:end]


def repository(url: str) -> str | None:
    """Give the address of the repository that `url` shows the top of; None if it is not one.

    >>> repository("https://github.com/a/b/tree/main"), repository("https://github.com/a/b.git")
    ('https://github.com/a/b', 'https://github.com/a/b')

    A folder inside a repository, or a file, is an address of its own: None.
    """
    safe = safe_url(url)
    if safe is None:
        return None
    parts = urlsplit(safe)
    match = _REPOSITORY.fullmatch(parts.path)
    host = (parts.hostname or "").removeprefix("www.")
    if host not in CODE_HOSTS or not match or match[1].lower() in _NO_OWNERS:
        return None
    return f"https://{host}/{match[1]}/{match[2]}"


@lru_cache(maxsize=16)  # whoever asks of a paper asks again
def code_link(text: str) -> str | None:
    """The first address in `text` that leads to code: a repository, or a place inside one. None if there is none."""
    for url in find_links(text):
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
        if found := repository(url):
            return found
        if host in CODE_HOSTS and parts.path.count("/") > 2:
            return url
        if host == "anonymous.4open.science" and parts.path.startswith("/r/"):
            return url
    return None


def _ascii_host(host: str) -> str:
    """The host in ASCII. Raises UnicodeError, a ValueError, for what IDNA refuses."""
    return host if host.isascii() else host.encode("idna").decode("ascii")
