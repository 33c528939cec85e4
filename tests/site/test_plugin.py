"""The plugin makes a build faster, and never changes its bytes."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator import plugin
from generator.build import build
from generator.settings import load_settings
from tests.site.conftest import copy_sample
from tests.site.test_sample import files

CHANGES = {
    "an extension that pages could meet": ("  - attr_list", "  - attr_list\n  - pymdownx.caret"),
    "options of headings": ("  - toc", "  - toc: {permalink: false, toc_depth: 6}"),
    "text that snippets may add": ("  - toc", "  - toc\n  - abbr\n  - pymdownx.snippets"),
}


@pytest.fixture(scope="module")
def sample_files(sample: Path) -> dict[str, bytes]:
    return files(sample / "site")


@pytest.mark.parametrize("change", CHANGES)
def test_a_site_whose_settings_could_see_the_difference_goes_the_ordinary_way(
    sample_files: dict[str, bytes], tmp_path: Path, change: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a page went the quick way")

    monkeypatch.setattr(plugin.ReadyPage, "__init__", refuse)
    root = copy_sample(tmp_path)
    config = root / "mkdocs.yml"
    config.write_text(config.read_text().replace(*CHANGES[change]))
    build(load_settings(config))
    assert files(root / "site") == sample_files


def test_options_of_code_alone_leave_the_quick_way_open(
    sample_files: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[object] = []
    original = plugin.ReadyPage.__init__

    def count(page: plugin.ReadyPage, *parts: Any) -> None:
        made.append(page)
        original(page, *parts)

    monkeypatch.setattr(plugin.ReadyPage, "__init__", count)
    root = copy_sample(tmp_path)
    config = root / "mkdocs.yml"
    options = "  - pymdownx.highlight:\n      use_pygments: true"
    config.write_text(config.read_text().replace("  - pymdownx.highlight", options))
    build(load_settings(config))
    assert len(made) > 300
    assert files(root / "site") == sample_files


OPTIONS = {
    "no options": "[attr_list, tables, toc]",
    "options of code": "[attr_list, {pymdownx.highlight: {use_pygments: false}}, {pymdownx.superfences: {}}]",
    "options of tables": "[attr_list, {tables: {use_align_attribute: true}}]",
    "options of headings": "[attr_list, {toc: {permalink: true, separator: _}}]",
    "text that snippets add": "[attr_list, abbr, {pymdownx.snippets: {auto_append: [docs/abbr.txt]}}]",
}


@pytest.mark.parametrize("extensions", OPTIONS.values(), ids=OPTIONS)
def test_any_options_give_what_mkdocs_alone_gives(
    make_site: Callable[..., Path], extensions: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "---\ndate: 2025-03-14\n---\n\n## A Study of LLM\n\nAn LLM, `code` and more.\n"
    root = make_site(one=text, two=text.replace("14", "15").replace("Study", "Story"))
    config = root / "mkdocs.yml"
    config.write_text(config.read_text().replace("[attr_list, tables, toc]", extensions))
    (root / "docs").mkdir()
    (root / "docs/abbr.txt").write_text("*[LLM]: large language model\n")
    mine = "# Mine\n\n| a | b |\n|:--|--:|\n| 1 | 2 |\n\n```python\nprint()\n```\n"
    (root / "docs/mine.md").write_text(mine)
    monkeypatch.chdir(root)  # snippets are looked for from here
    build(load_settings(config), jobs=2)
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", "alone"]
    environment = os.environ | {"SOURCE_DATE_EPOCH": "1742000000", "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    ours, alone = files(root / "site"), files(root / "alone")
    assert {name for name in alone if ours[name] != alone[name]} <= {"sitemap.xml", "sitemap.xml.gz"}
    assert ours.keys() - alone.keys() == {"digests/2025-03-14.md", "digests/2025-03-15.md"}


@pytest.mark.parametrize("jobs", [1, 3])
def test_any_number_of_processes_gives_the_same_bytes(
    sample_files: dict[str, bytes], tmp_path: Path, jobs: int
) -> None:
    root = copy_sample(tmp_path)
    build(load_settings(root / "mkdocs.yml"), jobs=jobs)
    assert files(root / "site") == sample_files


def test_warnings_in_another_process_are_said_here(caplog: pytest.LogCaptureFixture) -> None:
    warn = logging.getLogger("mkdocs.test").warning
    plugin._spread([lambda n=n: warn("page %s", n) for n in range(4)], jobs=2)  # type: ignore[misc]
    assert sorted(caplog.messages) == ["page 0", "page 1", "page 2", "page 3"]


def test_an_error_in_another_process_is_raised_here(tmp_path: Path) -> None:
    (tmp_path / "made").mkdir()

    def task(number: int) -> None:
        if number == 5:
            raise ValueError("five")
        (tmp_path / "made" / str(number)).touch()

    with pytest.raises(ValueError, match="five"):
        plugin._spread([lambda n=n: task(n) for n in range(8)], jobs=2)  # type: ignore[misc]
    plugin._spread([lambda n=n: task(n) for n in range(6, 12)], jobs=4)  # type: ignore[misc]
    assert {"6", "11"} <= {file.name for file in (tmp_path / "made").iterdir()}
