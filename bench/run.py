"""Measures builds of Broadsheet and its peers, in turns.

    python -m bench.run --quick
    python -m bench.run --sizes 1000,20000 --papers papers.jsonl.gz

Each round lays every tool's site out anew, and builds it cold, with nothing to do, with a day added, and with a
digest edited; for each of these the tools take turns. Then `bench.report` prints the tables.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path

from bench import report
from bench.corpus import ROOT
from bench.measure import contents, disturbed, run, settle
from bench.results import Run, save
from bench.tools import SCENARIOS, TOOLS, VENV, Tool

HERE = Path(__file__).parent
RESULTS = HERE / "results"
_QUICK = 200


def measure(
    tools: Sequence[Tool], size: int, rounds: int, scenarios: Sequence[str], patience: float
) -> Iterator[Run]:
    """Every run, as it is done. Before each at most `patience` seconds pass until the machine is quiet."""
    for place in range(rounds):
        for scenario in scenarios:
            for tool in tools:
                tool.change(scenario)
                os.sync()  # what was copied is not written while the clock runs
                settle(patience)
                cost = run(tool.command(), tool.root, tool.environment())
                files, size_of = contents(tool.site)
                yield Run(
                    tool=tool.name,
                    size=size,
                    scenario=scenario,
                    round=place,
                    wall=cost.wall,
                    cpu=cost.cpu,
                    peak=cost.peak,
                    others=cost.others,
                    files=files,
                    bytes=size_of,
                )


def prepare(work: Path, size: int, papers: Path | None, names: Sequence[str]) -> list[Tool]:
    """The corpus of a size, and the tools that can build it; each step in a process of its own."""
    folder = work / f"{papers.stem if papers else 'digests'}-{size}"
    corpus, content = folder / "corpus", folder / "content"
    source = ["--papers", str(papers)] if papers else []
    _python("bench.corpus", str(size), str(corpus), *source)
    tools = [tool for tool in TOOLS if tool.name.lower() in names and size <= (tool.most or size)]
    if {tool.name for tool in tools} - {"Broadsheet"} and not content.exists():
        _python("bench.peers.content", str(corpus), str(content))
    return [tool(folder, corpus, content) for tool in tools]


def _python(module: str, *arguments: str) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-m", module, *arguments], check=True, env=environment)


def about() -> dict[str, object]:
    """What the figures depend on beside the programs themselves."""
    hugo = next(VENV.glob("lib/python*/site-packages/hugo-*.dist-info"), None)
    material = next(VENV.glob("lib/python*/site-packages/mkdocs_material-*.dist-info"), None)
    return {
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "broadsheet": version("broadsheet"),
        "hugo": hugo.name.split("-")[1].removesuffix(".dist") if hugo else None,
        "material": material.name.split("-")[1].removesuffix(".dist") if material else None,
    }


def _say(done: Run) -> None:
    note = f"  disturbed: others {done.others:.1f} s" if disturbed(done.wall, done.others) else ""
    sys.stderr.write(
        f"{done.size:>7,} {done.tool:<11}{SCENARIOS[done.scenario]:<17}"
        f"{done.wall:8.2f} s {done.cpu:8.2f} CPU-s {done.peak / 1e6:7.0f} MB{note}\n"
    )


def options(arguments: Sequence[str] | None) -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(prog="python -m bench.run", description="Measure builds, in turns.")
    parser.add_argument("--sizes", default="1000,20000", help="papers, such as 1000,20000 (the default)")
    parser.add_argument(
        "--rounds", type=int, default=3, help="runs of each kind; tables show the middle one (3)"
    )
    parser.add_argument("--tools", default="broadsheet,hugo,material", help="which, in their order")
    parser.add_argument("--scenarios", default=",".join(SCENARIOS), help=f"which of {','.join(SCENARIOS)}")
    parser.add_argument("--papers", type=Path, metavar="FILE.jsonl.gz", help="real papers for the corpus")
    parser.add_argument("--work", type=Path, default=HERE / "work", help="where sites are made")
    parser.add_argument("--results", type=Path, default=RESULTS, help="where measurements are kept")
    parser.add_argument("--patience", type=float, default=60, help="seconds to wait for a quiet machine (60)")
    parser.add_argument("--quick", action="store_true", help=f"one round of {_QUICK} papers, nothing kept")
    found = parser.parse_args(arguments)
    if unknown := {*found.scenarios.split(",")} - {*SCENARIOS}:
        parser.error(f"expected scenarios of {', '.join(SCENARIOS)}, found {', '.join(sorted(unknown))}")
    if unknown := {*found.tools.split(",")} - {tool.name.lower() for tool in TOOLS}:
        parser.error(f"expected tools of broadsheet, hugo, material, found {', '.join(sorted(unknown))}")
    return found


def main(arguments: Sequence[str] | None = None) -> None:
    """The command."""
    asked = options(arguments)
    if asked.quick:
        with tempfile.TemporaryDirectory() as folder:
            asked.sizes, asked.rounds, asked.patience = str(_QUICK), 1, 0
            asked.work, asked.results = Path(folder) / "work", Path(folder) / "results"
            _measure_all(asked)
    else:
        _measure_all(asked)
        report.draw(asked.results)


def _measure_all(asked: argparse.Namespace) -> None:
    for size in map(int, asked.sizes.split(",")):
        tools = prepare(asked.work.absolute(), size, asked.papers, asked.tools.split(","))
        runs = []
        for done in measure(tools, size, asked.rounds, asked.scenarios.split(","), asked.patience):
            _say(done)
            runs.append(done)
        save(asked.results, size, runs, about())
    sys.stdout.write(report.tables(asked.results))


if __name__ == "__main__":
    main()
