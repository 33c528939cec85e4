"""An archive of made-up papers that exercises all of the search, and questions for any archive."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import product
from random import Random
from typing import Any
from zlib import crc32

from generator.model import Paper, Record, Source, Tag
from tests.builders import DAILY, Library, collect, digest, record

SOURCES = (DAILY, Source("b.slug_2", "The Büchner list"), Source("seminar", "Reading seminar"))
SPECIAL = (
    "graph-based self-supervised GPT-4 β-VAE α-stable O'Brien Schrödinger Erdős networks network studies analysis"
    " 深度学习 学习方法 論文研究 ディープラーニング 한국어 모델 学 état ２ｘ２ the of with matrices x-ray-like"
)


def _joined(*parts: str) -> list[str]:
    return ["".join(found) for found in product(*(part.split("/") for part in parts))]


#: Frequent words first.
WORDS = [
    *SPECIAL.split()[:10],
    *_joined("gra/tro/mel/sin", "do/ki/len/pa", "n/l/rs/"),
    *SPECIAL.split()[10:],
    *_joined("bor/cal/dif/nov/per", "ami/ero/ulo", "tic/sed/lum/gas/x"),
]
GIVEN = ("Ann", "Wei", "José", "Yann", "D.")
FAMILY = ("Li", "Adams", "O'Brien", "Łukasz", "王伟", "García-López", "Ito")
TAGS = ("Graphs", "Large language models", "cs.CV", "Vision–language", "A_b", "🎉", "机器学习")


def word(dice: Random) -> str:
    """A word; the first of the list are the most frequent."""
    return WORDS[int(dice.random() ** 3 * len(WORDS))]


def text(dice: Random, least: int, most: int) -> str:
    """Some words with signs between them."""
    return " ".join(
        word(dice) + dice.choice(["", "", "", ",", ".", " /"]) for _ in range(dice.randint(least, most))
    )


def tags_of(paper: Paper) -> tuple[Tag, ...]:
    """Some tags that follow from the title."""
    bits = crc32(paper.title.encode())
    return tuple(
        Tag("topic", name, f"tag-{place}") for place, name in enumerate(TAGS) if bits >> 2 * place & 3 == 3
    )


def paper(dice: Random, number: int) -> Record:
    """A made-up record."""
    authors = tuple(f"{dice.choice(GIVEN)} {dice.choice(FAMILY)}" for _ in range(dice.randint(0, 4)))
    known = {"doi": f"10.1000/X.{number}"} if number % 9 == 0 else {"arxiv_id": f"2301.{number:05}"}
    return record(
        f"{text(dice, 2, 7)} {number}" if dice.random() < 0.2 else text(dice, 3, 7),
        **known,
        abstract=text(dice, 5, 24) if dice.random() < 0.9 else "",
        summary=text(dice, 3, 6) if dice.random() < 0.1 else "",
        authors=(*authors, *(f"Member {i} Crowd" for i in range(3000))) if number == 77 else authors,
        keywords=tuple(word(dice) for _ in range(dice.randint(0, 2))),
    )


def made_up(days: int, listed: int) -> Library:
    """An archive of so many days with so many new papers each; some are listed again."""
    dice = Random(20250314)  # noqa: S311 - the same papers each time
    digests = []
    before: list[Record] = []
    for number in range(days):
        day = date(2023, 11, 1) + timedelta(days=5 * number)
        fresh = [paper(dice, number * listed + place) for place in range(listed)]
        again = dice.sample(before, min(len(before), 4))
        digests.append(digest(*fresh, *again, day=str(day), source=dice.choice(SOURCES)))
        before += fresh
    return collect(digests, tag=tags_of)


def questions(papers: Sequence[Paper], sources: Sequence[Source], number: int) -> list[dict[str, Any]]:
    """Questions of every kind, most of which some of the papers answer."""
    dice = Random(44)  # noqa: S311 - the same questions each time
    return [_question(dice, dice.choice(papers), dice.choice(papers), sources) for _ in range(number)]


def _question(dice: Random, one: Paper, other: Paper, sources: Sequence[Source]) -> dict[str, Any]:
    title, body = one.title.split(), (one.abstract or one.title).split()
    elsewhere = (other.abstract or other.title).split()
    start = dice.randrange(len(body))
    phrase = " ".join(body[start : start + dice.randint(2, 3)])
    head = dice.randrange(len(title))
    author = dice.choice(one.authors or other.authors or ("Nobody",))
    tag = dice.choice([tag.name for tag in (*one.tags, *other.tags)] or ["no such tag"])
    source = dice.choice(sources)
    day = str(one.first.day)
    parts = [
        dice.choice(title),
        dice.choice(body),
        dice.choice(body),
        f'"{phrase}"',
        f"{dice.choice(body)} OR {dice.choice(elsewhere)}",
        f'{dice.choice(elsewhere)} OR "{phrase}" OR tag:"{tag}"',
        f"-{dice.choice(elsewhere)}",
        f'-"{" ".join(elsewhere[:2])}"',
        f"title:{dice.choice(title)}",
        f'title:"{" ".join(title[head : head + 2])}"',
        f'author:"{author}"',
        f"author:{author.split()[-1]}",
        author.split()[-1],
        f'-author:"{author}"',
        f'tag:"{tag}"',
        f'-tag:"{tag}"',
        f"source:{source.slug}",
        f'source:"{source.name}"',
        f"year:{day[:4]}",
        f"after:{day[: dice.choice([4, 7, 10])]}",
        f"before:{day[: dice.choice([4, 7, 10])]}",
        f"id:{one.arxiv_id or one.doi}",
        one.key if one.arxiv_id else one.title,
        "/".join(body[:2]),
    ]
    filters = {
        "tag": tag,
        "author": author,
        "source": dice.choice([source.slug, source.name]),
        "from": day[: dice.choice([4, 7, 10])],
        "to": str(other.first.day)[: dice.choice([4, 7, 10])],
    }
    query = {key: filters[key] for key in dice.sample([*filters], dice.choice([0, 0, 0, 1, 2]))}
    if dice.random() < 0.9 or not query:
        query["q"] = " ".join(dice.sample(parts, dice.choice([1, 1, 2, 2, 3])))
    return query
