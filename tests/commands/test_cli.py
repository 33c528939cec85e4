"""What all commands have in common: help, exit codes, and words instead of tracebacks."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import click
import pytest

from generator import __version__
from generator.commands import COMMANDS
from tests.commands.conftest import Process, Run

NAMES = ("new", "add", "build", "serve", "check", "export", "pack", "mail")


def test_the_table_of_commands() -> None:
    assert tuple(command.name for command in COMMANDS) == NAMES


def test_help_lists_the_commands_in_the_order_of_their_table(run: Run) -> None:
    text = run("--help").stdout
    places = [text.index(f"\n  {name} ") for name in NAMES]
    assert places == sorted(places)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: str(command.name))
def test_every_command_has_help_with_an_example(command: click.Command, run: Run) -> None:
    result = run(str(command.name), "--help")
    assert result.exit_code == 0
    assert "Example" in result.stdout
    assert f"    broadsheet {command.name}" in result.stdout
    assert run(str(command.name), "-h").stdout == result.stdout
    assert "\b" not in result.stdout
    assert "\\b" not in result.stdout


def test_version(run: Run) -> None:
    assert run("--version").stdout == f"broadsheet, version {__version__}\n"


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("nonsense",),
        ("build", "--jobs", "0"),
        ("build", "--jobs", "two"),
        ("serve", "--port", "70000"),
        ("new",),
    ],
)
def test_wrong_usage_exits_2(run: Run, arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert "Usage: " in result.stderr


@pytest.mark.parametrize("command", ["build", "check", "serve", "pack"])
def test_no_site_here(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(command)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr == (
        f"{tmp_path / 'mkdocs.yml'}: expected the settings of a site, found no such file; "
        "run this in the folder of a site, or make one: broadsheet new DIR\n"
    )


def test_commands_find_the_site_above_and_where_they_are_told(
    run: Run, built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    summary = run("check").stdout
    monkeypatch.chdir(built / "site" / "papers")
    assert run("check").stdout == summary
    monkeypatch.chdir(tmp_path)
    assert run("check", "--config", built / "mkdocs.yml").stdout == summary
    assert run("check", "-f", built).stdout == summary


def test_wrong_settings_are_one_line_each(run: Run, site: Path) -> None:
    (site / "mkdocs.yml").write_text("site_name: [", encoding="utf-8")
    result = run("build")
    assert result.exit_code == 1
    assert result.stderr.startswith("mkdocs.yml: expected YAML, found ")
    assert result.stderr.count("\n") == 1


def test_a_file_that_cannot_be_opened_is_a_line(run: Run, site: Path) -> None:
    result = run("add", site / "missing.txt")
    assert result.exit_code == 1
    assert result.stderr == (
        f"{site}/missing.txt: expected a place that can be read and written, found no such file or directory; "
        "check the path and its permissions\n"
    )


def test_a_folder_in_place_of_a_file_is_a_line(run: Run, site: Path) -> None:
    result = run("add", site / "docs")
    assert result.exit_code == 1
    assert "found is a directory; " in result.stderr


def test_a_full_disk_is_a_line(run: Run, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device", str(site / "docs" / "index.md"))

    monkeypatch.setattr("generator.build.build", full)
    result = run("build")
    assert result.exit_code == 1
    assert result.stderr.endswith("found no space left on device; make room and try again\n")


def test_an_interrupt_is_quiet(run: Run, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("generator.build.check", interrupted)
    result = run("check")
    assert (result.exit_code, result.output) == (130, "")


def test_hostile_names_cannot_reach_the_terminal(run: Run, site: Path) -> None:
    (site / "digests" / "a\x1b[31m\nb.txt").write_bytes(b"")
    result = run("check")
    assert result.exit_code == 1
    assert "\x1b" not in result.stderr
    assert result.stderr.count("\n") == 1


def test_the_module_is_the_same_program(process: Process, built: Path) -> None:
    done = process("check", cwd=built)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("no errors\n")
    assert process("--help", cwd=built).stdout.startswith("Usage: broadsheet ")
    assert process("--bogus", cwd=built).returncode == 2


def test_the_installed_command_is_the_same_program(built: Path) -> None:
    command = Path(sys.executable).with_name("broadsheet")
    done = subprocess.run([command, "check"], cwd=built, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(os.name == "nt", reason="POSIX pipes")
def test_a_reader_that_goes_away_gets_no_traceback(site: Path) -> None:
    (site / "digests" / "empty.txt").write_bytes(b"")
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-m", "generator", "build", "--help"]
    done = subprocess.run(command, cwd=site, stdout=write, stderr=subprocess.PIPE, text=True, check=False)
    os.close(write)
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
def test_serve_ends_quietly_at_an_interrupt(built: Path, free_port: int) -> None:
    command = [sys.executable, "-m", "generator", "serve", "--port", str(free_port)]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, cwd=built, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        try:
            lines = iter(server.stdout.readline, "")
            assert any(line.startswith(f"serving http://127.0.0.1:{free_port}/") for line in lines)
            server.send_signal(signal.SIGINT)
            _, errors = server.communicate(timeout=30)
        finally:
            server.kill()
    assert errors == ""
    assert server.returncode in (0, 130)
