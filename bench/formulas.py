"""How many formulas of real papers become mathematics, and what the others have in common; beside other converters.

    python -m bench.formulas --papers papers.jsonl.gz [--show 20] [--node FOLDER]

All formulas in titles and abstracts are converted. With ``--node``, a folder in which ``npm install katex temml`` was
called, KaTeX and Temml convert the same ones; latex2mathml does where it is installed. A time is of one conversion of
all formulas in one process, without starting it.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import json
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from math_core import LatexError

from bench.papers import read_papers
from generator.text import mathml as own
from generator.text.mathml import Formula, formula_of
from generator.text.tex import formulas

_NODE = """
const fs = require('fs'), katex = require('katex'), temml = require('temml');
const all = JSON.parse(fs.readFileSync(0));
const ways = {
  'Temml, MathML': s => temml.renderToString(s, {throwOnError: true}),
  'KaTeX, MathML': s => katex.renderToString(s, {throwOnError: true, output: 'mathml', strict: 'ignore'}),
  'KaTeX, HTML': s => katex.renderToString(s, {throwOnError: true, output: 'html', strict: 'ignore'}),
};
console.log(JSON.stringify(Object.entries(ways).map(([name, way]) => {
  let done = 0, size = 0; const start = process.hrtime.bigint();
  for (const s of all) try { size += Buffer.byteLength(way(s)); done++; } catch (error) {}
  return [name, done, size, Number(process.hrtime.bigint() - start) / 1e9];
})));
"""


def main(arguments: Sequence[str] | None = None) -> None:
    """Convert, and print what came of it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--papers", type=Path, required=True, help="one JSON object a line, packed by gzip")
    parser.add_argument("--show", type=int, default=10, help="how many kinds of failures are shown")
    parser.add_argument("--node", type=Path, help="a folder with KaTeX and Temml")
    options = parser.parse_args(arguments)
    found = [
        formula_of(part)
        for paper in read_papers(options.papers)
        for text in (paper["title"], paper["abstract"])
        for is_formula, part in formulas(text)
        if is_formula
    ]
    _say(f"{len(found):,} formulas, {len(set(found)):,} of them different\n")
    _say(f"{'':16}{'converted':>12}{'bytes each':>12}{'seconds':>9}")
    own.mathml.cache_clear()
    _row("Broadsheet", *_tried(found, own.mathml.__wrapped__))
    if importlib.util.find_spec("latex2mathml"):
        convert = importlib.import_module("latex2mathml.converter").convert
        _row("latex2mathml", *_tried(found, lambda formula: convert(formula.tex)))
    if options.node:
        texts = json.dumps([formula.tex for formula in found])
        answer = subprocess.run(
            ["node", "-e", _NODE], cwd=options.node, input=texts, capture_output=True, text=True, check=True
        )
        for name, done, size, seconds in json.loads(answer.stdout):
            _row(name, len(found), done, size, seconds)
    _say("\nWhat Broadsheet shows as TeX:")
    for reason, examples in _failures(found)[: options.show]:
        _say(f"{len(examples):5}  {reason}: {', '.join(dict.fromkeys(examples[:3]))}")


def _tried(found: Sequence[Formula], convert: Callable[[Formula], str | None]) -> tuple[int, int, int, float]:
    done = size = 0
    start = time.perf_counter()
    for formula in found:
        try:
            result = convert(formula)
        except Exception:  # noqa: BLE001, S112 - another program's: it has not converted this one
            continue
        if result is not None:
            done, size = done + 1, size + len(result.encode())
    return len(found), done, size, time.perf_counter() - start


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def _row(name: str, total: int, done: int, size: int, seconds: float) -> None:
    _say(f"{name:16}{done:>7,} {done / total:.1%}{size / max(1, done):>11.0f}{seconds:>9.2f}")


def _failures(found: Sequence[Formula]) -> list[tuple[str, list[str]]]:
    """Why formulas are not converted, most frequent first, with their TeX."""
    reasons: dict[str, list[str]] = {}
    for formula in found:
        if own.mathml(formula) is not None:
            continue
        reason = "deeper or longer than any formula, or with what is no mathematics"
        try:
            own.converter().convert_with_local_state(own.prepared(formula.tex), displaystyle=formula.display)
        except LatexError as error:
            reason = re.sub(r"^\d+: ", "", str(error)).rstrip(".")
        reasons.setdefault(reason, []).append(formula.tex.strip())
    order = Counter({reason: len(examples) for reason, examples in reasons.items()})
    return [(reason, reasons[reason]) for reason, _ in order.most_common()]


if __name__ == "__main__":
    main()
