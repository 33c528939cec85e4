"""The plugin makes a build faster, and never changes its bytes."""

from __future__ import annotations

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
    "text that snippets add": ("  - toc", "  - toc\n  - abbr\n  - pymdownx.snippets"),
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


@pytest.mark.parametrize("jobs", [1, 3])
def test_any_number_of_processes_gives_the_same_bytes(
    sample_files: dict[str, bytes], tmp_path: Path, jobs: int
) -> None:
    root = copy_sample(tmp_path)
    build(load_settings(root / "mkdocs.yml"), jobs=jobs)
    assert files(root / "site") == sample_files


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
