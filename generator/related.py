"""What a paper is about, in a few weighted features, so that others about the same can be found (`archive.kinship`).

A feature is a topic of the paper or a telling word of its title or abstract. How telling a word is comes from a table
that ships with the program and not from the archive: what a paper's page shows must not change with every new day.
"""

from __future__ import annotations

import marshal
from functools import lru_cache
from math import sqrt
from pathlib import Path
from zlib import crc32

from generator.archive.kinship import NORM
from generator.model import Paper
from generator.search.document import TITLE, columns

_TABLE = Path(__file__).parent / "enrich/common_words.txt"
#: So many words make a signature at most; of those that are not in the table, which only this paper may have, so many.
_MOST_WORDS, _MOST_RARE = 12, 2
#: Words of a lower band say nothing; those that are in no band say as much as the highest.
_LEAST_BAND, _RARE = 7, 14
#: What a topic says beside words, the first of a paper most.
_TOPICS = (34, 28, 22, 18, 14)
#: How much more a word of the title says, and one that comes again in the abstract.
_IN_TITLE, _AGAIN, _MOST_AGAIN = 1.8, 0.3, 3
#: Topics that so many papers have that sharing one says little.
_BROAD = frozenset(
    (
        "large-language-models",
        "datasets-and-benchmarks",
        "evaluation-and-reproducibility",
        "surveys-and-tutorials",
    )
)
#: Words of titles that tell nothing of their subject.
_EMPTY = frozenset(
    """your my beyond toward rethinking revisiting exploring investigating investigation unveiling unlocking unleashing
    bridging boosting enhancing incentivizing advancing empowering improving understanding evaluating harnessing towards
    demystifying mitigating achieving enabling scaling finegrained grained largescale gpt4o gpt4 gpt llama qwen re need
    think really survey report technical technique better good simple case matter thing look make get let know
    endtoend end realworld taskagnostic his her now middle then than thus hence
    re co de pre post multi inter intra non semi sub""".split()  # noqa: SIM905
)


@lru_cache(maxsize=1)
def _bands() -> dict[str, int]:
    """The words of the table with their bands."""
    bands: dict[str, int] = {}
    for line in _TABLE.read_text("utf-8").splitlines()[1:]:
        band, *words = line.split()
        bands.update(dict.fromkeys(words, int(band)))
    return bands


def signature(paper: Paper, words: bytes) -> bytes:
    """The signature of a paper as the archive keeps it: its key and title, its features by hash with their weights, and
    the topics and words that they are. Its words are those that the search knows (`search.document.words_of`); there is
    none (b"") of one that the editors hide.
    """
    if paper.edit.hide:
        return b""
    known = _bands().get
    weights: dict[str, float] = {}
    rare: list[tuple[float, str]] = []
    for term, level, count in zip(*columns(words)[:3], strict=True):
        if not count:  # what follows stands aside: tags, sources, identifiers, names
            break
        band = known(term)
        titled = level >= TITLE
        if band is None:
            # What one paper alone may have is of use only where it is the name of something.
            if (titled or count > 1) and len(term) > 1 and not term.isdecimal() and term not in _EMPTY:
                rare.append(
                    (_RARE * (1 + _AGAIN * min(count - 1, _MOST_AGAIN)) * (_IN_TITLE if titled else 1), term)
                )
        elif band >= _LEAST_BAND and len(term) > 1 and term not in _EMPTY and not term.isdecimal():
            weights[term] = band * (1 + _AGAIN * min(count - 1, _MOST_AGAIN)) * (_IN_TITLE if titled else 1)
    rare.sort(key=lambda pair: (-pair[0], pair[1]))
    weights.update((term, weight) for weight, term in rare[:_MOST_RARE])
    best = sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))[:_MOST_WORDS]
    topics = [tag for tag in paper.tags if tag.kind == "topic"][: len(_TOPICS)]
    found = [
        (f"#{tag.slug}", weight * (0.5 if tag.slug in _BROAD else 1.0))
        for tag, weight in zip(topics, _TOPICS, strict=False)
    ] + best
    features: dict[int, float] = {}
    for name, weight in found:  # a paper has each feature once: of two names of one hash the first counts
        features.setdefault(crc32(name.encode("utf-8", "surrogatepass")), weight)
    norm = sqrt(sum(weight * weight for weight in features.values())) or 1.0
    scaled = bytes(max(1, min(255, round(NORM * weight / norm))) for weight in features.values())
    names = tuple(tag.name for tag in topics), tuple(term for term, _ in best)
    return marshal.dumps((paper.key, paper.plain_title, tuple(features), scaled, *names))
