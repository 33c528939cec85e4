"""The great property of builds: what a build makes of what the last one left equals what it makes of nothing.

Random histories (`tests.histories`) are written as files and built after every change, in place; beside it a cold
build is made of the same inputs. Every file of ``docs/`` and the site, the record of addresses, and what was refused
must be the same. Beside digests everything else changes too: hand-written pages, templates, settings, the vocabulary,
files that somebody deletes, and builds that are interrupted somewhere.

    python -m tests.incremental 500 --jobs 2
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from random import Random

import yaml

from generator.artifact import GIVING_WAY
from generator.build import build
from generator.edits import key_for
from generator.errors import BroadsheetError
from generator.exports.markdown import write_digest
from generator.model import Record, Source
from generator.settings import load_settings
from tests.histories import History

CONFIG = """\
site_name: Test site
site_url: https://example.org/papers/
use_directory_urls: false
plugins: []
theme: {{name: null, custom_dir: theme, static_templates: [404.html, sitemap.xml]}}
markdown_extensions: [attr_list, tables, toc]
nav: [{{Latest: index.md}}, archive/index.md, {{Guide: [{guide}]}}]
not_in_nav: '*'
extra:
  broadsheet: {{page_size: {size}, author_papers: {authors}, keyword_papers: 2, vocabulary: topics.yml, card: {card}}}
"""
#: A theme that shows all that pages are made of, and is quick.
TEMPLATE = """\
<title>{{ page.title }}</title>{% for item in nav %}{{ item.title }} {{ item.url | url }} {{ item.active }}{% endfor %}
{{ page.meta }}{{ page.canonical_url }}{{ base_url }}
{{ page.content }}
"""
TEMPLATES = (
    "main",
    "home",
    "day",
    "list",
    "paper",
    "archive",
    "directory",
    "account",
    "search",
    "forward",
    "retired",
)
SOURCES = (
    Source("daily", "Daily"),
    Source("lab", "Lab", "https://lab.example.org/"),
    Source("club", "The club"),
)
TOPICS = ("A:\n  Subjects: [subject]\n  Numbers: [number]\n", "A:\n  Subjects: [subject, length]\n")
#: How a history may end a step that is refused.
_STEPS = 9


class Interrupted(BaseException):
    """Stands for the end of the process in the middle of a build."""


def contents(root: Path) -> dict[str, bytes]:
    """What a build has made below a site's folder."""
    files = (path for top in ("docs", "site") for path in sorted((root / top).rglob("*")) if path.is_file())
    found = {path.relative_to(root).as_posix(): path.read_bytes() for path in files}
    record = root / "permalinks.txt"
    return found | ({"permalinks.txt": record.read_bytes()} if record.exists() else {})


def answer(day: date, records: Sequence[Record]) -> str:
    """The records as an answer of Hugging Face's API: of several days, unless they are few."""
    listed = ((day - timedelta(int(record.summary or 0) % 4), record) for record in records)
    papers = [
        {
            "id": record.arxiv_id,
            "title": record.title,
            "summary": record.abstract,
            "authors": [{"name": author} for author in record.authors],
            "ai_summary": record.summary,
            "ai_keywords": record.keywords,
            "submittedOnDailyAt": f"{own}T03:00:00.000Z",
        }
        for own, record in listed
    ]
    return json.dumps([{"paper": paper} for paper in papers])


@dataclass
class Site:
    """A site on the disk that follows a history."""

    root: Path
    seed: int
    history: History = field(init=False)
    done: list[str] = field(default_factory=list)
    faults: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.history = History(self.seed, shared=self.seed % 3 == 0)
        self.dice = Random(self.seed)  # noqa: S311 - not for secrets
        self.options = {"size": 2, "authors": 2, "guide": "guide.md"}
        self.options["card"] = str(self.seed % 4 == 0).lower()  # drawing it takes as long as all the rest
        self.sources = self.dice.sample(SOURCES, self.dice.randint(1, 3))
        for name in ("digests", "docs", "theme"):
            (self.root / name).mkdir(parents=True)
        for name in TEMPLATES:
            (self.root / f"theme/{name}.html").write_text(f"<!-- {name} -->{TEMPLATE}")
        (self.root / "theme/404.html").write_text("nothing here {{ nav | length }}")
        (self.root / "theme/sitemap.xml").write_text("")
        (self.root / "topics.yml").write_text(TOPICS[0])
        (self.root / "docs/guide.md").write_text("# A guide\n\n[Latest](index.md)\n")
        self.configure()

    def configure(self) -> None:
        """Write the settings."""
        (self.root / "mkdocs.yml").write_text(CONFIG.format(**self.options))

    def write_digests(self) -> None:
        """Bring the folder of digests to where the history is."""
        folder = self.root / "digests"
        wanted = {}
        for path, (day, records) in self.history.digests.items():
            place = int(path.removesuffix(".md").rpartition("-")[2].lstrip("r"))
            source = self.sources[place % len(self.sources)]
            if place % 7 == 3:
                source = replace(source, name=source.name.upper())
            words = ("subject", "length", "rare", "Deep Learning")
            listed = [
                replace(r, tags=(words[int(r.summary) % 4],), keywords=(f"k{int(r.summary) % 5}", "number"))
                for r in records
            ]
            if place % 4 == 1:
                text = answer(day, listed)
            else:
                intro = "*Hello*" if place % 5 == 0 else ""
                text = write_digest(day, listed, source=source, introduction=intro)
            wanted[f"d{path.rpartition('-')[2]}"] = text.encode()
        for file in folder.iterdir():
            if file.name not in wanted:
                file.unlink()
        for name, data in wanted.items():
            file = folder / name
            if not file.exists() or file.read_bytes() != data:
                file.write_bytes(data)

    # What may happen besides

    def disturb(self) -> str:  # noqa: C901 - a table of what may happen
        """Change something else than a digest, or nothing; gives its name."""
        pick = self.dice
        name = pick.choice(
            ["nothing"] * 6
            + ["editors"] * 3
            + ["guide", "new page", "no page", "template", "size", "authors", "topics", "touch"]
            + [
                "lose a page",
                "lose a source",
                "lose a folder",
                "stranger",
                "edit",
                "lose the cache",
                "nav",
                "link",
                "give way",
                "give way",
            ]
        )
        made = [path for path in sorted((self.root / "site").rglob("*/*.html")) if path.is_file()]
        sources = [
            path for path in sorted((self.root / "docs").rglob("*.md")) if path.parent != self.root / "docs"
        ]
        match name:
            case "guide":
                (self.root / "docs/guide.md").write_text(f"# A guide {pick.random()}\n\n[Latest](index.md)\n")
            case "new page":
                (self.root / "docs/more.md").write_text(f"# More {pick.random()}\n")
            case "no page":
                (self.root / "docs/more.md").unlink(missing_ok=True)
            case "template":
                place = self.root / f"theme/{pick.choice(TEMPLATES)}.html"
                place.write_text(f"{place.read_text()}<!-- {pick.random()} -->")
            case "size" | "authors":
                self.options[name] = pick.randint(1, 4)
                self.configure()
            case "nav":
                self.options["guide"] = pick.choice(["guide.md", "{Help: guide.md}"])
                self.configure()
            case "link":
                papers = [path.name for path in sources if path.parent.name == "papers"] or ["none.md"]
                (self.root / "docs/guide.md").write_text(f"# Guide\n\n[One](papers/{pick.choice(papers)})\n")
            case "editors":
                self.say()
            case "give way":
                place = self.root / "docs" / pick.choice(GIVING_WAY)
                if place.exists():
                    place.unlink()
                else:
                    place.parent.mkdir(parents=True, exist_ok=True)
                    place.write_text(f"By hand {pick.random()}")
            case "topics":
                (self.root / "topics.yml").write_text(pick.choice(TOPICS))
            case "touch":
                for file in (self.root / "digests").iterdir():
                    os.utime(file, (pick.randrange(10**9), pick.randrange(10**9)))
            case "lose a page" if made:
                pick.choice(made).unlink()
            case "lose a source" if sources:
                pick.choice(sources).unlink()
            case "lose a folder" if made:
                shutil.rmtree(
                    pick.choice([self.root / "site", self.root / "docs/papers", self.root / "site/papers"])
                )
            case "stranger" if made:
                (pick.choice(made).parent / "stranger.html").write_text("who am I?")
            case "edit" if made:
                place = pick.choice(made)
                place.unlink()
                place.write_text("changed")
            case "lose the cache":
                shutil.rmtree(self.root / ".broadsheet", ignore_errors=True)
        return name

    def say(self) -> None:
        """Let the editors say something of some papers, by keys and identifiers, or of none that there is."""
        pick = self.dice
        keys = [path.stem for path in sorted((self.root / "site/papers").glob("*.html"))]
        named = [r.arxiv_id or r.doi for _, records in self.history.digests.values() for r in records]
        known = [*keys, *filter(None, named), "2512.99999", "no-such-paper-0a1b2c"]
        said: dict[str, dict[str, object]] = {}
        for key in pick.sample(known, min(len(known), pick.randint(0, 4))):
            options: dict[str, object] = {
                "title": f"Title {pick.randint(0, 3)} by the editors",
                "tags": ["favourite", "Subjects"][: pick.randint(1, 2)],
                "summary": "In short.",
                "note": "*See* it.",
                "pin": pick.random() < 0.7,
                "hide": pick.random() < 0.7,
            }
            said[key] = {name: options[name] for name in pick.sample([*options], pick.randint(1, 3))}
        unique = {key_for(key): (key, options) for key, options in said.items()}
        entries = dict(unique.values())
        (self.root / "papers.yml").write_text(yaml.safe_dump(entries, sort_keys=False))

    # Building

    def outcome(self, root: Path) -> list[str]:
        """Build; gives what it said."""
        try:
            report = build(load_settings(root / "mkdocs.yml"))
        except BroadsheetError as error:
            return sorted(map(str, error.problems))
        return [
            *report.lines()[:1],
            *sorted(map(str, (*report.refusals, *report.notes))),
            *sorted(report.warnings),
        ]

    def cold(self) -> tuple[list[str], dict[str, bytes]]:
        """What a build of nothing but the inputs says and makes."""
        with tempfile.TemporaryDirectory() as folder:
            other = Path(folder) / self.root.name
            for part in ("digests", "theme"):
                shutil.copytree(self.root / part, other / part)
            for part in (
                "mkdocs.yml",
                "topics.yml",
                "papers.yml",
                "permalinks.txt",
                "docs/guide.md",
                "docs/more.md",
                *(f"docs/{path}" for path in GIVING_WAY),
            ):
                if (self.root / part).exists():
                    (other / part).parent.mkdir(parents=True, exist_ok=True)
                    shutil.copy(self.root / part, other / part)
            return self.outcome(other), contents(other)

    def interrupt(self, patch: Callable[[str, object], None]) -> None:
        """Begin a build and end it somewhere."""
        left = self.dice.randint(1, 40)
        replaced = Path.replace

        def dying(path: Path, target: Path) -> Path:
            nonlocal left
            left -= 1
            if left < 0:
                raise Interrupted
            return replaced(path, target)

        patch("replace", dying)
        try:
            self.outcome(self.root)
        except Interrupted:
            self.done.append("interrupted")
        finally:
            patch("replace", replaced)

    def step(self, number: int, patch: Callable[[str, object], None]) -> None:
        """Change, build, compare."""
        before = {path: (day, [*records]) for path, (day, records) in self.history.digests.items()}
        self.done = [self.history.change(number)]
        if self.dice.random() < 0.1:
            self.done.append(self.history.change(number + 100))
        self.write_digests()
        self.done.append(self.disturb())
        if self.dice.random() < 0.25:
            self.interrupt(patch)
            if self.dice.random() < 0.3:  # and what was to be built is taken back
                self.history.digests = before
                self.write_digests()
                self.done.append("taken back")
        self.compare()
        record = self.root / "permalinks.txt"
        if self.refused:
            if self.dice.random() < 0.5 or not record.exists():
                self.history.digests = before
                self.write_digests()
            else:
                gone = (line.partition(":")[0] for line in self.refused)
                with record.open("a") as stream:
                    stream.writelines(f"retired {address}\n" for address in gone)
            self.done.append("answered")
            self.compare()

    def compare(self) -> None:
        """Build, and build cold; both must come to the same."""
        said, made = self.cold()
        self.refused = [line for line in said if "published address" in line]
        found = self.outcome(self.root)
        if found != said:
            self.faults[f"says otherwise: {self.done}: {set(found) ^ set(said)}"] += 1
        if self.refused:
            return
        now = contents(self.root)
        for name in sorted(now.keys() | made.keys()):
            if now.get(name) != made.get(name):
                kind = "missing" if name not in now else "too much" if name not in made else "differs"
                self.faults[f"{kind}: {name} after {self.done}"] += 1


def run(seed: int, steps: int = _STEPS) -> Counter[str]:
    """Live through a history; gives what went wrong."""
    with tempfile.TemporaryDirectory() as folder:
        site = Site(Path(folder) / "root", seed)
        for number in range(steps):
            site.step(number, partial(setattr, Path))
            if site.faults:
                return site.faults
        return site.faults


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m tests.incremental", description="Try many histories.")
    parser.add_argument("histories", type=int)
    parser.add_argument("--first", type=int, default=0, help="the seed of the first")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    asked = parser.parse_args()
    seeds = range(asked.first, asked.first + asked.histories)
    bad = 0
    with ProcessPoolExecutor(asked.jobs) as pool:
        for seed, faults in zip(seeds, pool.map(run, seeds), strict=True):
            bad += bool(faults)
            for fault in [*faults][:5]:
                sys.stdout.write(f"{seed}: {fault}\n")
                sys.stdout.flush()
    sys.stdout.write(f"{asked.histories} histories of {_STEPS} steps, {bad} with a difference\n")
    sys.exit(bad > 0)


if __name__ == "__main__":
    main()
