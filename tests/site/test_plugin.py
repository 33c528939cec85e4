"""The quick way to pages makes a build faster, and never changes its bytes."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.artifact import GIVING_WAY
from generator.build import build
from generator.plugin import is_unused
from generator.renderer import Ready, Templates
from generator.settings import load_settings
from tests.site.conftest import copy_sample, write_digest
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

    monkeypatch.setattr(Templates, "html", refuse)
    root = copy_sample(tmp_path)
    config = root / "mkdocs.yml"
    config.write_text(config.read_text().replace(*CHANGES[change]))
    report = build(load_settings(config))
    made = files(root / "site")
    assert {name: made[name] for name in made if not is_unused(name)} == sample_files
    assert report.files
    assert (report.files.written, report.files.unchanged) == (len(made), 0)


def test_files_of_ones_own_are_published_whatever_their_names(make_site: Callable[..., Path]) -> None:
    root = make_site(one=TEXT)
    own = [
        "assets/javascripts/workers/own.js",
        "assets/javascripts/lunr/own.js",
        "assets/stylesheets/own.css.map",
    ]
    for folder, names in (("docs", own), ("theme_overrides", ["assets/javascripts/mine.js.map"])):
        for name in names:
            (root / folder / name).parent.mkdir(parents=True, exist_ok=True)
            (root / folder / name).write_text("mine")
    build(load_settings(root / "mkdocs.yml"))
    made = files(root / "site")
    assert {name for name in made if is_unused(name)} == {*own, "assets/javascripts/mine.js.map"}


def test_options_of_code_alone_leave_the_quick_way_open(
    sample_files: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    original = Templates.html

    def count(templates: Templates, ready: Ready) -> tuple[bytes, tuple[str, ...]]:
        made.append(ready.path)
        return original(templates, ready)

    monkeypatch.setattr(Templates, "html", count)
    root = copy_sample(tmp_path)
    config = root / "mkdocs.yml"
    options = "  - pymdownx.highlight:\n      use_pygments: true"
    config.write_text(config.read_text().replace("  - pymdownx.highlight", options))
    build(load_settings(config))
    assert len(made) > 300
    assert files(root / "site") == sample_files


TEXT = "---\ndate: 2025-03-14\n---\n\n## A Study of LLM\n\nAn LLM, `code` and more.\n"
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
    root = make_site(one=TEXT, two=TEXT.replace("14", "15").replace("Study", "Story"))
    config = root / "mkdocs.yml"
    config.write_text(config.read_text().replace("[attr_list, tables, toc]", extensions))
    (root / "docs").mkdir()
    (root / "docs/abbr.txt").write_text("*[LLM]: large language model\n")
    mine = "# Mine\n\n| a | b |\n|:--|--:|\n| 1 | 2 |\n\n```python\nprint()\n```\n"
    (root / "docs/mine.md").write_text(mine)
    monkeypatch.chdir(root)  # snippets are looked for from here
    assert_as_mkdocs_alone(root)


def test_a_site_without_a_navigation_is_what_mkdocs_alone_gives(make_site: Callable[..., Path]) -> None:
    """It shows all pages on every page; and it follows changes."""
    root = make_site(one=TEXT)
    config = root / "mkdocs.yml"
    lines = config.read_text().splitlines(keepends=True)
    config.write_text("".join(line for line in lines if not line.startswith(("nav:", "not_in_nav:"))))
    for name, text in (("one", TEXT), ("two", TEXT.replace("14", "15").replace("Study", "Story"))):
        write_digest(root, name, text)
        assert_as_mkdocs_alone(root)


def assert_as_mkdocs_alone(root: Path) -> None:
    """Build with several processes, and by MkDocs alone."""
    build(load_settings(root / "mkdocs.yml"), jobs=2)
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--clean", "--site-dir", "alone"]
    environment = os.environ | {"SOURCE_DATE_EPOCH": "1742000000", "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    ours, alone = files(root / "site"), files(root / "alone")
    assert {name for name in alone.keys() - ours.keys() if not is_unused(name)} == set()
    assert {name for name in alone.keys() & ours if ours[name] != alone[name]} <= {
        "sitemap.xml",
        "sitemap.xml.gz",
    }
    more = ours.keys() - alone.keys() - {*GIVING_WAY}
    assert {name.rpartition("/")[0] for name in more} == {"archive", "digests", "tags"}


def command(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Build in a Python of its own, which has no threads and so may fork."""
    line = [sys.executable, "-m", "generator", "build", *arguments]
    return subprocess.run(line, cwd=root, capture_output=True, text=True, check=False)


def test_any_number_of_processes_gives_the_same_bytes(sample_files: dict[str, bytes], tmp_path: Path) -> None:
    root = copy_sample(tmp_path)
    for jobs in ("3", "1"):
        done = command(root, "--jobs", jobs, "--clean")
        assert (done.returncode, done.stderr) == (0, "")
        assert files(root / "site") == sample_files


WARN = """
import logging, sys
from generator import cli, renderer
page_of = renderer.Templates._page
def warns(templates, ready):
    if ready.path.startswith(("digests/", "tags/l")):
        logging.getLogger("mkdocs.test").warning("look at %s", ready.path)
    return page_of(templates, ready)
renderer.Templates._page = warns
cli.main(sys.argv[1:])
"""


def test_warnings_in_another_process_are_said_here(make_site: Callable[..., Path]) -> None:
    root = make_site(one=TEXT, two=TEXT.replace("14", "15").replace("Study", "Story"))
    expected = [f"digests/2025-03-{day}.md" for day in (14, 15)] + ["tags/large-language-models.md"]
    for jobs in ("1", "3"):
        line = [sys.executable, "-c", WARN, "build", "--clean", "--jobs", jobs]
        done = subprocess.run(line, cwd=root, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        assert done.stderr.splitlines() == [f"warning: look at {path}" for path in expected]
    assert command(root).stderr == done.stderr, "what stands is warned about again"
    strict = command(root, "--strict")
    assert strict.returncode == 1
    assert [path for path in expected if path not in strict.stderr] == []
    write_digest(root, "two", TEXT.replace("14", "15").replace("Study", "Story").replace("more", "less"))
    assert command(root).stderr.splitlines() == [f"warning: look at {expected[0]}"], "the others are mended"


def test_an_error_in_another_process_is_raised_here(make_site: Callable[..., Path]) -> None:
    root = make_site(one=TEXT, two=TEXT.replace("14", "15").replace("Study", "Story"))
    assert command(root, "--jobs", "3").returncode == 0
    good = files(root / "site")
    (root / "theme_overrides").mkdir()
    (root / "theme_overrides/paper.html").write_text("{{ page.meta.nothing.at.all }}")
    said = set()
    for jobs in ("1", "3"):
        done = command(root, "--jobs", jobs)
        assert done.returncode == 1
        assert "UndefinedError" in done.stderr
        assert "Traceback" not in done.stderr
        assert files(root / "site") == good
        said.add(done.stderr)
    assert len(said) == 1


def test_a_build_in_a_process_with_threads_forks_nothing(
    make_site: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a preview does: it would wait for a lock for ever."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a process with threads was forked")

    monkeypatch.setattr("generator.processes.ProcessPoolExecutor", refuse)
    root, waiting = make_site(one=TEXT, two=TEXT.replace("14", "15")), threading.Event()
    thread = threading.Thread(target=waiting.wait)
    thread.start()
    try:
        build(load_settings(root / "mkdocs.yml"), jobs=4)
    finally:
        waiting.set()
        thread.join()
    assert "digests/2025-03-15.html" in files(root / "site")
