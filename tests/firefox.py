"""Debian's Firefox, headless, driven by the protocol that it has for its own tests, Marionette: a length, and JSON.

Playwright's Firefox is one of its own making; this one is what readers have.
"""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

#: A port that is free is found, and written into the profile.
SETTINGS = """\
user_pref("marionette.port", 0);
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
"""
#: Seconds that the browser may take to start, and to answer.
PATIENCE = 120


class Firefox:
    """One window of the browser. `folder` is empty and will be its profile."""

    def __init__(self, program: str, folder: Path) -> None:
        (folder / "user.js").write_text(SETTINGS)
        line = [program, "--headless", "--marionette", "--no-remote", "--profile", str(folder)]
        self._process = subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        port, until = folder / "MarionetteActivePort", time.monotonic() + PATIENCE
        while not port.exists() or not port.read_text().strip():
            assert self._process.poll() is None, f"{program} ended with {self._process.returncode}"
            assert time.monotonic() < until, f"{program} did not start"
            time.sleep(0.05)
        self._socket = socket.create_connection(("127.0.0.1", int(port.read_text())), PATIENCE)
        self._stream = self._socket.makefile("rb")
        self._receive()
        self._call("WebDriver:NewSession", capabilities={})
        self._call("WebDriver:SetTimeouts", script=1000 * PATIENCE)

    def open(self, address: str) -> None:
        """Load a page."""
        self._call("WebDriver:Navigate", url=address)

    def run(self, script: str, *arguments: Any) -> Any:
        """What a script in the page calls its last argument with."""
        return self._call("WebDriver:ExecuteAsyncScript", script=script, args=arguments)["value"]

    def close(self) -> None:
        """End the browser."""
        self._stream.close()
        self._socket.close()
        self._process.terminate()
        self._process.wait()

    def _call(self, name: str, **parameters: Any) -> Any:
        text = json.dumps([0, 1, name, parameters]).encode()
        self._socket.sendall(b"%d:%b" % (len(text), text))
        _, _, error, result = self._receive()
        assert error is None, error
        return result

    def _receive(self) -> Any:
        length = b""
        while not length.endswith(b":"):
            read = self._stream.read(1)
            assert read, "Firefox closed the connection"
            length += read
        return json.loads(self._stream.read(int(length[:-1])))


@pytest.fixture(scope="session")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    """Debian's Firefox."""
    path = shutil.which("firefox-esr") or shutil.which("firefox")
    assert path, "Firefox is not installed: run make browser"
    with closing(Firefox(path, tmp_path_factory.mktemp("firefox"))) as started:
        yield started
