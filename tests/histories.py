"""Random histories of an archive: digests added, edited, renamed and removed, with the truth about every record known.

Each record carries in `summary` the number of the work that it truly is. A history is replayed against the record of
addresses, and after every build the promise is checked: an address once published shows its own work, or leads to a
page that does, or was retired.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from generator import permalinks
from generator.errors import PermalinkError
from generator.model import Paper, Record
from generator.permalinks import Outcome, Permalinks
from tests.builders import digest, merged, record

#: Titles that works share, in histories that mean harm.
SHARED = ["Preface", "Editorial", "Deep Learning", "A Survey of Everything", "Attention Is All You Need Now"]
PLACEHOLDER = "No abstract available."


@dataclass(frozen=True)
class Truth:
    """A work as it really is."""

    number: int
    title: str
    abstract: str
    authors: tuple[str, ...]

    @property
    def arxiv(self) -> str:
        return f"2501.{10000 + self.number}"

    @property
    def doi(self) -> str:
        return f"10.1000/w{self.number}"


Papers = dict[str, Paper]


def reconciled(known: Permalinks, papers: Papers) -> Outcome:
    """What becomes of published addresses."""
    pages = {paper.address: paper.clues for paper in papers.values()}
    aliases = {f"papers/{alias}.html": paper.address for paper in papers.values() for alias in paper.aliases}
    return permalinks.reconcile(known, pages, aliases, pages)


@dataclass
class History:
    """One archive through time. `faults` counts what must not happen, by what was done when it did."""

    seed: int
    shared: bool = False
    text: str = ""
    works: list[Truth] = field(default_factory=list)
    digests: dict[str, tuple[date, list[Record]]] = field(default_factory=dict)
    owners: dict[str, set[int]] = field(default_factory=dict)
    faults: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.random = Random(self.seed)  # noqa: S311 - not for secrets

    def run(self, steps: int) -> Counter[str]:
        """Change and build, so many times."""
        for step in range(steps):
            before = {path: (day, [*records]) for path, (day, records) in self.digests.items()}
            done = self.change(step)
            self.build(done, before)
        return self.faults

    # What a curator does

    def change(self, step: int) -> str:
        """Do one thing; gives its name."""
        names = ["add", "add", "backfill", "remove", "rename", "reorder", "edit", "edit", "edit"]
        name = self.random.choice(names) if self.digests else "add"
        if name in ("add", "backfill"):
            day = date(2025, 6, 1) + timedelta(days=step if name == "add" else -step)
            self.digests[f"digests/{day}-{step}.md"] = (
                day,
                [self.listed() for _ in range(self.random.randint(1, 3))],
            )
            return name
        path = self.random.choice([*self.digests])
        day, records = self.digests.pop(path)
        if name == "rename":
            day += timedelta(days=self.random.randint(-5, 5))
            path = f"digests/{day}-r{step}.md"
        elif name == "reorder":
            self.random.shuffle(records)
        elif name == "edit":
            place = self.random.randrange(len(records))
            records[place], name = self.edited(records[place])
        if name != "remove":
            self.digests[path] = (day, records)
        return name

    def listed(self) -> Record:
        """A work, new or known, as some list gives it."""
        pick = self.random
        if not self.works or pick.random() < 0.6:
            self.works.append(self.new_work(len(self.works)))
            work = self.works[-1]
        else:
            work = pick.choice(self.works)
        known = pick.choice(["", "", "arxiv", "doi", "arxiv doi"])
        return record(
            work.title,
            abstract=work.abstract if self.shared or pick.random() < 0.8 else "",
            authors=work.authors if self.shared or pick.random() < 0.6 else (),
            arxiv_id=work.arxiv if "arxiv" in known else None,
            doi=work.doi if "doi" in known else None,
            summary=str(work.number),
        )

    def new_work(self, number: int) -> Truth:
        pick = self.random
        title = f"On the subject number {number} at length"
        if self.shared and pick.random() < 0.5:
            title = pick.choice(SHARED)
        text = " ".join(f"w{number}x{place}" for place in range(20))
        author = f"Ada Fam{chr(97 + number % 26)}{chr(97 + number // 26 % 26)}"
        if self.shared:  # every record tells its work from others of the title, by its text or by its author
            return Truth(
                number, title, *pick.choice([(text, ()), (text, (author,)), (PLACEHOLDER, (author,))])
            )
        return Truth(number, title, pick.choice(["", text]), pick.choice([(), (author,)]))

    def edited(self, old: Record) -> tuple[Record, str]:
        """A record with one thing corrected, for better or worse."""
        work = self.works[int(old.summary)]
        name = self.random.choice(
            ["gain id", "lose id", "retitle", "abstract", "authors", "wrong id", "right id"]
        )
        changes: dict[str, dict[str, object]] = {
            "gain id": {"arxiv_id": work.arxiv},
            "lose id": {"arxiv_id": None, "doi": None},
            "retitle": {"title": f"{old.title} corrected"},
            "abstract": {"abstract": f"{old.abstract} Now with a last sentence."},
            "authors": {"authors": work.authors},
            "wrong id": {"arxiv_id": f"2502.{20000 + work.number * 10 + self.random.randint(0, 9)}"},
            "right id": {"arxiv_id": work.arxiv},
        }
        return replace(old, **changes[name]), name  # type: ignore[arg-type]

    # What a build does

    def plan(self) -> tuple[Papers, Outcome]:
        """What a build would make of the digests and the record as they are."""
        known = permalinks.parse(self.text)
        listed = (digest(*records, day=str(day), path=path) for path, (day, records) in self.digests.items())
        papers = merged(listed, known)
        return papers, reconciled(known, papers)

    def build(self, done: str, before: dict[str, tuple[date, list[Record]]]) -> None:
        """Build; where the build stops, undo or retire. Then look."""
        try:
            papers, outcome = self.plan()
        except PermalinkError as error:
            gone = [problem.where for problem in error.problems]
            for address in gone:
                alive = self.owners.get(address, set()) & self.alive()
                self.faults[f"stopped though the work is listed: {done}"] += bool(alive)
            if self.random.random() < 0.5:
                self.digests = before
                return
            self.text += "".join(f"retired {address}\n" for address in gone)
            papers, outcome = self.plan()
        self.text += "".join(f"{line}\n" for line in outcome.added)
        self.look(papers, outcome, done)

    def alive(self) -> set[int]:
        return {int(r.summary) for _, records in self.digests.values() for r in records}

    def look(self, papers: Papers, outcome: Outcome, done: str) -> None:
        """Check the promise after a build, and that building again changes nothing."""
        try:
            again, same = self.plan()
            fixed = not same.added and same.forwards == outcome.forwards and [*again] == [*papers]
            self.faults[f"a second build differs: {done}"] += not fixed
        except PermalinkError:
            self.faults[f"a second build stops: {done}"] += 1
        shown = {p.address: {int(a.record.summary) for a in p.appearances} for p in papers.values()}
        known: Permalinks = permalinks.parse(self.text)
        for address in known.clues:
            if address in outcome.retired:
                continue
            target = outcome.forwards.get(address, address)
            if target not in shown:
                self.faults[f"leads nowhere: {done}"] += 1
                continue
            self.faults[f"shows another work: {done}"] += not (
                self.owners.setdefault(address, shown[target]) & shown[target]
            )
