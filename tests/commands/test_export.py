"""``broadsheet export``: the real digests of the sample site, in every format, read by the programs that people use."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import rispy
from bibtexparser.entrypoint import parse_string as parse_bibtex
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from pybtex.database import parse_string

from generator.build import build
from generator.export import Span, Wanted, choose
from generator.exports.collection import FORMATS
from generator.model import Digest, Paper
from generator.readers import read_digest
from generator.settings import load_settings
from tests.builders import Library, collect, digest, read_folder, record
from tests.commands.conftest import DIGEST, Run
from tests.site.conftest import ROOT, copy_sample

PAPERS = 279
#: By the real digests.
YEARS = {"2024": 18, "2025": 229, "2026": 32}


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample site, built; tests only read it."""
    root = copy_sample(tmp_path_factory.mktemp("export"))
    build(load_settings(root / "mkdocs.yml"))
    return root


@pytest.fixture(scope="module")
def papers() -> list[Paper]:
    """Its papers, oldest first, as lists have them."""
    digests, _ = read_folder(ROOT / "digests", ROOT)
    found = [*collect(digests).papers.values()]
    first = {paper.key: min((a for a in paper.appearances if a.day == paper.first.day), key=lambda a: (
        a.source.name.casefold(), a.source.slug, a.digest, a.position)) for paper in found}  # fmt: skip
    return sorted(found, key=lambda p: (p.first.day, first[p.key].source.name.casefold(), first[p.key].source.slug,
                                        first[p.key].digest, first[p.key].position))  # fmt: skip


@pytest.fixture
def export(run: Run, sample: Path) -> Callable[..., str]:
    """Run the command on the sample site; gives what it writes to standard output."""

    def export_sample(*arguments: str) -> str:
        result = run("export", "--config", sample, *arguments)
        assert (result.exit_code, result.stderr) == (0, "")
        return result.stdout

    return export_sample


def letters(text: str) -> str:
    """A text without markup: what different readers must agree on."""
    return re.sub(r"[^a-z0-9]", "", re.sub(r"\\[a-zA-Z]+", "", text).lower())


def keys(text: str) -> list[str]:
    return [entry.key for entry in parse_bibtex(text).entries]


def read(text: str, name: str) -> Digest:
    found = read_digest(name, text.encode())
    assert (found.refusals, found.notes) == ((), ())
    return found


def test_bibtex_is_read_by_bibtexparser_and_pybtex(export: Callable[..., str], papers: list[Paper]) -> None:
    text = export("--all", "--format", "bib", "--abstracts")
    library = parse_bibtex(text)
    assert library.failed_blocks == []
    assert len({*keys(text)}) == len(library.entries) == len(papers) == PAPERS
    for entry, paper in zip(library.entries, papers, strict=True):
        assert letters(entry["title"]) == letters(paper.title)
        said = entry.fields_dict.get("abstract")
        assert letters(said.value if said else "") == letters(paper.abstract)
    database = parse_string(text, "bibtex")
    for entry, paper in zip(database.entries.values(), papers, strict=True):
        people = [" ".join(map(str, person.first_names + person.middle_names + person.prelast_names
                               + person.last_names)) for person in entry.persons.get("author", [])]  # fmt: skip
        assert [*map(letters, people)] == [*map(letters, paper.authors)]
        assert ("abstract" in entry.fields) == bool(paper.abstract)


def test_ris_is_read_by_rispy(export: Callable[..., str], papers: list[Paper]) -> None:
    entries = rispy.loads(export("--all", "--format", "ris", "--abstracts"))
    for entry, paper in zip(entries, papers, strict=True):
        assert entry["title"] == paper.plain_title
        assert [letters(name) for name in entry.get("authors", [])] == [
            letters(", ".join(reversed([" ".join(name.split()[:-1]), name.split()[-1]])))
            for name in paper.authors
        ]
        assert entry.get("abstract", "") == " ".join(paper.prose.as_plain.split())


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_csl_json_is_read_by_citeproc(export: Callable[..., str], papers: list[Paper]) -> None:
    items = json.loads(export("--all", "--format", "csl-json", "--abstracts"))
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
    for item in items:
        bibliography.register(Citation([CitationItem(item["id"])]))
    printed = "\n".join(letters(str(entry)) for entry in bibliography.bibliography())
    for item, paper in zip(items, papers, strict=True):
        assert letters(item["title"]) in printed
        assert item["title"] == paper.plain_title
        assert [
            f"{name.get('given', '')} {name.get('family', name.get('literal', ''))}".strip()
            for name in item.get("author", [])
        ] == [*paper.authors]
        assert item.get("abstract", "") == paper.prose.as_plain


@pytest.mark.parametrize(("kind", "name"), [("json", "digests/all.json"), ("markdown", "digests/all.md")])
def test_our_own_readers_give_the_papers_back(
    export: Callable[..., str], papers: list[Paper], kind: str, name: str
) -> None:
    found = read(export("--all", "--format", kind), name)
    assert (found.since, found.day) == (papers[0].first.day, papers[-1].first.day)
    for one, paper in zip(found.records, papers, strict=True):
        assert (one.title, one.authors, one.text) == (paper.title, paper.authors, paper.abstract)
        assert (one.arxiv_id, one.doi, one.day) == (paper.arxiv_id, paper.doi, paper.first.day)
        assert (one.published, one.links) == (paper.published, paper.links)
        assert one.source is not None
        assert one.source in [appearance.source for appearance in paper.appearances]
    again = collect([found])
    assert {*again.papers} == {paper.key for paper in papers}


def test_json_has_the_keys_of_the_pages(export: Callable[..., str], papers: list[Paper]) -> None:
    text = export("--year", "2025", "--format", "json")
    found = json.loads(text)
    assert [paper["key"] for paper in found["papers"]] == [p.key for p in papers if p.first.day.year == 2025]
    assert len(text.splitlines()) == len(found["papers"]) + 2


def test_a_day_is_as_the_site_has_it(export: Callable[..., str], sample: Path) -> None:
    """What an earlier day has listed too."""
    files = sorted((sample / "site/digests").glob("*.bib"))
    assert len(files) == 16
    for file in files:
        for kind in ("bib", "ris"):
            written = file.with_suffix(f".{kind}").read_text("utf-8")
            assert export("--day", file.stem, "--format", kind) == written


def test_the_years_together_are_all(
    run: Run, sample: Path, export: Callable[..., str], tmp_path: Path
) -> None:
    result = run("export", "-f", sample, "--all", "--format", "bib", "--split-by-year", "--out", tmp_path)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert [line.partition(" papers")[0] for line in lines] == [
        f"{tmp_path / f'broadsheet-{year}.bib'}: {number}" for year, number in YEARS.items()
    ]
    files = [tmp_path / f"broadsheet-{year}.bib" for year in YEARS]
    assert sorted(tmp_path.iterdir()) == files
    whole = export("--all", "--format", "bib")
    assert [key for file in files for key in keys(file.read_text("utf-8"))] == keys(whole)
    for year, file in zip(YEARS, files, strict=True):
        assert file.read_text("utf-8") == export("--year", year, "--format", "bib")
    months = [export("--month", f"2025-{month:02}", "--format", "bib") for month in (1, 2, 3)]
    assert [key for text in months for key in keys(text)] == keys(files[1].read_text("utf-8"))


def test_a_tag_by_name_and_slug_and_within_a_year(export: Callable[..., str], papers: list[Paper]) -> None:
    text = export("--tag", "diffusion MODELS", "--format", "bib")
    assert text == export("--tag", "diffusion-models", "--format", "bib")
    years = [
        export("--tag", "diffusion-models", "--year", year, "--format", "bib") for year in ("2024", "2025")
    ]
    found = keys(text)
    assert found[: len(keys("".join(years)))] == [*keys(years[0]), *keys(years[1])]
    assert 0 < len(found) < PAPERS
    # In the order of all, and with those that have it as a keyword.
    order = keys(export("--all", "--format", "bib"))
    assert sorted(found, key=order.index) == found


def test_a_source(export: Callable[..., str], papers: list[Paper]) -> None:
    found = json.loads(export("--source", "Reading group", "--format", "json"))
    listed = [(a.position, p.key) for p in papers for a in p.appearances if a.source.slug == "reading-group"]
    assert [one["key"] for one in found["papers"]] == [key for _, key in sorted(listed)]
    assert found["source"] == "reading-group"
    assert not [one for one in found["papers"] if "source" in one or "day" in one]


def test_a_source_lists_a_paper_when_it_does() -> None:
    """Another may have listed it in another year."""
    club, same = (
        digest(record("A", arxiv_id="2503.00001"), day="2024-12-31"),
        record("A", arxiv_id="2503.00001"),
    )
    library = collect([club, digest(same, record("B"), day="2025-01-01", source=OTHER)])
    assert names(library, Wanted(source="other")) == {"source-other.json": ["A 2025-01-01", "B 2025-01-01"]}
    assert names(library, Wanted(), yearly=True) == {
        "site-2024.json": ["A 2024-12-31"],
        "site-2025.json": ["B 2025-01-01"],
    }


OTHER = read_digest("digests/2025-01-01-other.md", b"---\nsource: Other\n---\n## A\n").source


def names(library: Library, wanted: Wanted, *, yearly: bool = False) -> dict[str, list[str]]:
    """The files that are made, each with its titles and days."""
    made = choose(library.archive, wanted, "json", site="site", abstracts=False, yearly=yearly)
    found = {}
    for one in made:
        read_back = read("".join(one.text()), f"digests/{one.name}")
        found[one.name] = [f"{r.title} {r.day or read_back.day}" for r in read_back.records]
    return found


def test_file_names_say_what_they_are(run: Run, sample: Path, tmp_path: Path) -> None:
    for arguments, name in (
        (("--all", "--format", "ris"), "broadsheet.ris"),
        (("--year", "2025", "--format", "csl-json"), "broadsheet-2025.csl.json"),
        (("--month", "2025-03", "--format", "json"), "broadsheet-2025-03.json"),
        (("--day", "2025-03-14", "--format", "markdown"), "broadsheet-2025-03-14.md"),
        (("--tag", "Diffusion models", "--year", "2025", "--format", "bib"), "tag-diffusion-models-2025.bib"),
        (("--source", "huggingface-daily", "--format", "bib"), "source-huggingface-daily.bib"),
    ):
        result = run("export", "-f", sample, *arguments, "--out", tmp_path)
        assert re.fullmatch(
            rf"{re.escape(str(tmp_path / name))}: [\d,]+ papers?, [\d.]+ [kM]B\n", result.stdout
        )
        assert (tmp_path / name).stat().st_size > 0
    result = run("export", "-f", sample, "--all", "--format", "bib", "-o", tmp_path / "papers")
    assert result.stdout.startswith(f"{tmp_path / 'papers'}: 279 papers, ")
    assert not [*tmp_path.rglob("*.new")]


def test_standard_output(export: Callable[..., str]) -> None:
    assert export("--day", "2025-03-14", "--format", "bib", "--out", "-") == export(
        "--day", "2025-03-14", "--format", "bib"
    )


def test_without_a_build_and_after_a_change_it_is_what_a_build_would_give(
    run: Run, sample: Path, tmp_path: Path, snapshot: Callable[[Path], dict[str, bytes]]
) -> None:
    """Nothing of the site is changed, and a text in the way of a digest is an error as in a build."""

    def export() -> str:
        before = snapshot(root)
        result = run("export", "--config", root, "--all", "--format", "json")
        assert (result.exit_code, result.stderr) == (0, "")
        after = snapshot(root)
        wal = {name for name in after if name.endswith(("-wal", "-shm"))}
        assert {name: after[name] for name in after.keys() - wal} == before
        return result.stdout

    root = copy_sample(tmp_path / "site")
    fresh = export()
    build(load_settings(root / "mkdocs.yml"))
    assert export() == fresh
    (root / "digests/2025-03-21-group.md").write_text(
        DIGEST.replace("2025-03-14", "2025-03-21") + "\n## Another\n"
    )
    (root / "papers.yml").write_text("2503.10613: {title: A corrected title}\n")
    changed = export()
    assert "A corrected title" in changed
    assert '"title":"Another"' in changed
    build(load_settings(root / "mkdocs.yml"))
    assert export() == changed
    shutil.rmtree(root / ".broadsheet/cache")
    assert export() == changed
    (root / "digests/README.md").write_text("No digest.\n")
    result = run("export", "--config", root, "--all", "--format", "json")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("digests/README.md: expected ")


def test_hidden_papers_stay_out(run: Run, site: Path) -> None:
    (site / "digests/2025-03-14-group.md").write_text(DIGEST + "\n## Another\n")
    assert keys(run("export", "--day", "2025-03-14", "--format", "bib").stdout)[0] == "lovelace-2503.10613"
    (site / "papers.yml").write_text("2503.10613: {hide: true}\n")
    for arguments in (("--all",), ("--day", "2025-03-14"), ("--source", "Reading group")):
        text = run("export", *arguments, "--format", "bib").stdout
        assert "Another" in text
        assert "2503.10613" not in text


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (("--month", "2025-04"),
         "--month: expected papers listed first in 2025-04, found none; there are some from 2024-12-12 to 2026-03"),
        (("--day", "2025-04-01"),
         "--day: expected papers listed first in 2025-04-01, found none; there are some from 2024-12-12 to 2026-03"),
        (("--tag", "difusion models"),
         '--tag: expected the name or slug of a tag, found "difusion models"; do you mean "Diff'),
        (("--tag", "?!"),
         '--tag: expected the name or slug of a tag, found "?!"; tags/index.html of the site has them all'),
        (("--tag", ""),
         '--tag: expected the name or slug of a tag, found ""; tags/index.html of the site has them all'),
        (("--source", "hugging face daily"),
         '--source: expected the name or slug of a source, found "hugging face daily"; do you mean "Hugg'),
        (("--source", "zzz"),
         '--source: expected the name or slug of a source, found "zzz"; it has huggingface, '),
        (("--tag", "diffusion-models", "--year", "2023"),
         '--year: expected papers of "diffusion-models" listed first in 2023, found none; there are'),
        (("--all", "--out", "nowhere/a.bib"), "nowhere: expected a folder, found none; make it"),
        (("--all", "--split-by-year", "--out", "nowhere"), "nowhere: expected a folder, found none; make it,"),
        (("--all", "--out", "site/a.bib"),
         "site/a.bib: expected a place outside the site, found one inside it; choose another --out"),
    ],
)  # fmt: skip
def test_what_is_not_there_is_an_error(
    run: Run, sample: Path, arguments: tuple[str, ...], error: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(sample)
    result = run("export", *arguments, "--format", "bib")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(error)
    assert result.stderr.count("\n") == 1
    assert not [*sample.rglob("*.bib.new"), *sample.glob("*.bib"), *sample.glob("nowhere")]


def test_a_site_without_papers(run: Run, site: Path) -> None:
    for file in (site / "digests").iterdir():
        file.unlink()
    result = run("export", "--all", "--format", "bib")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == '--all: expected papers, found none; add digests with "broadsheet add"\n'


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ((), "say which papers"),
        (("--all", "--year", "2025"), "--all is all there is"),
        (("--month", "2025-03", "--year", "2025"), "only one of"),
        (("--tag", "a", "--source", "b"), "only one of"),
        (("--day", "2025-03-14", "--tag", "a"), "only one of"),
        (
            ("--month", "2025-13"),
            'expected a month like 2025-03, from 1900 to 2199, found "2025-13"; correct it',
        ),
        (("--month", "2025"), "expected a month like 2025-03"),
        (("--year", "25"), "expected a year like 2025"),
        (("--year", "1025"), "expected a year like 2025"),
        (("--all", "--split-by-year"), "--split-by-year wants a folder"),
        (("--year", "2025", "--split-by-year", "--out", "."), "--split-by-year wants a folder"),
        (("--all", "--format", "pdf"), "'pdf' is not one of"),
    ],
)
def test_wrong_usage(run: Run, site: Path, arguments: tuple[str, ...], error: str) -> None:
    result = run("export", "--format", "bib", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert error in result.stderr


def test_every_format_has_an_ending_of_its_own() -> None:
    assert len({own.ending for own in FORMATS.values()}) == len(FORMATS)
    assert Span().first < Span().last
