r"""Measures how well damaged mathematics is written again: `generator.text.restore`.

    python -m bench.restoring --papers papers.jsonl.gz                 # abstracts of 2023 and later
    python -m bench.restoring --papers papers.jsonl.gz --until 2022    # those before: what the rules were made with
    python -m bench.restoring --papers papers.jsonl.gz --show 20       # with what is wrong, missed and touched

Abstracts that have formulas between dollars are damaged by the rule of `bench.damaging`, restored, and compared. A
span that was touched is

- *exact* if it is one whole formula, and its TeX the same in the normal form (`bench.damaging.normal`);
- *right* if it also shows the same: punctuation at its end may be inside or outside of the dollars, so may a number
  at its ends that stands beside an operator (``5$\times$``, ``$5\times$``); and a list may have one pair of dollars or
  one for each of its items (``$a, b$``, ``$a$, $b$``), as long as every item that was touched is a whole one.

A formula is *damaged visibly* if more than one letter, number or word is left of it, or a command lost its backslash.
Abstracts without any dollar say how often text is touched that was not damaged; *plain* ones have no backslash, ``^``
or ``_`` either. Some of these have mathematics that their authors wrote without TeX, so not all that is touched is
wrong.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from bench.damaging import Damaged, Formula, damage, normal
from bench.papers import read_papers
from generator.text.restore import Span, spans
from generator.text.tex import formulas

_BARE = re.compile(r"[A-Za-z]+'*|[\d.,]+%?")
_NUMBER = r"\d[\d.,]*"
#: Numbers beside an operator, at the begin and the end of what is left of a formula, and of its TeX.
_HEAD = re.compile(rf"{_NUMBER}\s*(?=times|pm|\^circ)")
_TAIL = re.compile(rf"(?:(?<=pm)|(?<=times)|(?<=sim)|(?<=leq)|(?<=geq))\s*{_NUMBER}$")
_TEX_HEAD = re.compile(rf"\s*{_NUMBER}\s*(?=\\(?:times|pm)|\^\\circ|\^\{{\\circ\}})")
_PUNCTUATION = ".,;:% "


@dataclass
class Figures:
    """What was counted, and examples of it."""

    abstracts: int = 0
    whole: int = 0  # abstracts in which every formula that was damaged visibly is right
    formulas: int = 0
    visible: int = 0
    restored: int = 0
    touched: int = 0
    exact: int = 0
    right: int = 0
    characters: int = 0
    seconds: float = 0.0
    wrong: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print. Returns 0."""
    parser = argparse.ArgumentParser(description=str(__doc__).split("\n", 1)[0])
    parser.add_argument(
        "--papers", type=Path, required=True, help="a file of one JSON object a line, packed by gzip"
    )
    parser.add_argument(
        "--since", type=int, default=None, help="the first year; 2023 unless --until is given"
    )
    parser.add_argument("--until", type=int, default=9999, help="the last year")
    parser.add_argument("--most", type=int, default=2000, help="as many abstracts with mathematics")
    parser.add_argument("--show", type=int, default=0, help="as many examples of each kind")
    options = parser.parse_args(arguments)
    since = options.since or (0 if options.until < 9999 else 2023)
    papers = [*_papers(options.papers)]
    wanted = (text for year, text in papers if since <= year <= options.until and _has_formula(text))
    figures = measure(islice(wanted, options.most))
    print(*report(figures), sep="\n")  # noqa: T201 - the command's output
    print(*_undamaged([text for _, text in papers], options.show), sep="\n")  # noqa: T201
    for name, examples in (("wrong", figures.wrong), ("missed", figures.missed)):
        for example in _spread(examples, options.show):
            print(f"{name}: {example}")  # noqa: T201
    return 0


def measure(abstracts: Iterator[str]) -> Figures:
    """Damage, restore and compare abstracts."""
    figures = Figures()
    for abstract in abstracts:
        damaged = damage(abstract)
        start = time.perf_counter()
        found = spans(damaged.text)
        figures.seconds += time.perf_counter() - start
        figures.characters += len(damaged.text)
        _count(figures, damaged, found)
    return figures


def _count(figures: Figures, damaged: Damaged, found: list[Span]) -> None:
    text = damaged.text
    whole = {(one.start, one.end): one for one in damaged.formulas}
    items = {place: tex for one in damaged.formulas for place, tex in _items(text, one)}
    done = set()
    for span in found:
        one = whole.get((span.start, span.end))
        exact = one is not None and normal(one.tex) == normal(span.tex)
        mine = [*_items(text, Formula(*span))]
        right = exact or all(place in items and normal(tex) == normal(items[place]) for place, tex in mine)
        figures.touched += 1
        figures.exact += exact
        figures.right += right
        if right:
            done |= {place for place, _ in mine}
        else:
            over = [one.tex for one in damaged.formulas if one.start < span.end and one.end > span.start]
            figures.wrong.append(f"{span.tex!r} was {over} in {_around(text, span.start, span.end)}")
    missed = [one for one in damaged.formulas if is_visible(text, one) and not _is_done(text, one, done)]
    visible = sum(is_visible(text, one) for one in damaged.formulas)
    figures.missed += [f"{one.tex!r} in {_around(text, one.start, one.end)}" for one in missed]
    figures.abstracts += 1
    figures.whole += not missed
    figures.formulas += len(damaged.formulas)
    figures.visible += visible
    figures.restored += visible - len(missed)


def is_visible(text: str, formula: Formula) -> bool:
    """Whether more than one letter, number or word is left of a formula, or a command lost its backslash."""
    left = text[formula.start : formula.end]
    return not _BARE.fullmatch(left) or f"\\{left}" in formula.tex


def _is_done(text: str, formula: Formula, done: set[tuple[int, int]]) -> bool:
    places = [place for place, _ in _items(text, formula)]
    bare = [_BARE.fullmatch(text[start:end]) is not None for start, end in places]
    touched = [place in done for place in places]
    return any(touched) and all(one or two for one, two in zip(touched, bare, strict=True))


def _items(text: str, formula: Formula) -> Iterator[tuple[tuple[int, int], str]]:
    """The items of a formula that is a list, without what may stand outside: where each is, and its TeX."""
    left = text[formula.start : formula.end]
    places, pieces = _cuts(left), _cuts(formula.tex)
    if len(places) != len(pieces):
        places, pieces = [(0, len(left))], [(0, len(formula.tex))]
    for (start, end), (begin, stop) in zip(places, pieces, strict=True):
        piece = left[start:end]
        if piece.strip():
            first = formula.start + start + len(piece) - len(piece.lstrip())
            yield (
                _core(text, first, formula.start + start + len(piece.rstrip())),
                _bare(formula.tex[begin:stop]),
            )


def _cuts(text: str) -> list[tuple[int, int]]:
    """The parts of `text` between commas that are in no brackets."""
    parts, depth, start, place = [], 0, 0, 0
    while place < len(text):
        if text[place] == "\\":
            place += 2
            continue
        depth += (text[place] in "([{") - (text[place] in ")]}")
        if text[place] == "," and depth <= 0:
            parts.append((start, place))
            start = place + 1
        place += 1
    return [*parts, (start, len(text))]


def _core(text: str, start: int, end: int) -> tuple[int, int]:
    """Where an item stands without punctuation at its end and numbers at its ends."""
    end = start + len(text[start:end].rstrip(_PUNCTUATION))
    head = _HEAD.match(text, start, end)
    start = head.end() if head else start
    tail = _TAIL.search(text[start:end])
    return start, start + tail.start() if tail else end


def _bare(tex: str) -> str:
    """The same of its TeX."""
    tex = re.sub(r"(?:\\%|[.,;:\s])+$", "", tex)
    head = _TEX_HEAD.match(tex)
    return _TAIL.sub("", tex[head.end() :] if head else tex)


def report(figures: Figures) -> Iterator[str]:
    """The figures as lines."""
    yield f"abstracts {figures.abstracts}, formulas {figures.formulas}, damaged visibly {figures.visible}"
    yield (
        f"touched {figures.touched}: right {_share(figures.right, figures.touched)}, "
        f"exact {_share(figures.exact, figures.touched)}"
    )
    yield (
        f"restored of what was damaged visibly {_share(figures.restored, figures.visible)}, "
        f"abstracts with all of it {_share(figures.whole, figures.abstracts)}"
    )
    yield f"{figures.characters / max(figures.seconds, 1e-9) / 1e6:.2f} million characters a second"


def _undamaged(abstracts: Sequence[str], show: int) -> Iterator[str]:
    """How often abstracts without a dollar are touched, and examples."""
    texts = [text for text in abstracts if "$" not in text]
    plain = [text for text in texts if not re.search(r"[\\^_]", text)]
    for name, group in (("plain", plain), ("without a dollar", texts)):
        found = [(text, span) for text in group for span in spans(text)]
        touched = len({text for text, _ in found})
        rate = len(found) * 500 / max(len(group), 1)
        yield f"{name} abstracts {len(group)}: {len(found)} spans in {touched}, {rate:.2f} in 500 abstracts"
        examples = [f"{span.tex!r} in {_around(text, span.start, span.end)}" for text, span in found]
        yield from (f"touched: {example}" for example in _spread(examples, show))


def _spread(examples: list[str], most: int) -> list[str]:
    """At most so many examples, from all over."""
    return examples[:: max(len(examples) // most, 1)][:most] if most else []


def _around(text: str, start: int, end: int) -> str:
    return repr(f"{text[max(start - 40, 0) : start]}«{text[start:end]}»{text[end : end + 30]}")


def _share(part: int, of: int) -> str:
    return f"{part / max(of, 1):.3f}"


def _has_formula(text: str) -> bool:
    return any(formula and part.startswith("$") for formula, part in formulas(text))


def _papers(file: Path) -> Iterator[tuple[int, str]]:
    """The year and the abstract of each paper that has both."""
    for paper in read_papers(file):
        if paper["abstract"] and str(paper.get("date", ""))[:4].isdigit():
            yield int(paper["date"][:4]), paper["abstract"]


if __name__ == "__main__":
    sys.exit(main())
