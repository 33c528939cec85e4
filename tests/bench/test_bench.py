"""The benchmark's own parts, without the programs that it measures."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from bench import corpus, measure, profile, report, results, run
from bench.peers import content
from generator.readers import read_digest


def items(folder: Path) -> list[dict[str, Any]]:
    return [item for file in sorted(folder.glob("*.json")) for item in json.loads(file.read_text("utf-8"))]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus") / "100"
    corpus.prepare(folder, 100, None)
    return folder


def test_a_corpus_is_an_archive_a_day_and_an_edit(made: Path) -> None:
    assert len([*(made / "digests").iterdir()]) == 2
    assert len(items(made / "digests")) == 100
    assert len(items(made / "next")) == 50
    (edited,) = (made / "edited").iterdir()
    before = json.loads((made / "digests" / edited.name).read_text("utf-8"))
    after = json.loads(edited.read_text("utf-8"))
    assert sum(one != other for one, other in zip(before, after, strict=True)) == 1


def test_every_paper_is_its_own_and_can_be_read(made: Path) -> None:
    files = [*(made / "digests").iterdir(), *(made / "next").iterdir()]
    digests = [read_digest(f"digests/{file.name}", file.read_bytes()) for file in files]
    records = [record for digest in digests for record in digest.records]
    assert not [digest.refusals or digest.notes for digest in digests if digest.refusals or digest.notes]
    assert len({record.arxiv_id for record in records}) == 150
    assert len({record.title.casefold() for record in records}) == 150


def test_the_same_corpus_every_time(made: Path, tmp_path: Path) -> None:
    corpus.make(tmp_path, 100, corpus.read_digests(corpus.ROOT / "digests"))
    for file in tmp_path.rglob("*.json"):
        assert file.read_bytes() == (made / file.relative_to(tmp_path)).read_bytes()


def test_papers_beyond_the_real_ones_are_recombined(tmp_path: Path) -> None:
    real = [corpus.Real(f"A title of {n} words", f"One {n}. Two.", (f"Author {n}",)) for n in range(5)]
    corpus.make(tmp_path, 300, real)
    titles = [item["title"] for item in items(tmp_path / "digests")]
    assert len(titles) == len({title.casefold() for title in titles}) == 300
    assert {paper.title for paper in real} <= {*titles}


def test_peers_get_a_page_for_each_paper(made: Path, tmp_path: Path) -> None:
    content.prepare(made, tmp_path / "content")
    counts = {folder.name: len([*folder.iterdir()]) for folder in (tmp_path / "content").iterdir()}
    assert counts == {"papers": 100, "next": 50, "edited": 1, "days": 2, "days-next": 1}


def test_the_cost_of_a_command(tmp_path: Path) -> None:
    cost = measure.run([sys.executable, "-c", "sum(range(10**6))"], tmp_path, {})
    assert 0 < cost.cpu < 30
    assert 0 < cost.wall < 30
    assert cost.peak > 1_000_000
    with pytest.raises(measure.CommandError, match="ended with 3: no such digest"):
        measure.run([sys.executable, "-c", "print('no such digest'); raise SystemExit(3)"], tmp_path, {})


def canned(tool: str, scenario: str, size: int, wall: float, others: float = 0.0) -> results.Run:
    return results.Run(
        tool=tool,
        size=size,
        scenario=scenario,
        round=0,
        wall=wall,
        cpu=2 * wall,
        peak=300_000_000,
        others=others,
        files=size + 10,
        bytes=8_000 * size,
    )


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    for size in (1_000, 20_000):
        runs = [
            canned("Broadsheet", "cold", size, size / 1000),
            canned("Broadsheet", "cold", size, size / 500),
            canned("Broadsheet", "cold", size, size / 2000),
            canned("Hugo", "cold", size, size / 2000),
            canned("Broadsheet", "add", size, 0.5),
            canned("Hugo", "add", size, size / 1000),
        ]
        results.save(tmp_path, size, runs, {})
    return tmp_path


def test_the_table_shows_the_middle_run(kept: Path) -> None:
    assert report.tables(kept).splitlines()[:4] == [
        "| papers | build | program | wall s | CPU s | peak MB | files | site MB | kB a paper |",
        "| --: | :-- | :-- | --: | --: | --: | --: | --: | --: |",
        "| 1,000 | cold build | Broadsheet | 1.00 | 2.00 | 300 | 1,010 | 8.0 | 8.0 |",
        "| 1,000 | cold build | Hugo | 0.50 | 1.00 | 300 | 1,010 | 8.0 | 8.0 |",
    ]


def test_disturbed_runs_count_only_where_there_is_no_other(tmp_path: Path) -> None:
    runs = [
        canned("Broadsheet", "cold", 1_000, 4.0, others=3.0),
        canned("Broadsheet", "cold", 1_000, 2.0),
        canned("Hugo", "cold", 1_000, 3.0, others=2.0),
    ]
    results.save(tmp_path, 1_000, runs, {})
    text = report.tables(tmp_path)
    assert "| 1,000 | cold build | Broadsheet | 2.00 | 4.00 |" in text
    assert "| 1,000 | cold build | Hugo | 3.00\\* | 6.00 |" in text
    assert "\\* While this ran" in text


def test_goals_are_said_beside_what_was_measured(kept: Path) -> None:
    lines = report.tables(kept).splitlines()
    assert "| add a day | 20,000 | 1 s | 0.50 s | reached |" in lines
    assert "| cold build, beside Hugo | 20,000 | 1× as fast | 0.50× | not reached |" in lines
    assert "| add a day of 50, beside Hugo | 20,000 | 30× as fast | 40.00× | reached |" in lines


def test_measuring_one_thing_again_keeps_the_others(kept: Path) -> None:
    results.save(kept, 1_000, [canned("Hugo", "cold", 1_000, 9.0)], {})
    runs = [run for run in results.load(kept) if run.size == 1_000]
    assert len([run for run in runs if run.tool == "Broadsheet"]) == 4
    assert [run.wall for run in runs if run.tool == "Hugo"] == [1.0, 9.0]


def test_the_plot_is_drawn(kept: Path, tmp_path: Path) -> None:
    target = tmp_path / "growth.svg"
    report.draw(kept, target)
    drawn = ElementTree.fromstring(target.read_text("utf-8"))  # noqa: S314 - our own file
    texts = ["".join(text.itertext()) for text in drawn.iter("{http://www.w3.org/2000/svg}text")]
    assert {"Broadsheet, cold", "Hugo, any build", "1k", "20k"} <= {*texts}


def test_wrong_options_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        run.main(["--tools", "jekyll"])
    assert "found jekyll" in capsys.readouterr().err


def test_every_module_of_the_package_has_a_group() -> None:
    here = corpus.ROOT
    modules = sorted((here / "generator").rglob("*.py"))
    assert not [file for file in modules if profile.group_of((str(file), 1, "f")) is None]
    assert profile.group_of((str(here / "generator" / "output.py"), 1, "mirror")) == "files"
    assert profile.group_of(("~", 0, "<built-in method posix.stat>")) is None


def test_time_of_a_built_in_counts_for_its_caller() -> None:
    reader, built_in = ("generator/readers/raw.py", 1, "decode"), ("~", 0, "len")
    stats = {
        reader: (1, 1, 1.0, 3.0, {}),
        built_in: (5, 5, 2.0, 2.0, {reader: (5, 5, 2.0, 2.0)}),
    }
    assert profile.shares(stats) == {"read": 3.0}
