"""Starts the slow server in a process of its own, with whatever it can speak here."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from bench.corpus import ROOT
from bench.search.link import Line, Transfer
from bench.tools import VENV


class Certificate:
    """A certificate that this computer gives itself for a while, and its key, in one file."""

    def __init__(self, file: Path) -> None:
        self.file = file
        program = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30"]
        host = ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"]
        to = ["-keyout", str(file), "-out", f"{file}.crt"]
        subprocess.run([*program, *host, *to], check=True, capture_output=True)
        shown = ["openssl", "x509", "-in", f"{file}.crt", "-noout", "-pubkey"]
        key = subprocess.run(shown, check=True, capture_output=True, text=True).stdout
        with file.open("a", encoding="ascii") as whole:
            whole.write(Path(f"{file}.crt").read_text("ascii"))
        inner = "".join(line for line in key.splitlines() if not line.startswith("-"))
        #: What Chromium is told so that it takes this certificate, and no other, for a good one.
        self.fingerprint = base64.b64encode(sha256(base64.b64decode(inner)).digest()).decode("ascii")


def python() -> str:
    """The Python that has the package h2: the peers' one if they are installed."""
    theirs = VENV / "bin" / "python"
    return str(theirs) if theirs.exists() else sys.executable


def speaks_http2() -> bool:
    """Whether there is all that HTTP/2 takes."""
    tried = [python(), "-c", "import h2"]
    return (
        bool(shutil.which("openssl"))
        and subprocess.run(tried, capture_output=True, check=False).returncode == 0
    )


class Site:
    """A site that is being served: where it is, how slow, and what has been sent of it."""

    def __init__(self, folder: Path, certificate: Certificate | None) -> None:
        command = [python(), "-m", "bench.search.server", str(folder)]
        if certificate:
            command += ["--certificate", str(certificate.file)]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
        )
        assert self._process.stdin  # noqa: S101 - asked for above
        assert self._process.stdout  # noqa: S101 - asked for above
        self._input, self._output = self._process.stdin, self._process.stdout
        self._ports: dict[str, int] = self._hear()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        self._input.close()
        self._process.wait()
        self._output.close()

    def _hear(self) -> Any:
        line = self._output.readline()
        if not line:
            raise RuntimeError("bench.search.server: expected an answer, found that it has ended")
        return json.loads(line)

    def _command(self, *words: str) -> Any:
        self._input.write(" ".join(words) + "\n")
        self._input.flush()
        return self._hear()

    def address(self, line: Line) -> str:
        """Where pages begin that come over a line."""
        if line.http2:
            return f"https://127.0.0.1:{self._ports['encrypted']}/"
        return f"http://127.0.0.1:{self._ports['plain']}/"

    def set(self, line: Line) -> None:
        """Be as slow as a line from now on."""
        self._command("line", line.name)

    def take(self) -> list[Transfer]:
        """What has been sent since the last time."""
        return [Transfer(*each) for each in self._command("take")]


@contextmanager
def certificate(folder: Path) -> Iterator[Certificate | None]:
    """A certificate if HTTP/2 can be spoken here, kept in a folder as long as it is needed."""
    file = folder / "certificate.pem"
    folder.mkdir(parents=True, exist_ok=True)
    try:
        yield Certificate(file) if speaks_http2() else None
    finally:
        for each in (file, Path(f"{file}.crt")):
            each.unlink(missing_ok=True)
