"""Makes the digests of an archive of any size, the same at every call.

    python -m bench.corpus 20000 FOLDER --papers papers.jsonl.gz

The papers are real as far as there are any: a file of one JSON object a line (title, abstract, authors), packed
by gzip, or else the digests of this repository. Beyond them sentences, titles and authors are recombined with a
fixed seed. Fifty papers a day, each day one answer of Hugging Face's ``daily_papers``:

- ``digests/``: the archive,
- ``next/``: one more day, to be added,
- ``edited/``: the day in the middle of the archive once more, with one abstract changed.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]

#: Papers on one day.
DAY = 50
FIRST_DAY = date(2020, 1, 1)
#: Raised when the same arguments give other papers, so that a folder of an earlier recipe is made anew.
RECIPE = 2
_SEED = 20
_NOTE = "corpus.json"
#: A paper has about as many keywords as Hugging Face gives one on average.
_KEYWORDS = 6
#: One in so many papers has code.
_CODE = 4
#: Of recombined papers one author in so many is one of the real ones: so those with a few papers grow with the archive,
#: as they do in the world, and not faster.
_KNOWN = 8

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
_WORD = re.compile(r"[A-Za-z][a-z]{4,}")
_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Real:
    """What is known of a real paper. `keywords` are those of its source."""

    title: str
    abstract: str
    authors: tuple[str, ...]
    keywords: tuple[str, ...] = ()


def read_papers(file: Path) -> list[Real]:
    """The papers of a ``.jsonl.gz``, without those that have no abstract or no author."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        entries = (json.loads(line) for line in lines)
        return [
            Real(entry["title"], entry["abstract"], tuple(entry["authors"]))
            for entry in entries
            if entry["title"] and entry["abstract"] and entry["authors"]
        ]


def read_digests(folder: Path) -> list[Real]:
    """The papers of a folder's ``daily_papers`` answers."""
    return [
        Real(
            " ".join(paper["title"].split()),
            paper["summary"],
            tuple(author["name"] for author in paper["authors"]),
            tuple(paper.get("ai_keywords") or ()),
        )
        for file in sorted(folder.glob("*-huggingface-daily.json"))
        for item in json.loads(file.read_text("utf-8"))
        if isinstance(item, dict) and (paper := item["paper"]).get("summary") and paper["authors"]
    ]


def papers(real: Sequence[Real], dice: random.Random) -> Iterator[Real]:
    """The real papers in a random order, each title once; then recombined ones without end."""
    titles: set[str] = set()
    for paper in dice.sample(real, len(real)):
        if _is_new(paper.title, titles):
            yield paper
    names = [name for paper in real for name in paper.authors]
    while True:
        yield _recombine(dice.sample(real, 3), names, titles, dice)


def _is_new(title: str, titles: set[str]) -> bool:
    """Whether no title has these letters yet; it has them from now on."""
    letters = _LETTERS.sub("", title.casefold())
    before = len(titles)
    titles.add(letters)
    return len(titles) > before


def _recombine(parts: Sequence[Real], names: Sequence[str], titles: set[str], dice: random.Random) -> Real:
    """A paper of parts of three: the head of one title and the tail of another, and sentences of each abstract."""
    title, number = _title(parts, dice), 1
    while not _is_new(title, titles):
        title, number = f"{_title(parts, dice)}, Part {number}", number + 1
    sentences: list[str] = []
    for part in parts:
        own = _SENTENCE.split(part.abstract)
        start = dice.randrange(len(own))
        sentences += own[start : start + 3]
    abstract = " ".join(sentences)
    authors = tuple(dict.fromkeys(_name(names, dice) for _ in range(dice.randint(2, 7))))
    return Real(title, abstract, authors, _rare_keywords(abstract, dice))


def _name(names: Sequence[str], dice: random.Random) -> str:
    """A real name now and then, else the given name of one person and the family name of another."""
    one, other = dice.choice(names), dice.choice(names)
    return one if dice.randrange(_KNOWN) == 0 else " ".join((*one.split()[:1], *other.split()[-1:]))


def _rare_keywords(abstract: str, dice: random.Random) -> tuple[str, ...]:
    """One pair of neighbours, which other papers with the same sentence have too, and pairs that hardly any has."""
    words = _WORD.findall(abstract) or ["nothing"]
    rare = [f"{dice.choice(words)} {dice.choice(words)}".lower() for _ in range(_KEYWORDS - 1)]
    return tuple(dict.fromkeys((*_keywords(abstract)[:1], *rare)))


def _title(parts: Sequence[Real], dice: random.Random) -> str:
    head, tail = parts[0].title.split(), parts[1].title.split()
    return " ".join([*head[: dice.randint(1, len(head))], *tail[-dice.randint(1, len(tail)) :]])


def items(found: Iterator[Real], day: date, first: int, dice: random.Random) -> list[dict[str, Any]]:
    """Fifty papers as items of a ``daily_papers`` answer; `first` is the number of the day's first in its month."""
    return [
        _item(paper, f"{day:%y%m}.{first + place:05}", day, dice)
        for place, paper in enumerate(islice(found, DAY))
    ]


def _item(paper: Real, arxiv_id: str, day: date, dice: random.Random) -> dict[str, Any]:
    token = f"{dice.getrandbits(96):024x}"
    moment = f"{day}T00:{dice.randrange(60):02}:00.000Z"
    inner: dict[str, Any] = {
        "id": arxiv_id,
        "authors": [
            {"_id": f"{token[:20]}{place:04x}", "name": name, "hidden": False}
            for place, name in enumerate(paper.authors)
        ],
        "publishedAt": f"{day - timedelta(days=2)}T17:59:59.000Z",
        "submittedOnDailyAt": moment,
        "title": paper.title,
        "summary": paper.abstract,
        "upvotes": dice.randrange(120),
        "discussionId": token,
        "ai_keywords": list(paper.keywords or _keywords(paper.abstract)),
    }
    if dice.randrange(_CODE) == 0:
        inner["githubRepo"] = f"https://github.com/lab-{token[:6]}/code"
    return {
        "paper": inner,
        "publishedAt": moment,
        "title": paper.title,
        "summary": paper.abstract,
        "thumbnail": f"https://cdn-thumbnails.huggingface.co/social-thumbnails/papers/{arxiv_id}.png",
        "numComments": dice.randrange(6),
        "submittedBy": {"_id": token[::-1], "fullname": paper.authors[0], "isPro": False, "type": "user"},
        "isAuthorParticipating": False,
    }


def _keywords(abstract: str) -> tuple[str, ...]:
    """Pairs of neighbouring words of an abstract: most are rare and a few are common, as real keywords are."""
    words = _WORD.findall(abstract)
    pairs = [f"{one} {other}".lower() for one, other in pairwise(words)]
    return tuple(dict.fromkeys(pairs[:: max(1, len(pairs) // _KEYWORDS)]))[:_KEYWORDS]


def make(folder: Path, size: int, real: Sequence[Real]) -> None:
    """Write an archive of `size` papers, and the day and the edit that come later, into an empty `folder`."""
    dice = random.Random(_SEED)  # noqa: S311 - the same papers at every call, no secret
    found = papers(real, dice)
    days, number = -(-size // DAY), 1
    for place in range(days + 1):
        day = FIRST_DAY + timedelta(days=place)
        number = 1 if day.day == 1 else number
        listed = items(found, day, number, dice)
        number += DAY
        last = place == days - 1
        _write(
            folder / ("digests" if place < days else "next"),
            day,
            listed[: size - place * DAY] if last else listed,
        )
        if place == days // 2:
            _edit(listed)
            _write(folder / "edited", day, listed)


def _edit(listed: list[dict[str, Any]]) -> None:
    """Correct one abstract, as a person would."""
    item = listed[len(listed) // 2]
    item["summary"] = item["paper"]["summary"] = item["summary"] + " This sentence has been added."


def _write(folder: Path, day: date, listed: list[dict[str, Any]]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{day}-huggingface-daily.json"
    file.write_text(json.dumps(listed, ensure_ascii=False), "utf-8")


def prepare(folder: Path, size: int, source: Path | None) -> None:
    """Make the archive in `folder` unless it is there already, made of the same papers by the same recipe."""
    note = {"recipe": RECIPE, "size": size, "papers": source.name if source else "digests"}
    file = folder / _NOTE
    if file.exists() and json.loads(file.read_text("utf-8")) == note:
        return
    shutil.rmtree(folder, ignore_errors=True)
    make(folder, size, read_papers(source) if source else read_digests(ROOT / "digests"))
    file.write_text(json.dumps(note), "utf-8")


def main(arguments: Sequence[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.corpus", description="Make an archive of any size."
    )
    parser.add_argument("size", type=int, help="papers, the fifty of the day that is held back not counted")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--papers", type=Path, metavar="FILE.jsonl.gz", help="real papers")
    options = parser.parse_args(arguments)
    if options.size < 1:
        parser.error(f"expected a size of at least 1, found {options.size}")
    prepare(options.folder, options.size, options.papers)
    sys.stdout.write(f"{options.folder}: {options.size:,} papers\n")


if __name__ == "__main__":
    main()
