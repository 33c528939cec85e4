"""The sample site with a search that is simple and known: the real one is tested elsewhere, and tests here the site."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from generator.build import build
from generator.model import Paper
from generator.settings import load_settings
from tests.builders import Library
from tests.site.conftest import copy_sample

FAKES = Path(__file__).parent


def found(paper: Paper) -> dict[str, Any]:
    """A paper as the search answers with it, and the words that find it."""
    tags = [tag.name for tag in paper.tags]
    words = re.findall(r"\w+", " ".join((paper.title, *paper.authors, *tags, paper.abstract)).lower())
    result = {
        "address": paper.address,
        "title": paper.title,
        "authors": list(paper.authors[:8]),
        "others": len(paper.authors[8:]),
        "day": str(paper.first.day),
        "dayAddress": f"digests/{paper.first.day}.html",
        "tags": tags,
        "sources": list(dict.fromkeys(appearance.source.name for appearance in paper.appearances)),
    }
    return {"result": result, "text": f" {' '.join(words)} "}


def fake_search(site: Path, papers: Iterable[dict[str, Any]]) -> None:
    """Put the fakes in the place of the real search."""
    scripts = site / "assets/js"
    engine = "".join((FAKES / name).read_text() for name in ("search-text.js", "search-engine.js"))
    (scripts / "search-engine.js").write_text(f"window.PAPERS = {json.dumps(list(papers))};\n{engine}")


@pytest.fixture(scope="session")
def fake_papers(archive: Library) -> list[dict[str, Any]]:
    """The papers of the sample site, newest first, as the search gives them."""
    papers = sorted(archive.papers.values(), key=lambda paper: paper.first.day, reverse=True)
    return [found(paper) for paper in papers]


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory, fake_papers: list[dict[str, Any]]) -> Path:
    """The sample site, built, with the fake search; tests only read it."""
    root = copy_sample(tmp_path_factory.mktemp("interface"))
    build(load_settings(root / "mkdocs.yml"))
    fake_search(root / "site", fake_papers)
    return root / "site"


@pytest.fixture(params=["http", "file"])
def base(request: pytest.FixtureRequest, sample: Path, serve: Callable[[Path], str]) -> str:
    """Where the site is opened from."""
    return serve(sample) if request.param == "http" else f"{sample.as_uri()}/"


@pytest.fixture
def local(sample: Path) -> str:
    """The site on the disk, for what is the same over http."""
    return f"{sample.as_uri()}/"
