"""``broadsheet build``, ``check`` and ``serve``."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from generator import renderer
from tests.commands.conftest import DIGEST, Process, Run, hugging_face

Snapshot = Callable[[Path], dict[str, bytes]]


def stamps(root: Path) -> dict[Path, int]:
    """When files were written, but for what is Broadsheet's own."""
    return {
        path: path.stat().st_mtime_ns
        for path in root.rglob("*")
        if path.is_file() and ".broadsheet" not in path.parts
    }


def test_a_second_build_writes_nothing(run: Run, built: Path, snapshot: Snapshot) -> None:
    before, times = snapshot(built / "site"), stamps(built)
    result = run("build")
    assert result.exit_code == 0
    assert result.stderr == ""
    assert "0 written, 0 removed" in result.stdout
    assert snapshot(built / "site") == before
    assert stamps(built) == times


def test_clean_gives_the_same_bytes(run: Run, built: Path, snapshot: Snapshot) -> None:
    before = snapshot(built / "site")
    assert run("build", "--clean", "--jobs", "1").exit_code == 0
    assert snapshot(built / "site") == before


def test_a_profile_says_where_the_time_went(run: Run, built: Path) -> None:
    result = run("build", "--profile", "--clean")
    assert result.exit_code == 0
    steps = [line.partition("CPU-s")[2].strip() for line in result.stdout.splitlines() if "CPU-s" in line]
    assert steps[0] == "looking for changes"
    assert {"rendering the guide", "putting files in place"} <= set(steps)
    assert any(step.startswith("making pages (") for step in steps)
    assert steps[-1] == "in all"
    assert "CPU-s" not in run("build").stdout


def test_refused_records_are_said_and_the_rest_is_built(run: Run, built: Path) -> None:
    (built / "digests" / "2025-03-14-huggingface-daily.json").write_bytes(hugging_face("Quick sort", ""))
    result = run("build")
    assert result.exit_code == 0
    assert result.stderr.startswith("refused: digests/2025-03-14-huggingface-daily.json")
    assert "1 refused" in result.stdout
    assert (built / "site" / "digests" / "2025-03-14.html").is_file()


def test_strict_stops_at_a_refused_record_and_leaves_the_site(
    run: Run, built: Path, snapshot: Snapshot
) -> None:
    (built / "digests" / "2025-03-14-huggingface-daily.json").write_bytes(hugging_face("Quick sort", ""))
    before = snapshot(built)
    result = run("build", "--strict")
    assert result.exit_code == 1
    assert "digests/2025-03-14-huggingface-daily.json" in result.stderr
    assert snapshot(built) == before


def test_a_failed_build_leaves_the_last_good_site(run: Run, built: Path, snapshot: Snapshot) -> None:
    (built / "digests" / "2025-03-14.txt").write_bytes(b"")
    before = snapshot(built)
    result = run("build")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr == (
        "digests/2025-03-14.txt: expected a digest, found an empty file; fill it or remove it\n"
    )
    assert snapshot(built) == before


def test_check_prints_every_problem_and_changes_nothing(run: Run, built: Path, snapshot: Snapshot) -> None:
    digests = built / "digests"
    (digests / "2025-03-15.txt").write_bytes(b"")
    (digests / "2025-03-16.txt").write_bytes(b"\x00\x01\x02 binary")
    (digests / "2025-03-17.txt").write_bytes(b"just a note to myself")
    (digests / "2025-02-30.md").write_text(DIGEST.replace("date: 2025-03-14\n", ""))
    (digests / "2025-03-14-huggingface-daily.json").write_bytes(hugging_face("Quick sort", "", ""))
    before = snapshot(built)
    result = run("check")
    assert result.exit_code == 1
    lines = result.stderr.splitlines()
    for name in ("2025-03-15.txt", "2025-03-16.txt", "2025-03-17.txt", "2025-02-30.md"):
        assert sum(line.startswith(f"digests/{name}: expected ") for line in lines) == 1, name
    assert sum(line.startswith("digests/2025-03-14-huggingface-daily.json: ") for line in lines) == 2
    assert "no errors" not in result.stdout
    assert snapshot(built) == before


def test_check_says_that_all_is_well(run: Run, built: Path) -> None:
    result = run("check")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.endswith("no errors\n")


def test_unread_files_are_reported_even_if_their_papers_were_published(run: Run, built: Path) -> None:
    (built / "digests" / "2025-01-24-huggingface-daily.json").write_bytes(b"")
    result = run("check")
    assert result.exit_code == 1
    assert (
        "digests/2025-01-24-huggingface-daily.json: expected a digest, found an empty file" in result.stderr
    )


@pytest.mark.skipif(os.name == "nt", reason="POSIX terminals")
def test_progress_is_for_people(run: Run, built: Path) -> None:
    assert "…" not in run("build", "--clean").stderr
    terminal, end = os.openpty()
    command = [sys.executable, "-m", "generator", "build", "--clean"]
    done = subprocess.run(command, cwd=built, stdout=subprocess.PIPE, stderr=end, check=False)
    os.close(end)
    said = os.read(terminal, 4096).decode()
    os.close(terminal)
    assert done.returncode == 0
    assert "reading digests …" in said


def test_serve_rebuilds_and_survives_a_broken_digest(
    run: Run, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: dict[str, Any] = {}

    def fake_serve(root: Path, rebuild: Callable[[], None], watched: list[Path], **options: Any) -> None:
        calls.update(options, root=root, watched=watched)
        digest = built / "digests" / "2025-03-14.md"
        digest.write_text("no digest", encoding="utf-8")
        rebuild()
        digest.write_text(DIGEST, encoding="utf-8")
        rebuild()

    monkeypatch.setattr(renderer, "serve", fake_serve)
    monkeypatch.setenv("SITE_URL", "https://example.org/papers/")
    result = run("serve", "--port", "8123")
    assert result.exit_code == 0
    assert calls["mount"] == "/papers/"
    assert (calls["host"], calls["port"]) == ("127.0.0.1", 8123)
    assert built / "digests" in calls["watched"]
    assert "digests/2025-03-14.md: expected " in result.stderr
    assert "Quick sort revisited" in (
        built / ".broadsheet/preview" / "digests" / "2025-03-14.html"
    ).read_text("utf-8")


def test_serve_says_that_its_port_is_taken(process: Process, built: Path, free_port: int) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", free_port))
        taken.listen()
        done = process("serve", "--port", str(free_port), cwd=built)
    assert done.returncode == 1
    problem = f'127.0.0.1:{free_port}: expected an address to serve at, found "Address already in use"; '
    assert done.stderr.splitlines()[0].startswith(problem)


@pytest.mark.slow
def test_serve_shows_an_edited_digest(built: Path, free_port: int) -> None:
    command = [sys.executable, "-m", "generator", "serve", "--port", str(free_port)]
    environment = {key: value for key, value in os.environ.items() if key != "SITE_URL"}
    address = f"http://127.0.0.1:{free_port}/digests/2025-03-14.html"
    with subprocess.Popen(
        command,
        cwd=built,
        env={**environment, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as server:
        try:
            assert server.stdout is not None
            assert any("serving http" in line for line in iter(server.stdout.readline, ""))
            drain = Thread(target=server.stdout.read, daemon=True)
            drain.start()
            _wait_for(f"http://127.0.0.1:{free_port}/", "My digests")
            (built / "digests" / "2025-03-14.md").write_text(DIGEST, encoding="utf-8")
            assert "livereload" in _wait_for(address, "Quick sort revisited")
        finally:
            server.terminate()
            server.wait(30)
            drain.join(10)


def _wait_for(address: str, text: str) -> str:
    """The page at `address` as soon as it holds `text`."""
    page, end = "", time.monotonic() + 30
    while text not in page:
        assert time.monotonic() < end, page
        time.sleep(0.1)
        try:
            with urlopen(address) as answer:
                page = answer.read().decode()
        except HTTPError as error:
            error.close()
        except OSError:
            continue
    return page


def test_check_says_which_published_address_would_die(run: Run, built: Path, snapshot: Snapshot) -> None:
    (built / "digests" / "2025-01-24-huggingface-daily.json").unlink()
    (built / "digests" / "2025-03-14.md").write_text(DIGEST, encoding="utf-8")
    before = snapshot(built)
    for command in ("check", "build"):
        result = run(command)
        assert result.exit_code == 1
        line = "digests/2025-01-24.html: expected a page at this published address, found none"
        assert line in result.stderr
        assert snapshot(built) == before
