"""The README and the guide, as they are read in a clone or on the site of its code."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.packaging.conftest import ROOT

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs" / "guide").rglob("*.md"))]
_LINK = re.compile(r"\]\(([^()\s]+)\)")
_FENCED = re.compile(r"^( *)(```|~~~).*?^\1\2|`[^`\n]+`", re.MULTILINE | re.DOTALL)

by_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())


def links(page: Path) -> Iterator[str]:
    for target in _LINK.findall(_FENCED.sub("", page.read_text("utf-8"))):
        if not target.startswith(("http://", "https://")):
            yield target


def ignored(path: Path) -> bool:
    command = ["git", "check-ignore", "--quiet", path.relative_to(ROOT).as_posix()]
    return subprocess.run(command, cwd=ROOT, check=False).returncode == 0


@by_page
def test_every_link_leads_to_a_file_that_is_kept(page: Path) -> None:
    """Not to one that a build makes: such a link is dead before the first build, and wherever code is read."""
    for target in links(page):
        name, _, anchor = target.partition("#")
        file = (page.parent / name).resolve() if name else page
        assert file.is_file(), target
        assert not ignored(file), target
        if anchor:
            assert anchor in anchors(file), target


def anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ +(.+)$", _FENCED.sub("", page.read_text("utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\s-]", "", heading).strip().lower().replace(" ", "-") for heading in headings}


def test_nobody_is_sent_to_an_index_that_lacks_the_package() -> None:
    for page in PAGES:
        assert not re.search(r"pip install (?:\S+ )*broadsheet", page.read_text("utf-8")), page.name
