"""The whole way from digests to the site, in one place.

    read ─▶ collect ─▶ enrich ─▶ pages and artifacts ─▶ docs/ ─▶ render ─▶ site/

Everything that can be wrong with the input is found before `docs/` is touched, and the site is rendered into a
folder of its own and only then copied to `site/`: a build that fails leaves the last good site as it was.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from filelock import FileLock, Timeout

from generator import cache, permalinks, renderer, search, theme
from generator.enrich.topics import load_vocabulary, tag_papers
from generator.errors import BuildError, DigestError, PermalinkError, Problem
from generator.exports import EXPORTS
from generator.exports.artifact import Artifact
from generator.library import collect
from generator.model import Library
from generator.output import Tally, check_target, mirror, write_generated, write_if_changed
from generator.pages import all_pages
from generator.pages.layout import Layout, count
from generator.pages.moved import forward_pages, retired_pages
from generator.pages.page import MARKER, Page
from generator.permalinks import Outcome, Permalinks
from generator.plugin import Ready
from generator.readers import read_folder
from generator.settings import SOURCES, Settings

#: Told what a build is doing, one line at a time.
Progress = Callable[[str], None]

#: By these an earlier site is known: every site has them, and hardly another folder has them all.
_SIGNS = frozenset({"404.html", "account.html", "index.html", "search.html"})


@dataclass(frozen=True, slots=True)
class Report:
    """What a build or a check found. `warnings` are MkDocs' own; `tally` counts the files of the site; `broken` are the
    published addresses that a build would refuse to break.
    """

    library: Library
    broken: tuple[Problem, ...] = ()
    warnings: tuple[str, ...] = ()
    tally: Tally | None = None

    @property
    def errors(self) -> tuple[Problem, ...]:
        """Files that could not be read, records that were refused, addresses that would break."""
        refusals = (
            refusal.problem for account in self.library.accounts for refusal in account.digest.refusals
        )
        return (*self.library.unread, *refusals, *self.broken)

    @property
    def notes(self) -> tuple[Problem, ...]:
        """Remarks that cost nothing."""
        return tuple(note for account in self.library.accounts for note in account.digest.notes)

    def lines(self) -> list[str]:
        """The summary, for people."""
        accounts = self.library.accounts
        seen = sum(account.digest.seen for account in accounts)
        merged = sum(account.merged for account in accounts)
        refused = sum(account.refused for account in accounts)
        digests = count(len(accounts), "digest")
        lines = [
            f"{digests}, {count(seen, 'record')}: {count(len(self.library.papers), 'paper')}, "
            f"{merged:,} merged, {refused:,} refused"
        ]
        if self.library.unread:
            lines[0] += f"; {count(len(self.library.unread), 'file')} not read"
        if self.tally:
            total = self.tally.written + self.tally.unchanged
            lines.append(
                f"site: {count(total, 'file')}, {self.tally.written:,} written, {self.tally.removed:,} removed"
            )
        return lines


def _silent(line: str) -> None:
    """Tell nobody."""


def check(settings: Settings, *, jobs: int = 1) -> Report:
    """Read everything and plan every page, change nothing. Raises ConfigError for wrong settings."""
    library, record = _library(settings, jobs)
    try:
        _miss_record(settings, _plan(library, record, settings)[0])
    except PermalinkError as error:
        # What an unreadable file has listed is missing only until the file is mended.
        return Report(library, broken=() if library.unread else error.problems)
    except BuildError as error:
        return Report(library, broken=error.problems)
    return Report(library)


def build(
    settings: Settings,
    *,
    jobs: int = 1,
    clean: bool = False,
    strict: bool = False,
    publish: bool = True,
    progress: Progress = _silent,
) -> Report:
    """Bring `docs/`, `site/` and the record of addresses up to date with the digests.

    `jobs` processes read the digests and render pages; `clean` forgets what earlier builds left in the cache;
    `strict` makes refused records, notes and MkDocs' warnings errors; without `publish` new addresses are not
    recorded, as suits a preview. Raises BroadsheetError; the site is then as it was. Of two builds of one site the
    second waits.
    """
    check_target(settings.site, _SIGNS)
    state = settings.cache.parent
    state.mkdir(exist_ok=True)
    lock = FileLock(state / "lock")
    try:
        lock.acquire(blocking=False)
    except Timeout:
        progress("waiting for another build of this site")
        lock.acquire()
    try:
        if clean:
            shutil.rmtree(settings.cache, ignore_errors=True)
        return _build(settings, jobs=jobs, strict=strict, publish=publish, progress=progress)
    finally:
        lock.release()


def _build(settings: Settings, *, jobs: int, strict: bool, publish: bool, progress: Progress) -> Report:
    progress("reading digests")
    library, record = _library(settings, jobs)
    report = Report(library)
    _refuse(report.errors + report.notes if strict else library.unread)
    pages, outcome = _plan(library, record, settings)
    if publish:
        _miss_record(settings, pages)
    artifacts = [*_artifacts(library)]
    progress(f"writing {count(len(pages), 'page')}")
    _write_docs(settings, pages, artifacts)
    if settings.theme and settings.owns_theme:
        theme.lay_out(settings.theme, settings.overrides)
    inputs = _inputs(settings, artifacts)
    known = cache.warnings_if_current(settings.cache, inputs, settings.site)
    if known is None or (known and strict) or renderer.may_read_more(settings.config):
        progress("rendering the site")
        warnings, tally = _render(settings, pages, artifacts, library, strict=strict, jobs=jobs)
        cache.remember(settings.cache, inputs, settings.site, warnings)
    else:
        warnings, tally = known, Tally(unchanged=sum(path.is_file() for path in settings.site.rglob("*")))
    if publish:
        permalinks.append(settings.permalinks, outcome.added)
    return replace(report, warnings=warnings, tally=tally)


def _library(settings: Settings, jobs: int) -> tuple[Library, Permalinks]:
    """Read, merge and tag all that the site has."""
    vocabulary = load_vocabulary(settings.vocabulary)
    record = permalinks.load(settings.permalinks)
    if not settings.digests.is_dir():
        where = settings.digests.relative_to(settings.root).as_posix()
        remedy = "make it, or correct extra.broadsheet.digests in mkdocs.yml"
        raise DigestError(Problem(f"{where}/", "the folder of the digests", "no such folder", remedy))
    digests, unread = read_folder(settings.digests, settings.root, sources=settings.sources, jobs=jobs)
    return tag_papers(collect(digests, unread=unread, permalinks=record), vocabulary), record


def _refuse(problems: tuple[Problem, ...]) -> None:
    """Stop for files that cannot be read, and for what `--strict` does not let pass."""
    if problems:
        raise DigestError(*problems)


def _plan(library: Library, record: Permalinks, settings: Settings) -> tuple[list[Page], Outcome]:
    """Every page of the site, those of moved and withdrawn addresses included. Raises PermalinkError."""
    layout = Layout(
        site_name=settings.site_name,
        page_size=settings.page_size,
        author_papers=settings.author_papers,
        keyword_papers=settings.keyword_papers,
        published=frozenset(record.clues),
    )
    pages = [*all_pages(library, layout)]
    _check_names(pages)
    outcome = permalinks.reconcile(record, *_addresses(library, pages))
    elsewhere = {*outcome.forwards, *outcome.retired}
    pages = [page for page in pages if page.address not in elsewhere]
    pages += [*forward_pages(outcome.forwards), *retired_pages(outcome.retired)]
    return pages, outcome


def _addresses(library: Library, pages: list[Page]) -> tuple[dict[str, tuple[str, ...]], dict[str, str]]:
    """What the record of addresses asks about: each page with the clues of its paper, and where aliases lead."""
    clues = {paper.address: paper.clues for paper in library.papers.values()}
    addresses = {page.address: clues.get(page.address, ()) for page in pages if "/" in page.address}
    papers = library.papers.values()
    aliases = {f"papers/{alias}.html": paper.address for paper in papers for alias in paper.aliases}
    return addresses, aliases


def _miss_record(settings: Settings, pages: Sequence[Page]) -> None:
    """Without the record, the last site still shows which addresses it had. Raises PermalinkError if some would go."""
    if settings.permalinks.exists():
        return
    site, made = settings.site, {page.address for page in pages}
    stood = [
        p.relative_to(site).as_posix()
        for folder in permalinks.PROMISED
        for p in site.glob(f"{folder}/*.html")
    ]
    if gone := [address for address in stood if address not in made]:
        found = f"no such file, though {site.name}/ has {count(len(gone), 'page')} that this build would drop"
        remedy = f"restore it from version control, or delete {site.name}/ to begin anew"
        raise PermalinkError(
            Problem(permalinks.FILE_NAME, "the record of published addresses", found, remedy)
        )


def _check_names(pages: list[Page]) -> None:
    """No two pages may share a file, on a disk that ignores case either. Raises BuildError for all that do."""
    seen: dict[str, Page] = {}
    problems: list[Problem] = []
    for page in pages:
        name = page.path.casefold()
        if name in seen:
            found, remedy = f"{seen[name].title} and {page.title}", "give one of them another name"
            problems.append(Problem(page.path, "one page", found, remedy))
        seen.setdefault(name, page)
    if problems:
        raise BuildError(*problems)


def _artifacts(library: Library) -> Iterator[Artifact]:
    yield from search.artifacts(library)
    for export in EXPORTS:
        yield from export.export(library)


def _write_docs(settings: Settings, pages: list[Page], artifacts: list[Artifact]) -> None:
    """Pages, and the scripts that a page needs: MkDocs copies them, so that it alone makes a whole site."""
    files = [(page.path, page.content()) for page in pages]
    files += [(a.path, f"// {MARKER}\n".encode() + a.content) for a in artifacts if a.script]
    write_generated(settings.docs, files, MARKER.encode())


def _inputs(settings: Settings, artifacts: list[Artifact]) -> str:
    """A fingerprint of all that the rendered site depends on."""
    folders = [folder for folder in (settings.docs, settings.theme) if folder and folder.is_dir()]
    return cache.fingerprint(settings.config, [settings.config_file], folders, artifacts)


def _render(
    settings: Settings,
    pages: list[Page],
    artifacts: list[Artifact],
    library: Library,
    *,
    strict: bool,
    jobs: int,
) -> tuple[tuple[str, ...], Tally]:
    """Render into a folder of its own, add what MkDocs must not render, and mirror the whole to the site."""
    staging = settings.cache / "site"
    today = max(library.days, default=date(1970, 1, 1))
    try:
        ready = {page.path: ready for page in pages if (ready := _ready(page))}
        warnings = renderer.render(
            settings.config_file, staging, strict=strict, today=today, ready=ready, jobs=jobs
        )
        for artifact in artifacts:
            if not artifact.script:
                write_if_changed(staging / artifact.path, artifact.content)
        tally = mirror(staging, settings.site)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return warnings, tally


def _ready(page: Page) -> Ready | None:
    """A page for the renderer, unless its Markdown must be parsed."""
    html = page.html()
    return None if html is None else Ready(page.front_matter(), page.markdown(), html)


def watched(settings: Settings) -> list[Path]:
    """What a preview watches."""
    templates = settings.overrides if settings.owns_theme else settings.theme
    files = [settings.config_file, settings.vocabulary, settings.root / SOURCES]
    return [settings.digests, settings.docs, *([templates] if templates else []), *files]
