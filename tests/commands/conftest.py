"""The command as people run it, in a site of their own."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.scaffold import write_site

Run = Callable[..., Result]
Process = Callable[..., subprocess.CompletedProcess[str]]

DIGEST = """\
---
date: 2025-03-14
source: Reading group
---

## [Quick sort revisited](https://arxiv.org/abs/2503.10613)

- authors: Ada Lovelace

An old algorithm, looked at again.
"""


def hugging_face(*titles: str, day: str = "2025-03-14") -> bytes:
    """An answer of the Hugging Face API; a paper without a title cannot be used."""
    items = [
        {
            "paper": {
                "id": f"2503.1{number:04}",
                "title": title,
                "summary": f"An abstract, number {number}.",
                "authors": [{"name": "Ada Lovelace"}],
                "publishedAt": f"{day}T01:00:00.000Z",
                "submittedOnDailyAt": f"{day}T03:00:00.000Z",
                "upvotes": number,
            },
            "title": title,
            "publishedAt": f"{day}T01:00:00.000Z",
        }
        for number, title in enumerate(titles, start=1)
    ]
    return json.dumps(items).encode()


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command with its arguments; what goes wrong inside it is raised, not hidden."""
    monkeypatch.delenv("SITE_URL", raising=False)

    def run_main(*arguments: str | Path, text: bytes | None = None) -> Result:
        return CliRunner().invoke(main, [*map(str, arguments)], input=text, catch_exceptions=False)

    return run_main


@pytest.fixture
def process() -> Process:
    """Run ``python -m generator`` in a process of its own."""

    def run_process(*arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "generator", *map(str, arguments)]
        return subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=120, check=False)

    return run_process


@pytest.fixture(scope="session")
def built_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new site, built; tests work on copies."""
    root = tmp_path_factory.mktemp("new") / "my-digests"
    write_site(root)
    result = CliRunner().invoke(
        main, ["build", "--config", str(root / "mkdocs.yml")], env={"SITE_URL": None}, catch_exceptions=False
    )
    assert result.exit_code == 0, result.stderr
    return root


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new site that has not been built; the current folder."""
    root = tmp_path / "my-digests"
    write_site(root)
    monkeypatch.chdir(root)
    return root


@pytest.fixture
def built(built_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new site that has been built; the current folder."""
    root = tmp_path / "my-digests"
    shutil.copytree(built_template, root)
    monkeypatch.chdir(root)
    return root


@pytest.fixture
def snapshot() -> Callable[[Path], dict[str, bytes]]:
    """All files below a folder, with their contents."""

    def take(folder: Path) -> dict[str, bytes]:
        return {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }

    return take


@pytest.fixture
def free_port() -> int:
    """A port that nothing listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def answers() -> Iterator[Callable[..., str]]:
    """Start servers on this machine that answer every request in one way; give their addresses."""
    servers: list[tuple[ThreadingHTTPServer, Thread]] = []

    def start(body: bytes, *, status: int = 200, delay: float = 0.0, **headers: str) -> str:
        class Answer(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                time.sleep(delay)
                self.send_response(status)
                for name, value in ({"Content-Length": str(len(body))} | headers).items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        server.handle_error = lambda *_: None  # type: ignore[method-assign]  # a client may go away
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        servers.append((server, thread))
        return f"http://127.0.0.1:{server.server_port}"

    yield start
    for server, thread in servers:
        server.shutdown()
        thread.join()
        server.server_close()
