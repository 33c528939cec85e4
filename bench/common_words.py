"""Makes the table of common words (`generator/enrich/common_words.txt`) of real papers.

    python -m bench.common_words --papers papers.jsonl.gz --digests FOLDER > generator/enrich/common_words.txt

A word's share is that of the papers that have it, in the corpus or among the papers of the digests, whichever is more:
what is common in one field says little there. Words of fewer than one paper in five hundred are left out.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from bench.papers import read_papers
from bench.topics import read_records
from generator.search.words import Words

_LEAST = 0.002


def main(arguments: Sequence[str] | None = None) -> None:
    """Count, and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--papers", type=Path, required=True, help="one JSON object a line, packed by gzip")
    parser.add_argument("--digests", type=Path, required=True, help="a folder of digests of another kind")
    options = parser.parse_args(arguments)
    shares = _shares(f"{paper['title']}\n{paper['abstract']}" for paper in read_papers(options.papers))
    files = sorted(path for path in options.digests.iterdir() if path.is_file())
    others = _shares(f"{r.title}\n{r.abstract}" for file in files for r in read_records(file))
    bands: defaultdict[int, list[str]] = defaultdict(list)
    for word in sorted(shares.keys() | others.keys()):
        share = max(shares.get(word, 0), others.get(word, 0))
        if share >= _LEAST:
            bands[int(-2 * math.log2(share))].append(word)
    sys.stdout.write(
        "# Words by how common they are: 2 log2 of one paper in how many has them. By bench/common_words.py.\n"
    )
    for band in sorted(bands):
        sys.stdout.write(f"{band} {' '.join(bands[band])}\n")


def _shares(texts: Iterable[str]) -> dict[str, float]:
    """The share of the texts that have a word, for all words."""
    words, counts, total = Words(), Counter[str](), 0
    for text in texts:
        counts.update(set(words.terms(text)))
        total += 1
    return {word: number / total for word, number in counts.items()}


if __name__ == "__main__":
    main()
