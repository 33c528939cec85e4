"""The whole way from digests to the site, in one place.

    read ─▶ archive ─▶ what changed ─▶ pages and files ─▶ docs/ and site/

A build compares: the digests with what it has read before (`generator.gathering`), what it depends on besides
(`generator.fingerprints`), and what it left behind with what is there (`generator.inspection`). From a digest that
changed it follows what hangs together with it, and makes what that touches; if anything changed that concerns
everything, everything is made, and what is the same is left alone. Everything that can be wrong with the input is
found before the site is touched.
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from generator import fingerprints
from generator.archive.database import connect, transaction
from generator.archive.queries import Archive, Totals
from generator.building import Building
from generator.errors import BuildError, PermalinkError, Problem
from generator.gathering import Gathering
from generator.output import Tally, check_target
from generator.pages.layout import count
from generator.planning import check_record, plan_everything
from generator.processes import lazy_collector
from generator.progress import Progress, Silence
from generator.settings import SOURCES, Settings, layout_of

#: By these an earlier site is known: every site has them, and hardly another folder has them all.
_SIGNS = frozenset({"404.html", "account.html", "index.html", "search.html"})


@dataclass(frozen=True, slots=True)
class Report:
    """What a build or a check found. `unread` are the problems of files that could not be read at all, `refusals`
    those of records, `broken` the published addresses that a build would refuse to break; `notes` cost nothing;
    `warnings` are MkDocs' own. `files` counts the files of the site.
    """

    totals: Totals
    unread: tuple[Problem, ...] = ()
    refusals: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
    broken: tuple[Problem, ...] = ()
    warnings: tuple[str, ...] = ()
    files: Tally | None = None

    @property
    def errors(self) -> tuple[Problem, ...]:
        """Files that could not be read, records that were refused, addresses that would break."""
        return (*self.unread, *self.refusals, *self.broken)

    def lines(self) -> list[str]:
        """The summary, for people."""
        totals = self.totals
        lines = [
            f"{count(totals.digests, 'digest')}, {count(totals.records, 'record')}: "
            f"{count(totals.papers, 'paper')}, {totals.merged:,} merged, {totals.refused:,} refused"
        ]
        if self.unread:
            lines[0] += f"; {count(len(self.unread), 'file')} not read"
        if self.files:
            total = count(self.files.written + self.files.unchanged, "file")
            lines.append(f"site: {total}, {self.files.written:,} written, {self.files.removed:,} removed")
        return lines


def check(settings: Settings, *, jobs: int = 1, progress: Progress | None = None) -> Report:
    """Read everything and plan every page, change nothing. Raises ConfigError for wrong settings."""
    told = progress or Silence()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "archive.sqlite"
        database = connect(file)
        try:
            gathering = Gathering(settings, database, file, jobs=jobs, progress=told)
            record = gathering.record()
            with transaction(database):
                unread = gathering.take_all()
            archive = Archive(database)
            broken: tuple[Problem, ...] = ()
            try:
                plan = plan_everything(archive, layout_of(settings, ()), database, record)
                check_record(settings, {*plan.own, *plan.leads})
            except PermalinkError as error:
                # What an unreadable file has listed is missing only until the file is mended.
                broken = () if unread else error.problems
            except BuildError as error:
                broken = error.problems
            return Report(
                archive.totals, tuple(unread), tuple(archive.refusals), tuple(archive.notes), broken
            )
        finally:
            told.end()
            database.close()


def build(
    settings: Settings,
    *,
    jobs: int = 1,
    clean: bool = False,
    strict: bool = False,
    publish: bool = True,
    progress: Progress | None = None,
) -> Report:
    """Bring `docs/`, `site/` and the record of addresses up to date with the digests.

    `jobs` processes read the digests and make pages; `clean` forgets what earlier builds left in the cache;
    `strict` makes refused records, notes and MkDocs' warnings errors; without `publish` new addresses are not
    recorded, as suits a preview. Raises BroadsheetError; the site is then as it was. Of two builds of one site the
    second waits.
    """
    told = progress or Silence()
    state = settings.cache.parent
    state.mkdir(exist_ok=True)
    lock = FileLock(state / "lock")
    try:
        lock.acquire(blocking=False)
    except Timeout:
        told.begin("waiting for another build of this site")
        lock.acquire()
    try:
        if clean:
            shutil.rmtree(settings.cache, ignore_errors=True)
        settings.cache.mkdir(parents=True, exist_ok=True)
        building = Building(settings, jobs=jobs, strict=strict, publish=publish, progress=told)
        try:
            if not building.outputs.number():  # else it is known to be ours
                check_target(settings.site, _SIGNS)
            with lazy_collector():
                warnings = building.run(fingerprints.take)
            archive = Archive(building.database)
            refusals, notes = tuple(archive.refusals), tuple(archive.notes)
            files = building.outputs.count
            return Report(archive.totals, (), refusals, notes, (), warnings, files)
        finally:
            building.close()
    finally:
        told.end()
        lock.release()


def watched(settings: Settings) -> list[Path]:
    """What a preview watches."""
    templates = settings.overrides if settings.owns_theme else settings.theme
    files = [settings.config_file, settings.vocabulary, settings.root / SOURCES, settings.edits]
    return [settings.digests, settings.docs, *([templates] if templates else []), *files]
