"""Builds that are killed at any moment, as by a power cut or a runner out of time.

After every kill, as the site stands: each page is whole, every published address has its file, and who follows links
from the home page meets none that leads nowhere. After the build that follows: the site, ``docs/`` and the record are
what a cold build of the same inputs makes.

    python -m tests.kills 200
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from random import Random
from urllib.parse import unquote, urlsplit

from generator import permalinks
from tests.incremental import contents
from tests.site import links
from tests.site.conftest import MKDOCS, ROOT

#: Digests that a site begins with, of those of the repository.
_DIGESTS = 4
#: Builds between two comparisons with a cold one.
_OFTEN = 5
#: How a whole page ends: the end tags of HTML's outermost elements may be left out.
_ENDS = (b"</footer>", b"</script>", b"</main>", b"</html>")


class Site:
    """A site whose builds are killed."""

    def __init__(self, root: Path, seed: int) -> None:
        self.root, self.dice = root, Random(seed)  # noqa: S311 - not for secrets
        self.faults: Counter[str] = Counter()
        self.waiting = sorted((ROOT / "digests").glob("*.json"))
        for name in ("digests", "docs", "theme_overrides/partials"):
            (root / name).mkdir(parents=True)
        (root / "mkdocs.yml").write_text(MKDOCS)
        for _ in range(_DIGESTS):
            self.add()
        self.longest = self.build()

    def add(self) -> None:
        """Another digest."""
        if self.waiting:
            file = self.waiting.pop(self.dice.randrange(len(self.waiting)))
            shutil.copy(file, self.root / "digests")

    def change(self) -> str:
        """Change something that a build follows, or that concerns every page; gives its name."""
        pick = self.dice
        name = pick.choice(
            ["add", "add", "edit", "edit", "edit", "reorder", "remove", "template", "guide", "nothing"]
        )
        files = sorted((self.root / "digests").glob("*.json"))
        file = pick.choice(files)
        listed = json.loads(file.read_text())
        if name == "add":
            self.add()
        elif name == "edit":
            items = [item for item in listed if isinstance(item, dict)]
            for item in pick.sample(items, min(1, len(items))):
                item["title"] = item["paper"]["title"] = f"{item['paper']['title']} {pick.randrange(10)}"
            file.write_text(json.dumps(listed))
        elif name == "reorder":
            pick.shuffle(listed)
            file.write_text(json.dumps(listed))
        elif name == "remove" and len(files) > 2:
            # What only this digest lists is withdrawn: its papers, and its day if no other digest is of it.
            file.unlink()
            self.retire()
        elif name == "template":
            (self.root / "theme_overrides/partials/extra-head.html").write_text(f"<!-- {pick.random()} -->")
        elif name == "guide":
            (self.root / "docs/guide.md").write_text(f"# Guide {pick.random()}\n\n[Latest](index.md)\n")
        return name

    def retire(self) -> None:
        """Withdraw every address that a build would refuse to break."""
        done = self.run("check")
        gone = [line.partition(":")[0] for line in done.stderr.splitlines() if "published address" in line]
        with (self.root / "permalinks.txt").open("a") as stream:
            stream.writelines(f"retired {address}\n" for address in gone)

    def run(self, command: str, root: Path | None = None) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        return subprocess.run(
            [sys.executable, "-m", "generator", command, "--jobs", "2"],
            cwd=root or self.root,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
        )

    def build(self) -> float:
        """Build; gives how long it took."""
        begun = time.monotonic()
        done = self.run("build")
        if done.returncode:
            self.faults[f"a build fails: {done.stderr[-300:]}"] += 1
        return time.monotonic() - begun

    def kill(self) -> bool:
        """Begin a build and kill it; says whether it was still at work."""
        child = subprocess.Popen(
            [sys.executable, "-m", "generator", "build", "--jobs", "2"],
            cwd=self.root,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            child.wait(self.dice.uniform(0.2, self.longest))
        except subprocess.TimeoutExpired:
            child.send_signal(signal.SIGKILL)
            child.wait()
            return True
        return False

    def look(self, after: str) -> None:
        """Look at the site as it stands."""
        site = self.root / "site"
        for page in site.rglob("*.html"):
            if not page.name.startswith(".") and not page.read_bytes().rstrip().endswith(_ENDS):
                self.faults[f"half of a page: {page.name} after {after}"] += 1
        for address in permalinks.load(self.root / "permalinks.txt").clues:
            if not (site / address).is_file():
                self.faults[f"a lost address: {address} after {after}"] += 1
        waiting, seen = [site / "index.html"], {site / "index.html"}
        while waiting:
            page = waiting.pop()
            for target in links.parse(page).targets:
                parts = urlsplit(target)
                if parts.scheme or parts.netloc or not parts.path:
                    continue
                to = (page.parent / unquote(parts.path)).resolve()
                if not to.is_file():
                    self.faults[f"a broken link: {page.name} to {target} after {after}"] += 1
                elif to.suffix == ".html" and to not in seen:
                    seen.add(to)
                    waiting.append(to)

    def compare(self, after: str) -> None:
        """Compare with a cold build."""
        with tempfile.TemporaryDirectory() as folder:
            other = Path(folder) / self.root.name
            for part in ("digests", "theme_overrides"):
                shutil.copytree(self.root / part, other / part)
            for part in ("mkdocs.yml", "permalinks.txt", "docs/guide.md"):
                if (self.root / part).exists():
                    (other / part).parent.mkdir(exist_ok=True)
                    shutil.copy(self.root / part, other / part)
            self.run("build", other)
            now, cold = contents(self.root), contents(other)
            for name in sorted(now.keys() | cold.keys()):
                if now.get(name) != cold.get(name):
                    self.faults[f"{name} is not what a cold build makes, after {after}"] += 1


def run(kills: int, seed: int) -> tuple[int, Counter[str]]:
    """Kill builds until so many were at work; gives how many others ended before, and what went wrong."""
    with tempfile.TemporaryDirectory() as folder:
        site = Site(Path(folder).resolve() / "root", seed)
        killed = ended = 0
        after: list[str] = []
        while killed < kills and not site.faults:
            after = [*after[-3:], site.change()]
            if site.kill():
                killed += 1
                after.append("killed")
            else:
                ended += 1
            site.look(" ".join(after))
            if site.dice.random() < 0.5:
                site.build()
                site.look(" ".join(after))
                if (killed + ended) % _OFTEN == 0:
                    site.compare(" ".join(after))
        site.build()
        site.compare(" ".join(after))
        return ended, site.faults


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m tests.kills", description="Kill builds and look.")
    parser.add_argument("kills", type=int)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    ended, faults = run(asked.kills, asked.seed)
    for fault, times in [*faults.items()][:20]:
        sys.stdout.write(f"{times} times: {fault}\n")
    sys.stdout.write(f"{asked.kills} builds killed, {ended} ended before, {sum(faults.values())} faults\n")
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
