"""What is in the wheel and the sdist, and that the wheel is enough to make a site."""

from __future__ import annotations

import tarfile
from pathlib import Path
from zipfile import ZipFile

import pytest

from generator import __version__
from generator.scaffold import FILES
from tests.packaging.conftest import ROOT, Bare

pytestmark = pytest.mark.slow


def names_below(folder: Path) -> set[str]:
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_the_wheel_carries_the_package_and_the_theme(dist: Path) -> None:
    (wheel,) = dist.glob(f"broadsheet-{__version__}-py3-none-any.whl")
    with ZipFile(wheel) as archive:
        files = {name for name in archive.namelist() if ".dist-info/" not in name}
        metadata = archive.read(f"broadsheet-{__version__}.dist-info/METADATA").decode()
    package = {f"generator/{name}" for name in names_below(ROOT / "generator")}
    theme = {f"generator/theme_overrides/{name}" for name in names_below(ROOT / "theme_overrides")}
    assert files == package | theme
    assert "License-Expression: MIT" in metadata
    assert "Requires-Python: >=3.11" in metadata
    for dependency in ("mkdocs<1.7,>=1.6", "mkdocs-material<10,>=9.8", "click<9,>=8.4"):
        assert f"Requires-Dist: {dependency}" in metadata


def test_the_sdist_is_whole_and_has_nothing_that_was_made(dist: Path) -> None:
    (sdist,) = dist.glob(f"broadsheet-{__version__}.tar.gz")
    with tarfile.open(sdist) as archive:
        files = {name.partition("/")[2] for name in archive.getnames()}
    assert {
        "LICENSE",
        "pyproject.toml",
        "generator/cli.py",
        ".ci/run",
        "tests/packaging/test_wheel.py",
    } <= files
    assert "generator/scaffold/files/publish.yml" in files
    assert not {name for name in files if name.startswith(("site/", ".broadsheet/", ".venv/"))}


def test_the_wheel_alone_makes_a_site(bare: Bare, tmp_path: Path) -> None:
    bare.run("python", "-m", "pip", "install", "--quiet", f"broadsheet=={__version__}", cwd=tmp_path)
    # One line as a person would type it.
    bare.run("bash", "-ec", "broadsheet new x && cd x && broadsheet build", cwd=tmp_path)
    site = tmp_path / "x" / "site"
    home = (site / "index.html").read_text("utf-8")
    for style in (ROOT / "theme_overrides" / "assets" / "css").glob("*.css"):
        assert (site / "assets" / "css" / style.name).is_file()
    assert 'href="assets/css/' in home
    papers = [*(site / "papers").glob("*.html")]
    assert len(papers) == 3
    assert all(f"papers/{paper.name}" in home for paper in papers)
    assert (tmp_path / "x" / ".github" / "workflows" / "publish.yml").is_file()
    assert {path.relative_to(tmp_path / "x").as_posix() for path in (tmp_path / "x").rglob("*")} >= set(FILES)
    # Nothing of this checkout was needed.
    where = bare.run("python", "-c", "import generator; print(generator.__file__)", cwd=tmp_path)
    assert Path(where.strip()).is_relative_to(bare.folder)
