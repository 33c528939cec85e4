"""How the topics that papers are given agree with an editor's, how long that takes, and which are given most.

    python -m bench.topics --gold tags.json --page page.txt [--papers papers.jsonl.gz]

``--gold`` are papers of a Hugging Face page (``--page``, its text) with topics that a person gave: ``core`` ones
must be found, ``ok`` ones may be given. Precision counts both as right, recall the core ones alone; both are over all
papers.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bench.papers import read_papers
from generator.enrich.topics import paper_tags
from generator.enrich.vocabulary import VOCABULARY, Vocabulary, load_vocabulary
from generator.keys import Naming
from generator.library import merge
from generator.model import Appearance, Paper, Record, Source
from generator.readers import read_digest


@dataclass(frozen=True)
class Score:
    """What was given rightly of what was given, and of what should be."""

    right: int
    given: int
    found: int
    core: int

    def __str__(self) -> str:
        precision, recall = self.right / max(1, self.given), self.found / max(1, self.core)
        harmonic = 2 * precision * recall / max(1e-9, precision + recall)
        return f"precision {precision:.3f}, recall {recall:.3f}, F1 {harmonic:.3f}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Tag, and print what came of it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--gold", type=Path, help="papers with the topics that a person gave")
    parser.add_argument("--page", type=Path, help="the page that they are of")
    parser.add_argument("--papers", type=Path, help="papers to tag for the time that it takes")
    parser.add_argument(
        "--digests", type=Path, help="a folder of digests, for the topics that are given most"
    )
    parser.add_argument("--show", action="store_true", help="say what was missed, and what was too much")
    options = parser.parse_args(arguments)
    vocabulary = load_vocabulary(VOCABULARY)
    if options.gold and options.page:
        listed = _digest(options.page)
        gold = json.loads(options.gold.read_text("utf-8"))["papers"]
        _say(str(_score(gold, listed, vocabulary, show=options.show)))
    if options.digests:
        files = sorted(path for path in options.digests.iterdir() if path.is_file())
        _shares([paper for file in files for paper in _digest(file)], vocabulary, options.digests.name)
    if options.papers:
        papers = [paper_of(_record(paper)) for paper in read_papers(options.papers)]
        start = time.perf_counter()
        for paper in papers:
            paper_tags(paper, vocabulary)
        _say(f"{len(papers):,} papers in {time.perf_counter() - start:.2f} s")
        _shares(papers, vocabulary, options.papers.name)


def paper_of(record: Record) -> Paper:
    """A record as the only one of a paper."""
    source = record.source or Source("bench", "Bench")
    listing = Appearance(day=date(2025, 3, 14), source=source, digest="bench", position=1, record=record)
    return merge([listing], Naming("bench", (), ()))


def _record(paper: dict[str, Any]) -> Record:
    return Record(where="", title=paper["title"], abstract=paper["abstract"])


def read_records(file: Path) -> tuple[Record, ...]:
    """The records of a digest, of whatever day."""
    return read_digest(f"2025-03-14-{file.name}", file.read_bytes(), day=date(2025, 3, 14)).records


def _digest(file: Path) -> list[Paper]:
    return [paper_of(record) for record in read_records(file)]


def _topics(paper: Paper, vocabulary: Vocabulary) -> list[str]:
    return [f"{tag.area}/{tag.name}" for tag in paper_tags(paper, vocabulary) if tag.kind == "topic"]


def _score(
    gold: Iterable[dict[str, Any]], listed: Sequence[Paper], vocabulary: Vocabulary, *, show: bool
) -> Score:
    right = given = found = core = 0
    for paper in gold:
        own = listed[paper["index"] - 1]
        topics = _topics(own, vocabulary)
        levels = {tag["tag"]: tag["level"] for tag in paper["tags"]}
        wanted = {tag for tag, level in levels.items() if level == "core"}
        right += sum(topic in levels for topic in topics)
        given += len(topics)
        found += len(wanted.intersection(topics))
        core += len(wanted)
        missed, extra = sorted(wanted.difference(topics)), [t for t in topics if t not in levels]
        if show and (missed or extra):
            _say(f"{paper['index']:3} {own.title[:70]}\n      missed {missed}\n      too much {extra}")
    return Score(right, given, found, core)


def _shares(papers: Sequence[Paper], vocabulary: Vocabulary, name: str) -> None:
    counts = Counter(topic for paper in papers for topic in _topics(paper, vocabulary))
    tagged = sum(bool(_topics(paper, vocabulary)) for paper in papers)
    total = len(papers)
    _say(f"{name}: {total:,} papers, {tagged / total:.0%} with topics, {counts.total() / total:.1f} each")
    _say("  " + ", ".join(f"{topic} {number / len(papers):.1%}" for topic, number in counts.most_common(25)))
    _say(f"  given to none: {[t.name for t in vocabulary.topics if f'{t.area}/{t.name}' not in counts]}")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
