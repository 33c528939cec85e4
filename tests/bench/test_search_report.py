"""What the benchmark of searches makes of its measurements."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from bench.search import agree, browser, engines, found, goals, others, report, results, run


@pytest.mark.parametrize(
    ("addresses", "value"),
    [(["a"], 1), (["b", "a"], 0.5), (["b", "c", "d", "a", "a"], 0.25), ([], 0), ([*"bcdefghijk", "a"], 0)],
)
def test_reciprocal_rank(addresses: list[str], value: float) -> None:
    assert results.reciprocal_rank(addresses, "a") == value


@pytest.mark.parametrize(("part", "value"), [(0.0, 1), (0.5, 5), (0.95, 10), (0.91, 10), (0.9, 9), (1.0, 10)])
def test_a_quantile_is_one_of_the_values(part: float, value: float) -> None:
    assert results.quantile([7, 3, 10, 1, 2, 9, 4, 5, 8, 6], part) == value


def test_the_memory_of_a_process_is_its_part() -> None:
    rollup = (
        "55d0-7ffd ---p 00000000 00:00 0    [rollup]\nRss:   81208 kB\nPss:   30217 kB\nPss_Dirty:   9 kB\n"
    )
    assert browser.pss(rollup) == 30217 * 1024
    assert browser.pss("Rss: 5 kB\n") == 0


def test_what_this_program_has_started_is_its_own_work() -> None:
    assert others.parse("7 (a (b) c) S 3 7 7 0 -1 4194304 9 9 0 0 10 2 30 4 20 0") == (3, 46)
    stats = {3: (1, 5), 7: (3, 46), 8: (7, 100), 9: (1, 1000)}
    assert others.family(stats, 3) == 151
    assert others.family(stats, 8) == 100
    assert others.ours() > 0


def test_an_index_is_counted_by_kind(tmp_path: Path) -> None:
    for name in ("manifest.js", "papers-0001.js", "papers-0002.js", "p/ab12.js", "p/q/cd34.js"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"12345")
    assert engines.kinds(tmp_path) == {"manifest": (1, 5), "papers": (2, 10), "p": (2, 10)}
    by_letter = {"manifest": (1, 5), "papers": (2, 10), "a": (1, 5), "c": (1, 5)}
    assert engines.kinds(tmp_path, by_letter=True) == by_letter


class Canned:
    """A page whose search knows some answers by heart."""

    def __init__(self, answers: Mapping[str, list[Any]]) -> None:
        self.answers = answers

    def evaluate(self, expression: str, arg: Any = None) -> Any:
        assert "Broadsheet.search" in expression
        return [self.answers[query["q"]] for query in arg]


def test_answers_that_differ_are_told() -> None:
    one = Canned({"a": [1, ["x"]], "b": [2, ["x", "y"]]})
    other = Canned({"a": [1, ["x"]], "b": [2, ["y", "x"]]})
    asked = [{"q": "a"}, {"q": "b"}]
    assert agree.differences(one, one, asked) == []
    assert agree.differences(one, other, asked) == [({"q": "b"}, [2, ["x", "y"]], [2, ["y", "x"]])]


def series(
    what: str, *values: float, tool: str = "Broadsheet", line: str = "", size: int = 1000
) -> results.Series:
    return results.Series(tool=tool, size=size, line=line, what=what, values=values)


CANNED = (
    series("first.seconds", 1.0, 3.0, 1.2, line="slow"),
    series("first.bytes", 40_000, 50_000, 45_000, line="slow"),
    series("first.bytes", 40_000, 52_000, 51_000, line="fast"),
    series("first.seconds", 7.0, line="slow", tool="Pagefind"),
    series("rank.title", 1, 1, 0.5, 1),
    series("rank.title typo", 1, 0),
    series("size.p", 600_000),
    series("files.p", 12),
    series("build.seconds", 2.5),
    series("add.bytes", 10_000),
    series("add.total", 1_000_000),
)


def test_tables_of_what_was_measured(tmp_path: Path) -> None:
    results.save(tmp_path, 1000, CANNED, {"cores": 2})
    lines = report.tables(tmp_path).splitlines()
    assert "| 1,000 | slow | Broadsheet | 1.20 | 3.00 | 45 | 50 |  |  |" in lines
    assert "| 1,000 | slow | Pagefind | 7.00 | 7.00 |  |  |  |  |" in lines
    assert "| 1,000 | Broadsheet | 0.875 | 0.500 |  |  |  | 0.750 | 6 |" in lines
    assert "| 1,000 | Broadsheet | p | 12 | 600 |" in lines
    assert "| first ten results | 1,000 | 50 kB | 51 kB | not reached |" in lines
    assert "| index rewritten for a day | 1,000 | 2.0 % | 1.0 % | reached |" in lines
    assert "| rank, title typo | 1,000 | 0.950 | 0.500 | not reached |" in lines


def test_times_of_a_busy_machine_have_a_star(tmp_path: Path) -> None:
    results.save(tmp_path, 1000, [*CANNED, series("first.disturbed", 1, line="slow")], {})
    text = report.tables(tmp_path)
    assert "| 1,000 | slow | Broadsheet | 1.20\\* | 3.00\\* | 45 | 50 |  |  |" in text
    assert text.endswith("busy with something else as well.\n")


def test_goals_that_were_not_measured_are_left_out() -> None:
    text = goals.table(found.Found(CANNED))
    assert "memory" not in text
    assert "from a disk" not in text


def test_measuring_one_search_again_keeps_the_others(tmp_path: Path) -> None:
    results.save(tmp_path, 1000, CANNED, {})
    again = series("first.seconds", 6.0, line="slow", tool="Pagefind")
    results.save(tmp_path, 1000, [again], {})
    kept = results.load(tmp_path)
    assert len(kept) == len(CANNED)
    assert [one.values for one in kept if one.tool == "Pagefind"] == [[6.0]]
    assert json.loads((tmp_path / "1000.json").read_text("utf-8"))["about"] == {}


def test_wrong_options_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        run.main(["--tools", "lunr"])
    assert "found lunr" in capsys.readouterr().err
    with pytest.raises(SystemExit, match="2"):
        run.main(["--lines", "pigeon"])
    assert "expected lines of fast, slow, slow-h2, found pigeon" in capsys.readouterr().err
