"""Real papers to measure with: a file of one JSON object a line, packed by gzip."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from generator.text.clean import clean_line, clean_paragraphs


def read_papers(file: Path) -> Iterator[dict[str, Any]]:
    """The papers of a file, with title and abstract clean, as readers give them."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            paper = json.loads(line)
            title, abstract = (
                clean_line(paper.get("title") or ""),
                clean_paragraphs(paper.get("abstract") or ""),
            )
            yield {**paper, "title": title, "abstract": abstract}
