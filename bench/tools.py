"""The programs that are measured, each with a site of its own made of the same papers.

A tool knows how to lay out its site, how to make one of the four changes to it, and which command builds it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench.corpus import ROOT

PEERS = Path(__file__).with_name("peers")
#: Where `make bench` installs the peers.
VENV = Path(__file__).with_name(".venv")

#: What is measured, in this order; each change is made to what the one before has left.
SCENARIOS: Mapping[str, str] = {
    "cold": "cold build",
    "noop": "nothing to do",
    "add": "add a day of 50",
    "edit": "edit one digest",
}


class Tool(ABC):
    """A program and its site below `work`. `corpus` holds digests, `content` the same papers as Markdown."""

    name: str
    #: The largest site that it is asked to build.
    most: int | None = None

    def __init__(self, work: Path, corpus: Path, content: Path) -> None:
        self.root, self.corpus, self.content = work / self.name, corpus, content

    @abstractmethod
    def lay_out(self) -> None:
        """Make a new site with all papers but those that are added later, not built."""

    @abstractmethod
    def add(self) -> None:
        """Add a day."""

    @abstractmethod
    def edit(self) -> None:
        """Change an abstract."""

    @abstractmethod
    def command(self) -> Sequence[str]:
        """What builds the site, in the folder `root`."""

    def environment(self) -> Mapping[str, str]:
        """The environment of the command. Python may keep what it has compiled, as it does wherever it is installed."""
        own = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        return {**own, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(ROOT)}

    @property
    def site(self) -> Path:
        """What is built."""
        return self.root / "site"

    def change(self, scenario: str) -> None:
        """Bring the site's sources to where a build of `scenario` begins."""
        if scenario == "cold":
            shutil.rmtree(self.root, ignore_errors=True)
            self.lay_out()
        elif scenario in ("add", "edit"):
            getattr(self, scenario)()


class Broadsheet(Tool):
    """The program as it stands in this checkout, with all cores."""

    name = "Broadsheet"

    def lay_out(self) -> None:
        """A new site, its sample replaced. It reads the digests as they came."""
        self.root.parent.mkdir(parents=True, exist_ok=True)
        new = [sys.executable, "-m", "generator", "new", str(self.root)]
        subprocess.run(new, check=True, env=self.environment(), stdout=subprocess.DEVNULL)
        shutil.rmtree(self.root / "digests")
        shutil.copytree(self.corpus / "digests", self.root / "digests")

    def add(self) -> None:
        """One more digest."""
        shutil.copytree(self.corpus / "next", self.root / "digests", dirs_exist_ok=True)

    def edit(self) -> None:
        """Another digest in the place of one."""
        shutil.copytree(self.corpus / "edited", self.root / "digests", dirs_exist_ok=True)

    def command(self) -> Sequence[str]:
        """``broadsheet build``."""
        return (sys.executable, "-m", "generator", "build")


class Hugo(Tool):
    """Hugo with the theme in ``peers/hugo``. It is given Markdown, with the topics in its front matter."""

    name = "Hugo"

    def lay_out(self) -> None:
        """The theme, and a page for every paper."""
        shutil.copytree(PEERS / "hugo", self.root)
        shutil.copytree(self.content / "papers", self.root / "content" / "papers")

    def add(self) -> None:
        """Fifty more pages."""
        shutil.copytree(self.content / "next", self.root / "content" / "papers", dirs_exist_ok=True)

    def edit(self) -> None:
        """One page changed."""
        shutil.copytree(self.content / "edited", self.root / "content" / "papers", dirs_exist_ok=True)

    def command(self) -> Sequence[str]:
        """The program itself, without the Python script that starts it."""
        binary = next(VENV.glob("lib/python*/site-packages/hugo/binaries/hugo"), None)
        if binary is None:
            raise FileNotFoundError("bench/.venv: expected the package hugo, found none; run: make bench")
        return (str(binary), "--quiet", "--destination", "site")


class Material(Tool):
    """Stock MkDocs with Material and its plugins search and tags; papers are not in the navigation."""

    name = "Material"
    most = 5000

    def lay_out(self) -> None:
        """The settings, a page for every paper and every day."""
        shutil.copytree(PEERS / "material", self.root)
        shutil.copytree(self.content / "papers", self.root / "docs" / "papers")
        shutil.copytree(self.content / "days", self.root / "docs" / "digests")
        self._lists()

    def add(self) -> None:
        """Fifty more pages and a day."""
        shutil.copytree(self.content / "next", self.root / "docs" / "papers", dirs_exist_ok=True)
        shutil.copytree(self.content / "days-next", self.root / "docs" / "digests", dirs_exist_ok=True)
        self._lists()

    def edit(self) -> None:
        """One page changed."""
        shutil.copytree(self.content / "edited", self.root / "docs" / "papers", dirs_exist_ok=True)

    def _lists(self) -> None:
        """The home page is the newest day; the archive names all."""
        days = sorted((self.root / "docs" / "digests").glob("*.md"))
        newest = days[-1].read_text("utf-8").replace("](../papers/", "](papers/")
        (self.root / "docs" / "index.md").write_text(newest, "utf-8")
        links = "".join(f"- [{day.stem}](digests/{day.name})\n" for day in reversed(days))
        (self.root / "docs" / "archive.md").write_text(f"# Archive\n\n{links}", "utf-8")

    def command(self) -> Sequence[str]:
        """``mkdocs build``."""
        return (str(VENV / "bin" / "mkdocs"), "build", "--quiet")


#: In the order of the tables.
TOOLS: tuple[type[Tool], ...] = (Broadsheet, Hugo, Material)
