"""``broadsheet pack``: the offline edition."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest

from generator.errors import BuildError
from generator.pack import NOTE_NAME, pack
from tests.commands.conftest import Run


def test_holds_the_site_below_one_folder(
    run: Run, built: Path, tmp_path: Path, snapshot: Callable[[Path], dict[str, bytes]]
) -> None:
    result = run("pack")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("my-digests-offline.zip: ")
    with ZipFile(built / "my-digests-offline.zip") as archive:
        assert archive.testzip() is None
        assert {name.split("/")[0] for name in archive.namelist()} == {"my-digests-offline"}
        archive.extractall(tmp_path / "stick")
    unpacked = tmp_path / "stick" / "my-digests-offline"
    note = (unpacked / NOTE_NAME).read_text("utf-8")
    assert note.startswith("My digests\n")
    assert "index.html" in note
    (unpacked / NOTE_NAME).unlink()
    assert snapshot(unpacked) == snapshot(built / "site")


def test_the_same_site_gives_the_same_bytes(built: Path, tmp_path: Path) -> None:
    assert pack(built / "site", tmp_path / "a.zip", folder="f", title="T") > 50
    for path in (built / "site").rglob("*"):
        path.touch()
        if path.is_file():
            path.chmod(0o600)
    pack(built / "site", tmp_path / "b.zip", folder="f", title="T")
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_out_names_a_file_or_a_folder(run: Run, built: Path, tmp_path: Path) -> None:
    assert run("pack", "--out", tmp_path / "edition.zip").exit_code == 0
    assert (tmp_path / "edition.zip").is_file()
    assert run("pack", "-o", tmp_path).exit_code == 0
    assert (tmp_path / "my-digests-offline.zip").is_file()
    assert not list(tmp_path.rglob("*.new"))


def test_says_where_the_zip_is(
    run: Run, built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def place(*arguments: str | Path) -> str:
        return run("pack", *arguments).stdout.partition(": ")[0]

    assert place() == "my-digests-offline.zip"
    assert place("--out", "edition.zip") == "edition.zip"
    assert place("--out", tmp_path) == str(tmp_path / "my-digests-offline.zip")
    assert place("--out", "..") == str(Path("..", "my-digests-offline.zip"))
    monkeypatch.chdir(tmp_path)
    assert place("--config", built) == str(Path("my-digests", "my-digests-offline.zip"))
    monkeypatch.chdir(built / "digests")
    assert place() == str(built / "my-digests-offline.zip")


def test_a_missing_folder_is_an_error(run: Run, built: Path, tmp_path: Path) -> None:
    """A stick that is not there: the zip must not lie where the stick would have been."""
    result = run("pack", "--out", tmp_path / "stick" / "papers.zip")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        f"{tmp_path / 'stick'}: expected a folder, found none; make it, or choose another --out\n"
    )
    assert not (tmp_path / "stick").exists()
    result = run("pack", "--out", built / "mkdocs.yml" / "papers.zip")
    assert result.stderr.endswith("expected a folder, found a file; make it, or choose another --out\n")


def test_without_a_site(run: Run, site: Path) -> None:
    result = run("pack")
    assert result.exit_code == 1
    assert result.stderr == 'site/: expected a built site, found nothing; run "broadsheet build" first\n'
    assert not list(site.glob("*.zip"))


def test_not_inside_the_site(built: Path) -> None:
    with pytest.raises(BuildError, match="expected a place outside the site"):
        pack(built / "site", built / "site" / "a.zip", folder="f", title="T")


def test_hidden_files_stay_out(built: Path, tmp_path: Path) -> None:
    (built / "site" / ".nojekyll").touch()
    pack(built / "site", tmp_path / "a.zip", folder="f", title="T")
    with ZipFile(tmp_path / "a.zip") as archive:
        assert "f/.nojekyll" not in archive.namelist()
