"""The sample site, file by file: links, front matter, the same from every builder, the same twice."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from posixpath import dirname, normpath
from typing import Any

import frontmatter
import pytest

from generator.artifact import GIVING_WAY
from generator.build import build
from generator.pages.page import MARKER
from generator.plugin import is_unused
from generator.settings import load_settings
from tests.site import links
from tests.site.conftest import ROOT, copy_sample

EPOCH = {"SOURCE_DATE_EPOCH": "1741910400"}


def files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def stamps(folder: Path) -> dict[str, int]:
    """When files were written, but for what is Broadsheet's own."""
    files = (p for p in folder.rglob("*") if p.is_file() and ".broadsheet" not in p.parts)
    return {p.relative_to(folder).as_posix(): p.stat().st_mtime_ns for p in files}


def of_people(root: Path) -> dict[str, bytes]:
    """All files of a site but for what is Broadsheet's own."""
    return {name: content for name, content in files(root).items() if not name.startswith(".broadsheet/")}


def test_every_link_of_every_page_leads_somewhere(sample: Path) -> None:
    broken, foreign, followed = links.check(sample / "site")
    assert broken == []
    assert foreign == []
    assert followed > 10_000


def test_every_address_of_the_contract(sample: Path) -> None:
    names = files(sample / "site").keys()
    addresses = """
        index.html papers/2503.10613.html digests/2025-03-14.html digests/2025-03-14.md archive/index.html
        digests/2025-03-14.json digests/2025-03-14.bib digests/2025-03-14.ris feed.xml tags/large-language-models.xml
        archive/2025.html archive/2025-03.html tags/index.html tags/large-language-models.html authors/index.html
        sources/index.html sources/huggingface-daily.html sources/huggingface.html search.html account.html
        404.html
    """
    assert set(addresses.split()) <= names
    assert "sources/huggingface-daily/1.html" in names  # the older pages of a list


def test_front_matter_reads_back(sample: Path) -> None:
    pages = [p for p in (sample / "docs").rglob("*.md") if "guide" not in p.parts]
    assert len(pages) > 300
    for file in pages:
        text = file.read_text("utf-8")
        assert text.startswith(f"---\n{MARKER}\n")
        post: dict[str, Any] = frontmatter.loads(text).metadata
        assert post["title"]
        assert post["template"].endswith(".html")
        if post["template"] == "paper.html":
            assert f"papers/{post['key']}.md" == file.relative_to(sample / "docs").as_posix()
            assert post["date"] <= post["appearances"][-1]["day"]


@pytest.mark.parametrize("builder", ["mkdocs", "properdocs"])
def test_other_builders_give_the_same_pages(sample: Path, tmp_path: Path, builder: str) -> None:
    command = [sys.executable, "-m", builder, "build", "--strict", "--quiet"]
    command += ["--config-file", str(sample / "mkdocs.yml"), "--site-dir", str(tmp_path / "site")]
    environment = os.environ | EPOCH | {"NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    ours, theirs = files(sample / "site"), files(tmp_path / "site")
    exports = {name for name in ours if name.endswith((".md", ".json", ".bib", ".ris"))} | {*GIVING_WAY}
    assert ours.keys() - exports == {name for name in theirs if not is_unused(name)}
    assert {name for name in theirs.keys() & ours if ours[name] != theirs[name]} <= {"sitemap.xml.gz"}


def test_zensical_gives_the_same_pages_but_for_how_it_spells_links(sample: Path, tmp_path: Path) -> None:
    root = copy_sample(tmp_path)
    shutil.copytree(sample / "docs", root / "docs", dirs_exist_ok=True)
    command = [sys.executable, "-m", "zensical", "build", "--config-file", "mkdocs.yml"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    for name in (name for name in files(sample / "site") if name.endswith(".html") and "guide/" not in name):
        assert article(root / "site", name) == article(sample / "site", name), name


def article(site: Path, name: str) -> list[str]:
    """What the main part of a page says: elements with their attributes, links resolved, and words."""

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            for key, value in attrs:
                inside = key in ("href", "src", "action") and "://" not in (value or "")
                said.append((tag, key, normpath(f"{dirname(name)}/{value}") if inside else value))

        def handle_data(self, data: str) -> None:
            said.extend(data.split())

    said: list[object] = []
    html = (site / name).read_text("utf-8")
    Reader().feed(html[html.find("<main") : html.find("</main>")])
    return sorted(map(str, said))


def test_building_again_touches_nothing_and_the_cache_may_be_deleted(tmp_path: Path) -> None:
    root = copy_sample(tmp_path)
    for extra in sorted((root / "digests").iterdir())[3:]:
        extra.unlink()
    settings = load_settings(root / "mkdocs.yml")
    build(settings)
    first, times = of_people(root), stamps(root)

    report = build(settings)
    assert report.files
    assert (report.files.written, report.files.removed) == (0, 0)
    assert report.files.unchanged == len(files(root / "site"))
    assert stamps(root) == times

    shutil.rmtree(settings.cache)
    build(settings)
    assert of_people(root) == first
    assert stamps(root) == times


def test_the_repository_holds_no_generated_page() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "docs"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert all(name.startswith("docs/guide/") for name in listed.stdout.split())
