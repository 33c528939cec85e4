"""Sites that are built once and looked at by many tests."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator.archive.selection import Selection
from generator.build import build
from generator.current import current_archive
from generator.exports.collection import FORMATS, collect
from generator.settings import load_settings

ROOT = Path(__file__).parents[2]
#: What of the repository makes its sample site.
PARTS = ("digests", "docs/guide", "theme_overrides", "mkdocs.yml", "sources.yml")

SITE_URL = "https://papers.example.org/sub/"

MKDOCS = """\
site_name: Test site
use_directory_urls: false
plugins: []
theme: {name: material, custom_dir: .broadsheet/theme, font: false}
markdown_extensions: [attr_list, tables, toc]
nav: [{Latest: index.md}, {Archive: archive/index.md}, {Tags: tags/index.md}, {Search: search.md}]
not_in_nav: '*'
"""


def copy_sample(target: Path) -> Path:
    """Copy the sources of the sample site, and nothing that a build has made."""
    for part in PARTS:
        source = ROOT / part
        if source.is_dir():
            shutil.copytree(source, target / part)
        elif source.exists():
            shutil.copy(source, target / part)
    return target


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The root of the sample site, built; tests only read it. Its site lies in ``site/``."""
    root = copy_sample(tmp_path_factory.mktemp("sample"))
    build(load_settings(root / "mkdocs.yml"))
    return root


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample site as it is built to be published below `SITE_URL`."""
    root = copy_sample(tmp_path_factory.mktemp("published"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SITE_URL", SITE_URL)
        build(load_settings(root / "mkdocs.yml"))
    return root / "site"


@pytest.fixture(scope="session")
def csl_items(sample: Path) -> dict[str, Any]:
    """The papers of the sample site as items of CSL, by their citation keys."""
    with current_archive(load_settings(sample / "mkdocs.yml")) as archive:
        papers, _ = collect(archive, Selection())
        items = json.loads("".join(FORMATS["csl-json"].write(papers)))
    return {item["id"]: item for item in items}


@pytest.fixture
def make_site(tmp_path: Path) -> Callable[..., Path]:
    """Make a new site's folder from digests, given as name and text."""

    def make(**digests: str) -> Path:
        (tmp_path / "mkdocs.yml").write_text(MKDOCS)
        for name, text in digests.items():
            write_digest(tmp_path, name, text)
        return tmp_path

    return make


def write_digest(root: Path, name: str, text: str) -> Path:
    """Put a digest into a site; ``_`` in the name stands for ``-``."""
    file = root / "digests" / f"{name.replace('_', '-').strip('-')}.md"
    file.parent.mkdir(exist_ok=True)
    file.write_text(text)
    return file
