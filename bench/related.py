"""Lists of related papers to be judged by a person, and what relating papers costs.

    python -m bench.related --papers papers.jsonl.gz [--sample 50] [--seed 1] [--times 5]
    python -m bench.related --digests FOLDER --sample 50

Papers stand in the order of their dates, fifty a day. ``--times`` takes the papers so many times over, each time with
other words in place of some, to see how the cost grows.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from random import Random

from bench.papers import read_papers
from bench.topics import paper_of, read_records
from generator import processes
from generator.archive.database import connect
from generator.archive.kinship import kin_of, relate_all, spot_of
from generator.enrich.topics import paper_tags
from generator.enrich.vocabulary import VOCABULARY, load_vocabulary
from generator.model import Paper, Record
from generator.related import signature
from generator.search.document import words_of

_DAY = 50


def main(arguments: Sequence[str] | None = None) -> None:
    """Relate, and print lists and costs."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--papers", type=Path, help="one JSON object a line, packed by gzip")
    parser.add_argument("--digests", type=Path, help="a folder of digests")
    parser.add_argument("--sample", type=int, default=0, help="how many lists are shown")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--times", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args(arguments)
    records: list[Record] = []
    if options.papers:
        papers = sorted(read_papers(options.papers), key=lambda paper: str(paper["date"]))
        records += [Record(where="", title=p["title"], abstract=p["abstract"]) for p in papers]
    if options.digests:
        files = sorted(path for path in options.digests.iterdir() if path.is_file())
        records += [record for file in files for record in read_records(file)]
    records = [record for _ in range(options.times) for record in records]
    vocabulary = load_vocabulary(VOCABULARY)
    database = connect(":memory:")
    spent = 0.0
    by_spot: dict[int, Paper] = {}
    for number, record in enumerate(records):
        paper = _paper(record, number)
        paper = replace(paper, tags=paper_tags(paper, vocabulary))
        words = words_of(paper)
        start = time.process_time()
        data = signature(paper, words)
        spent += time.process_time() - start
        by_spot[spot_of(paper)] = paper
        database.execute("INSERT INTO signature VALUES (?, ?)", (spot_of(paper), data))
    _say(f"{len(records):,} papers: signatures {spent:.2f} CPU-s")
    start, cpu = time.perf_counter(), _cpu()
    relate_all(database, partial(processes.run, jobs=options.jobs))
    _say(f"relating {time.perf_counter() - start:.2f} s, {_cpu() - cpu:.2f} CPU-s, {options.jobs} processes")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    with_any = database.execute("SELECT count(DISTINCT spot) FROM kin").fetchone()[0]
    total = database.execute("SELECT count(*) FROM kin").fetchone()[0]
    some, each = with_any / len(records), total / len(records)
    _say(f"{some:.0%} have some, {each:.1f} each; {peak:.0f} MB at most, with all papers")
    dice = Random(options.seed)  # noqa: S311 - not secret
    for spot in dice.sample(sorted(by_spot), min(options.sample, len(by_spot))):
        _say(f"\n{by_spot[spot].plain_title}")
        for kin in kin_of(database, by_spot[spot]):
            _say(f"    {kin.title}\n        {', '.join(kin.topics)} | {', '.join(kin.words)}")


def _paper(record: Record, number: int) -> Paper:
    paper = paper_of(record)
    day = date(2000, 1, 1) + timedelta(number // _DAY)
    listing = replace(paper.appearances[0], day=day)
    return replace(paper, key=f"paper-{number}", appearances=(listing,))


def _cpu() -> float:
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
