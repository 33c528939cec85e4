"""``broadsheet new``, and the way from there to a site."""

from __future__ import annotations

import shlex
import subprocess
from pathlib import Path

import click
import pytest
import yaml

from generator import __version__
from generator.commands.new import new
from generator.scaffold import FILES, FILES_FOLDER, site_name
from generator.settings import load_settings
from tests.commands.conftest import Run


def test_writes_every_file_of_its_table(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "deep" / "my-digests"
    result = run("new", target)
    assert result.exit_code == 0
    written = {path.relative_to(target).as_posix() for path in target.rglob("*") if path.is_file()}
    assert written == set(FILES)
    assert result.stdout.splitlines()[0] == f"{target}: a new site of {len(FILES)} files"
    sources = {
        path.relative_to(FILES_FOLDER).as_posix() for path in FILES_FOLDER.rglob("*") if path.is_file()
    }
    assert set(FILES.values()) == sources


@pytest.mark.parametrize("name", ["my-digests", "two words", "Ada's", 'a "quoted" $HOME', "-dash"])
def test_the_next_step_can_be_pasted_into_a_shell(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("new", "--", name)
    line = result.stdout.splitlines()[1]
    assert line.startswith("next: cd ")
    assert line.endswith(" && broadsheet serve")
    step = line.removeprefix("next: ").replace("broadsheet serve", "pwd")
    done = subprocess.run(["bash", "-ec", step], capture_output=True, text=True, check=True)
    assert Path(done.stdout.rstrip("\n")) == tmp_path / name
    assert shlex.split(step)[1].removeprefix("./") == name


@pytest.mark.parametrize("name", [".", "../here"])
def test_the_next_step_in_this_folder_changes_no_folder(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert run("new", name).stdout.splitlines()[1] == "next: broadsheet serve"


def test_help_and_guide_name_what_is_written() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "guide" / "commands" / "new.md").read_text("utf-8")
    for file in FILES:
        place = "digests/" if file.startswith("digests/") else file
        assert f"`{place}" in guide, file
    words = " ".join(click.unstyle(new.help or "").split())
    for part in ("mkdocs.yml", "docs/about.md", "requirements.txt", "workflow"):
        assert part in words


def test_settings_are_those_of_the_contract(site: Path) -> None:
    settings = load_settings(site / "mkdocs.yml")
    assert settings.site_name == "My digests"
    assert settings.theme == site / ".broadsheet" / "theme"
    text = (site / "mkdocs.yml").read_text("utf-8")
    assert "use_directory_urls: false" in text
    assert "plugins: []" in text
    assert "@" not in text
    lines = (site / "requirements.txt").read_text("utf-8").splitlines()
    assert [line for line in lines if not line.startswith("#")] == [f"broadsheet=={__version__}"]
    assert f"./vendor/broadsheet-{__version__}-py3-none-any.whl" in lines[0]
    assert len((site / "README.md").read_text().splitlines()) <= 10


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        ("my-digests", "My digests"),
        ("LLM_papers", "LLM papers"),
        ("yes", "Yes"),
        ('a "quoted": name #1', 'A "quoted": name #1'),
        ("étude", "Étude"),
        ("---", "Paper digests"),
    ],
)
def test_the_name_of_the_site_comes_from_its_folder(run: Run, tmp_path: Path, folder: str, name: str) -> None:
    assert site_name(tmp_path / folder) == name
    assert run("new", tmp_path / folder).exit_code == 0
    assert load_settings(tmp_path / folder / "mkdocs.yml").site_name == name


def test_a_folder_with_anything_in_it_is_refused(run: Run, tmp_path: Path) -> None:
    for name in "abcdefg":
        (tmp_path / name).touch()
    result = run("new", tmp_path)
    assert result.exit_code == 1
    assert result.stderr == (
        f"{tmp_path}: expected a new or empty folder, found a, b, c, d, e and 2 more; "
        "choose another name, or empty the folder\n"
    )
    assert len(list(tmp_path.iterdir())) == 7


def test_a_file_in_place_of_the_folder_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "site").touch()
    result = run("new", tmp_path / "site")
    assert result.exit_code == 1
    assert "expected a new or empty folder, found a file; choose another name" in result.stderr


def test_a_fresh_repository_is_taken(run: Run, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    assert run("new", tmp_path).exit_code == 0


def test_a_build_makes_the_site_and_nothing_that_git_would_see(built: Path) -> None:
    home = (built / "site" / "index.html").read_text("utf-8")
    assert "My digests" in home
    assert "Optimizing Large Language Model Training Using FP4 Quantization" in home or "<h3" in home
    assert (built / "site" / "papers").is_dir()
    assert (built / "site" / "about.html").is_file()
    subprocess.run(["git", "init", "--quiet"], cwd=built, check=True)
    listed = subprocess.run(
        ["git", "ls-files", "--others", "--exclude-standard"],
        cwd=built,
        check=True,
        capture_output=True,
        text=True,
    )
    assert set(listed.stdout.splitlines()) == {*FILES, "permalinks.txt"}


def test_every_page_of_the_navigation_exists(built: Path) -> None:
    text = (built / "mkdocs.yml").read_text("utf-8").replace("!ENV", "")
    for entry in yaml.safe_load(text)["nav"]:
        (target,) = entry.values()
        assert (built / "docs" / target).is_file(), target


def test_the_new_site_builds_strictly(run: Run, site: Path) -> None:
    result = run("build", "--strict")
    assert (result.exit_code, result.stderr) == (0, "")
