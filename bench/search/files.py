"""What the server answers: files as GitHub Pages gives them, text packed by gzip, with headers like its own.

The headers have the names and the lengths of those of a public host, for they are transferred as well.
"""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from dataclasses import dataclass
from email.utils import formatdate
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote

#: As hard as the hosts pack on the fly.
LEVEL = 5
#: Kinds of files by the end of their names, and whether they are packed.
_KINDS = {
    ".html": ("text/html; charset=utf-8", True),
    ".css": ("text/css; charset=utf-8", True),
    ".js": ("application/javascript; charset=utf-8", True),
    ".json": ("application/json; charset=utf-8", True),
    ".xml": ("application/xml", True),
    ".txt": ("text/plain; charset=utf-8", True),
    ".md": ("text/markdown; charset=utf-8", True),
    ".svg": ("image/svg+xml", True),
    ".map": ("application/json", True),
    ".wasm": ("application/wasm", False),
    ".png": ("image/png", False),
    ".woff2": ("font/woff2", False),
}
_OTHER = ("application/octet-stream", False)
_NAMES = {200: "OK", 404: "Not Found"}


@dataclass(frozen=True, slots=True)
class Response:
    """An answer in full: the headers' names in small letters, in their order."""

    status: int
    headers: Sequence[tuple[str, str]]
    body: bytes

    def head(self) -> bytes:
        """The head as HTTP/1.1 has it."""
        lines = [f"HTTP/1.1 {self.status} {_NAMES[self.status]}", *(f"{n}: {v}" for n, v in self.headers)]
        return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


class Files:
    """The files of a folder as answers; each is read and packed once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()
        self._made: dict[str, Response] = {}

    def answer(self, target: str) -> Response:
        """The answer to what was asked for: a path, whatever follows its question mark left out."""
        path = target.partition("?")[0].partition("#")[0]
        if path not in self._made:
            self._made[path] = self._make(path)
        return self._made[path]

    def _make(self, path: str) -> Response:
        relative = unquote(path).lstrip("/")
        file = (self._folder / relative).resolve()
        if file.is_dir():
            file /= "index.html"
        if not file.is_relative_to(self._folder) or not file.is_file():
            return _response(404, "text/html; charset=utf-8", b"<!doctype html><title>Not found</title>", 0)
        kind, packed = _KINDS.get(file.suffix, _OTHER)
        return _response(200, kind, file.read_bytes(), file.stat().st_mtime, packed=packed)


def _response(status: int, kind: str, content: bytes, changed: float, *, packed: bool = False) -> Response:
    body = gzip.compress(content, LEVEL, mtime=0) if packed else content
    mark = sha256(body).hexdigest()
    moment = formatdate(changed, usegmt=True)
    headers = [
        ("server", "GitHub.com"),
        ("content-type", kind),
        ("last-modified", moment),
        ("access-control-allow-origin", "*"),
        ("etag", f'W/"{mark[:8]}-{len(content):x}"'),
        ("expires", moment),
        ("cache-control", "max-age=600"),
        *([("content-encoding", "gzip")] if packed else []),
        ("x-proxy-cache", "MISS"),
        (
            "x-github-request-id",
            "-".join((mark[:4], mark[4:10], mark[10:17], mark[17:24], mark[24:32])).upper(),
        ),
        ("accept-ranges", "bytes"),
        ("date", moment),
        ("via", "1.1 varnish"),
        ("age", "0"),
        ("x-served-by", f"cache-{mark[:11]}-FRA"),
        ("x-cache", "HIT"),
        ("x-cache-hits", "1"),
        ("x-timer", "S1700000000.000000,VS0,VE1"),
        ("vary", "Accept-Encoding"),
        ("x-fastly-request-id", mark[:40]),
        ("content-length", str(len(body))),
    ]
    return Response(status, tuple(headers), body)
