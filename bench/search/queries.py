"""Makes queries whose right answer is known, out of the papers of a corpus; the same at every call.

    python -m bench.search.queries CORPUS FILE [--papers papers.jsonl.gz] [--count 400]

It was written once, from what people are known to remember of a paper, and not changed after what a search did with it:

- ``title``: three to five words of the title in any order;
- ``abstract``: four to six words of the abstract in any order, two of them at least in no more than 2 % of papers;
- ``author and title``: the family name of an author and one or two words of the title;
- ``title typo``, ``abstract typo``: the same with one letter left out, put in, changed, or two neighbours swapped, in
  one word of five letters or more; a third of all queries.

Words are of three letters or more, each once, in small letters; common words of the language, numbers and mathematics
are none. A paper is asked for only if it is a real one: those that the corpus recombines have whole sentences of
others. For the same reason a query is taken only if no recombined paper has all of its words (before the typo) anywhere
in title, abstract and authors. That other real papers have them all is life, and happens to the queries of titles;
those of abstracts and authors are taken only if no other paper of the archive has all of their words.

Beside them, to measure what they cost: ``broad``, two words of a title that stand together in ten papers or more, so
that there are ten results to show; phrases of two or three words in a row from an abstract; half a word after a whole
one, as it is while typing; and words for the filters, alone and with a word.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import string
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.corpus import ROOT, read_digests, read_papers

SEED = 4
#: The kinds, and how many of thirty queries are of each.
KINDS: Mapping[str, int] = {
    "title": 8,
    "title typo": 5,
    "abstract": 8,
    "abstract typo": 5,
    "author and title": 4,
}
#: So many are made for each that is kept at most.
_TRIES = 6
_RARE = 0.02
_LETTERS_FOR_TYPO = 5
#: Queries of each of the other kinds.
_EACH = 34
#: Days whose papers give words for them.
_DAYS = 40
#: Papers that answer a broad one at least.
_MANY = 10

_MATHEMATICS = re.compile(r"\$[^$]*\$|\\\w+|\(cid:\d+\)|https?://\S+")
_WORD = re.compile(r"[^\W\d_]+")
_COMMON = frozenset(
    """about above after again all also although among and another any are because been before being between both but
    can could did does doing each either for from further had has have having her here his how however its into itself
    just less like made make many may more most much must new not nor now off one only other our out over own per same
    see several shall she should show shown shows since some such than that the their them then there therefore these
    they this those through thus too two three under until upon use used uses using various very via was way well were
    what when where whether which while who whom whose why will with within without would yet you your propose proposed
    paper papers present work based approach method methods results""".split()  # noqa: SIM905 - so it can be read
)


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper of the archive."""

    key: str
    title: str
    abstract: str
    authors: tuple[str, ...]

    @property
    def address(self) -> str:
        """Where its page is on every site."""
        return f"papers/{self.key}.html"

    def everything(self) -> frozenset[str]:
        """All words that it is known by."""
        return frozenset(words(" ".join((self.title, self.abstract, *self.authors))))


@dataclass(frozen=True, slots=True)
class Query:
    """A question: its kind, what is asked, and the address of the paper that it is about, "" if it is about none."""

    kind: str
    asked: Mapping[str, str | bool]
    address: str = ""

    @property
    def text(self) -> str:
        """What is written into the box of a search."""
        return str(self.asked["q"])


@dataclass(frozen=True, slots=True)
class Candidate:
    """A query that is to be taken if its words say which paper it is about."""

    query: Query
    words: tuple[str, ...]


def words(text: str) -> list[str]:
    """All words of a text, in small letters."""
    return _WORD.findall(_MATHEMATICS.sub(" ", text).lower())


def content_words(text: str) -> list[str]:
    """The words that say something, each once, in the order of the text."""
    return [word for word in dict.fromkeys(words(text)) if len(word) > 2 and word not in _COMMON]


def typo(word: str, dice: random.Random) -> str:
    """The word with one slip of the fingers: another word, one edit away."""
    while True:
        place = dice.randrange(len(word))
        letter = dice.choice(string.ascii_lowercase)
        slipped = {
            "leave out": word[:place] + word[place + 1 :],
            "put in": word[:place] + letter + word[place:],
            "change": word[:place] + letter + word[place + 1 :],
            "swap": word[:place] + word[place : place + 2][::-1] + word[place + 2 :],
        }[dice.choice(("leave out", "put in", "change", "swap"))]
        if slipped != word:
            return slipped


def read(corpus: Path) -> Iterator[Paper]:
    """The papers of an archive."""
    for file in sorted((corpus / "digests").glob("*.json")):
        yield from read_file(file)


def read_file(file: Path) -> Iterator[Paper]:
    """The papers of one day."""
    for item in json.loads(file.read_text("utf-8")):
        paper = item["paper"]
        names = tuple(author["name"] for author in paper["authors"])
        yield Paper(paper["id"], " ".join(paper["title"].split()), paper["summary"], names)


def candidate(paper: Paper, kind: str, rare: frozenset[str], dice: random.Random) -> Candidate | None:
    """A query of a kind for a paper, or None if it has not the words for one."""
    chosen = _choose(paper, kind.removesuffix(" typo"), rare, dice)
    if not chosen:
        return None
    asked = list(chosen)
    if kind.endswith(" typo"):
        long = [place for place, word in enumerate(asked) if len(word) >= _LETTERS_FOR_TYPO]
        if not long:
            return None
        place = dice.choice(long)
        asked[place] = typo(asked[place], dice)
    return Candidate(Query(kind, {"q": " ".join(asked)}, paper.address), tuple(chosen))


def _choose(paper: Paper, where: str, rare: frozenset[str], dice: random.Random) -> list[str]:
    if where == "author and title":
        family = words(dice.choice(paper.authors))[-1:]
        title = [word for word in content_words(paper.title) if word not in family]
        if not family or len(family[0]) < 2 or not title:
            return []
        return family + dice.sample(title, min(dice.randint(1, 2), len(title)))
    text, fewest, most = (paper.title, 3, 5) if where == "title" else (paper.abstract, 4, 6)
    found = content_words(text)
    if len(found) < fewest:
        return []
    if where == "title":
        return dice.sample(found, min(dice.randint(fewest, most), len(found)))
    telling = [word for word in found if word in rare]
    if len(telling) < 2:
        return []
    first = dice.sample(telling, 2)
    others = [word for word in found if word not in first]
    chosen = first + dice.sample(others, min(dice.randint(fewest, most) - 2, len(others)))
    dice.shuffle(chosen)
    return chosen


def known_items(corpus: Path, real_titles: frozenset[str], count: int) -> list[Query]:
    """So many queries, or a few less where the archive is too small for more; see the module for the rules."""
    dice = random.Random(SEED)  # noqa: S311 - the same queries at every call, no secret
    real, rare = _survey(corpus, real_titles)
    wanted = {kind: round(count * share / sum(KINDS.values())) for kind, share in KINDS.items()}
    made: list[Candidate] = []
    for kind, number in wanted.items():
        drawn = dice.sample(real, min(number * _TRIES, len(real)))
        made += [each for paper in drawn if (each := candidate(paper, kind, rare, dice))]
    ambiguous = _ambiguous(corpus, real_titles, made)
    clear = [each.query for place, each in enumerate(made) if place not in ambiguous]
    taken = [query for kind in wanted for query in [q for q in clear if q.kind == kind][: wanted[kind]]]
    dice.shuffle(taken)
    return taken


def _survey(corpus: Path, real_titles: frozenset[str]) -> tuple[list[Paper], frozenset[str]]:
    """The real papers whose text was not damaged when it was read, and the rare words of the archive."""
    counts: Counter[str] = Counter()
    real, size = [], 0
    for paper in read(corpus):
        size += 1
        counts.update(paper.everything())
        if paper.title in real_titles and "(cid:" not in paper.abstract:
            real.append(paper)
    most = max(2, _RARE * size)
    return real, frozenset(word for word, count in counts.items() if count <= most)


def _ambiguous(corpus: Path, real_titles: frozenset[str], made: Sequence[Candidate]) -> set[int]:
    """Which of the candidates do not say well enough which paper they are about."""
    asking = defaultdict(list)
    for place, each in enumerate(made):
        asking[each.words[0]].append(place)
    found = set()
    for paper in read(corpus):
        has, real = paper.everything(), paper.title in real_titles
        for place in (place for word in has & asking.keys() for place in asking[word]):
            query = made[place].query
            counts = not real or not query.kind.startswith("title")
            if counts and query.address != paper.address and has.issuperset(made[place].words):
                found.add(place)
    return found


def broad(corpus: Path) -> list[Query]:
    """Queries that ten papers or more answer."""
    dice = random.Random(SEED)  # noqa: S311 - as above
    pairs: dict[str, dict[str, int]] = defaultdict(dict)
    for paper in _sample(corpus, dice):
        found = content_words(paper.title)
        if len(found) > 1:
            first, second = dice.sample(found, 2)
            pairs[first][second] = 0
    for paper in read(corpus):
        has = paper.everything()
        for counts in (pairs[first] for first in has & pairs.keys()):
            for second in counts.keys() & has:
                counts[second] += 1
    common = [(one, other) for one in pairs for other, number in pairs[one].items() if number >= _MANY]
    return [Query("broad", {"q": " ".join(pair)}) for pair in dice.sample(common, min(_EACH, len(common)))]


def others(corpus: Path) -> list[Query]:
    """Queries of which only the costs are measured. Tags and sources are named later, by what the site has."""
    dice = random.Random(SEED)  # noqa: S311 - as above
    archive = [paper for paper in _sample(corpus, dice) if len(content_words(paper.title)) > 1]
    days = [file.name[:7] for file in sorted((corpus / "digests").glob("*.json"))]
    made = []
    for place, paper in enumerate(archive[:_EACH]):
        first, second, *_ = content_words(paper.title)
        word = first if place % 2 else ""
        start = dice.randrange(len(days))
        months = {"from": days[start], "to": days[min(start + 90, len(days) - 1)]}
        made += [
            Query("phrase", {"q": f'"{_phrase(paper, dice)}"'}),
            Query("half a word", {"q": f"{first} {second[: dice.randint(1, 3)]}", "prefix": True}),
            Query("tag", {"q": word, "tag": ""}),
            Query("author", {"q": word, "author": dice.choice(paper.authors)}),
            Query("source", {"q": word, "source": ""}),
            Query("dates", {"q": word, **months}),
        ]
    return made


def _sample(corpus: Path, dice: random.Random) -> list[Paper]:
    """Papers of any kind in a random order, out of days all over the archive."""
    files = sorted((corpus / "digests").glob("*.json"))
    papers = [paper for file in dice.sample(files, min(_DAYS, len(files))) for paper in read_file(file)]
    return dice.sample(papers, len(papers))


def _phrase(paper: Paper, dice: random.Random) -> str:
    """Two or three words in a row of an abstract, the first and the last of which say something."""
    text = words(paper.abstract)
    rows = [text[place : place + length] for length in (2, 3) for place in range(len(text) - length + 1)]
    telling = {*content_words(paper.abstract)}
    good = [row for row in rows if row[0] in telling and row[-1] in telling]
    return " ".join(dice.choice(good or [text[:2]]))


def prepare(corpus: Path, file: Path, source: Path | None, count: int) -> None:
    """Write all queries into a file."""
    real = read_papers(source) if source else read_digests(ROOT / "digests")
    titles = frozenset(" ".join(paper.title.split()) for paper in real)
    made = [*known_items(corpus, titles, count), *broad(corpus), *others(corpus)]
    file.write_text(json.dumps([asdict(query) for query in made], ensure_ascii=False), "utf-8")


def load(file: Path) -> list[Query]:
    """The queries that are in a file."""
    return [Query(**values) for values in json.loads(file.read_text("utf-8"))]


def main(arguments: Sequence[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m bench.search.queries", description="Make queries.")
    parser.add_argument("corpus", type=Path)
    parser.add_argument("file", type=Path)
    parser.add_argument("--papers", type=Path, metavar="FILE.jsonl.gz", help="the corpus's real papers")
    parser.add_argument("--count", type=int, default=400, help="known papers to be asked for (400)")
    options = parser.parse_args(arguments)
    prepare(options.corpus, options.file, options.papers, options.count)


if __name__ == "__main__":
    main()
