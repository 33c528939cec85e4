"""The map of the site where a part would have too many addresses."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.exports import sitemap
from tests.commands.conftest import Run, hugging_face


def parts(site: Path) -> dict[str, list[str]]:
    """The parts that the index names, each with its addresses."""
    return {part: _addresses(site / part) for part in _addresses(site / "sitemap.xml")}


def _addresses(file: Path) -> list[str]:
    found = re.findall("<loc>https://example.org/(.*?)</loc>", file.read_text("utf-8"))
    return [str(address) for address in found]


def test_no_part_has_more_than_the_limit(run: Run, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = site / "mkdocs.yml"
    text = re.sub(r"(?m)^site_url:.*$", "site_url: https://example.org/", config.read_text("utf-8"))
    config.write_text(text, "utf-8")
    digest = site / "digests/2025-03-14-huggingface.json"
    digest.write_bytes(hugging_face(*(f"Paper number {number}" for number in range(7))))
    assert run("build", "--jobs", "1").exit_code == 0
    whole = parts(site / "site")
    assert all(re.fullmatch(r"sitemaps/(lists|\d{4}-\d\d)\.xml", part) for part in whole)
    monkeypatch.setattr(sitemap, "MOST", 4)
    assert run("build", "--jobs", "1", "--clean").exit_code == 0
    split = parts(site / "site")
    assert {"sitemaps/2025-03.xml", "sitemaps/2025-03-2.xml", "sitemaps/lists-2.xml"} <= split.keys()
    assert max(map(len, split.values())) == 4
    assert sorted(sum(split.values(), [])) == sorted(sum(whole.values(), []))  # noqa: RUF017 - a handful
    assert {f"sitemaps/{file.name}" for file in (site / "site/sitemaps").iterdir()} == split.keys()
    # A day with more papers: a build that makes what changed leaves what all anew would.
    for papers in (9, 14):
        digest.write_bytes(hugging_face(*(f"Paper number {number}" for number in range(papers))))
        assert run("build", "--jobs", "1").exit_code == 0
        changed = parts(site / "site")
        assert {f"sitemaps/{file.name}" for file in (site / "site/sitemaps").iterdir()} == changed.keys()
        assert run("build", "--jobs", "1", "--clean").exit_code == 0
        assert parts(site / "site") == changed
