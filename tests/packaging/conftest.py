"""A wheel built once, and a bare environment that it is installed into once."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
#: What of the repository makes the wheel and the sdist.
PARTS = (
    "generator",
    "theme_overrides",
    "docs/guide",
    "tests",
    "requirements",
    "pyproject.toml",
    "package.json",
    "package-lock.json",
    "LICENSE",
    "README.md",
    "CHANGELOG.md",
    "Makefile",
    ".ci",
    ".gitignore",
    "mkdocs.yml",
)


@pytest.fixture(scope="session")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the sdist of this checkout, built from a copy of its sources."""
    source = tmp_path_factory.mktemp("source")
    for part in PARTS:
        place = ROOT / part
        if place.is_dir():
            shutil.copytree(place, source / part, ignore=shutil.ignore_patterns("__pycache__"))
        elif place.exists():
            shutil.copy(place, source / part)
    target = tmp_path_factory.mktemp("dist")
    # The wheel is made from the sdist: so the sdist is whole.
    call(sys.executable, "-m", "build", "--no-isolation", "--outdir", target, source, cwd=source)
    return target


@dataclass(frozen=True)
class Bare:
    """A virtual environment with nothing in it but pip, and what it takes to find the wheel from there."""

    folder: Path
    environment: Mapping[str, str]

    def run(self, *command: str | Path, cwd: Path) -> str:
        """Run a command there; give what it printed."""
        return call(*command, cwd=cwd, environment=self.environment)


@pytest.fixture(scope="session")
def bare(dist: Path, tmp_path_factory: pytest.TempPathFactory) -> Bare:
    """An environment that has nothing but pip at first; other packages come in the versions of the lock."""
    folder = tmp_path_factory.mktemp("bare") / "venv"
    call(sys.executable, "-m", "venv", folder, cwd=folder.parent)
    constraints = folder / "constraints.txt"
    lock = (ROOT / "requirements" / "run.txt").read_text("utf-8")
    constraints.write_text("\n".join(re.findall(r"^[a-z0-9_.-]+==[^\s\\]+", lock, re.MULTILINE)))
    left_out = ("PYTHONPATH", "VIRTUAL_ENV", "SITE_URL", "SOURCE_DATE_EPOCH")
    environment = {name: value for name, value in os.environ.items() if name not in left_out} | {
        "PATH": f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "PIP_CONSTRAINT": str(constraints),
        "PIP_FIND_LINKS": f"{dist} {os.environ.get('PIP_FIND_LINKS', '')}".strip(),
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        # Git as it is on a machine that nobody has set up.
        "HOME": str(tmp_path_factory.mktemp("home")),
        "PIP_CACHE_DIR": os.environ.get("PIP_CACHE_DIR", str(Path.home() / ".cache" / "pip")),
        "GIT_CONFIG_NOSYSTEM": "1",
    }
    return Bare(folder, environment)


def call(*command: str | Path, cwd: Path, environment: Mapping[str, str] | None = None) -> str:
    """Run a command that must succeed; give all that it printed."""
    done = subprocess.run(
        [*map(str, command)],
        cwd=cwd,
        env=dict(environment) if environment is not None else None,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, f"{' '.join(map(str, command))}\n{done.stdout}"
    return done.stdout
