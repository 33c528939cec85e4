"""The preview follows the files, and survives a mistake."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from tests.site.conftest import write_digest
from tests.site.test_builds import GOOD

#: Far more than a rebuild of this small site takes: reached only when something is broken.
PATIENCE = 60


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def page(base: str, address: str) -> str:
    try:
        with urlopen(base + address, timeout=10) as answer:
            return str(answer.read().decode())
    except URLError:
        return ""


def wait_for(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.2)


@pytest.fixture
def preview(make_site: Callable[..., Path]) -> Iterator[tuple[Path, str, Path]]:
    """A site, the address of its preview, and what the preview has said."""
    root, port = make_site(one=GOOD), free_port()
    said = root / "said.txt"
    command = [sys.executable, "-m", "generator", "serve", "--port", str(port)]
    with said.open("w") as output:
        process = subprocess.Popen(command, cwd=root, stdout=output, stderr=subprocess.STDOUT)
    yield root, f"http://127.0.0.1:{port}/", said
    process.terminate()
    process.wait(PATIENCE)


def test_edits_are_shown_and_mistakes_are_said(preview: tuple[Path, str, Path]) -> None:
    root, base, said = preview
    wait_for(lambda: "A Study of Things" in page(base, "index.html"))
    assert "livereload" in page(base, "index.html")

    write_digest(root, "one", GOOD.replace("We study", "We now study"))
    wait_for(lambda: "We now study" in page(base, "index.html"))

    write_digest(root, "one", "nothing")
    wait_for(lambda: "digests/one.md: expected" in said.read_text())
    assert "We now study" in page(base, "index.html")

    write_digest(root, "one", GOOD.replace("We study", "We study again"))
    wait_for(lambda: "We study again" in page(base, "index.html"))

    assert "Traceback" not in said.read_text()
