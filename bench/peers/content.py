"""The papers of a corpus as Markdown with front matter, as the peers read them.

    python -m bench.peers.content CORPUS FOLDER

Broadsheet reads, merges and tags the papers in each build; the peers are given clean pages with their topics, matched
from the same vocabulary here, and the time of that is not counted against them. The pages are the same for all peers.
Days, which Hugo makes from the front matter by itself, are written out for Material as well.

- ``papers/``: a page for each paper of the archive,
- ``next/``: those of the day that is added,
- ``edited/``: the one whose abstract changes,
- ``days/``, ``days-next/``: a page for each day, for Material.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bench.corpus import ROOT
from generator.text.markdown import escape_markdown

_VOCABULARY = ROOT / "generator" / "enrich" / "topics.yml"
#: As `generator.enrich.topics` weighs: a topic needs a mention in the title or two elsewhere, and five are enough.
_TITLE, _ENOUGH, _MOST = 4, 2, 5
_WORD = re.compile(r"[^\W_]+")
#: The archive is large: the dumper written in C, where there is one.
_DUMPER: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


@dataclass(frozen=True, slots=True)
class Listed:
    """A paper and the day that lists it."""

    day: str
    item: Mapping[str, Any]
    topics: tuple[str, ...]

    @property
    def paper(self) -> Mapping[str, Any]:
        """What the digest says of it."""
        inner: Mapping[str, Any] = self.item["paper"]
        return inner

    @property
    def key(self) -> str:
        """The name of its file."""
        return str(self.paper["id"])

    @property
    def authors(self) -> list[str]:
        """Names."""
        return [author["name"] for author in self.paper["authors"]]


class Topics:
    """The vocabulary, ready to match."""

    def __init__(self) -> None:
        areas = yaml.safe_load(_VOCABULARY.read_text("utf-8"))
        self._phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for area in areas.values():
            for name, phrases in area.items():
                for phrase in phrases:
                    words = _words(phrase)
                    self._phrases.setdefault(words[0], []).append((words, name))

    def of(self, paper: Mapping[str, Any]) -> tuple[str, ...]:
        """The topics of a paper, heaviest first."""
        weights: Counter[str] = Counter()
        for text, weight in ((paper["title"], _TITLE), (paper["summary"], 1)):
            words = _words(text)
            for place, word in enumerate(words):
                for phrase, name in self._phrases.get(word, ()):
                    if words[place : place + len(phrase)] == phrase:
                        weights[name] += weight
        return tuple(name for name, weight in weights.most_common(_MOST) if weight >= _ENOUGH)


def _words(text: str) -> tuple[str, ...]:
    """Words in small letters, without a plural s."""
    words = (word.lower() for word in _WORD.findall(text))
    return tuple(
        word[:-1] if len(word) > 2 and word.endswith("s") and not word.endswith("ss") else word
        for word in words
    )


def read(folder: Path, topics: Topics) -> Iterator[list[Listed]]:
    """The days of a folder of digests."""
    for file in sorted(folder.glob("*.json")):
        items = json.loads(file.read_text("utf-8"))
        yield [Listed(file.name[:10], item, topics.of(item["paper"])) for item in items]


def page(listed: Listed) -> str:
    """A paper as Markdown: what the page of Broadsheet says of it."""
    paper = listed.paper
    links = {
        "arXiv": f"https://arxiv.org/abs/{listed.key}",
        "PDF": f"https://arxiv.org/pdf/{listed.key}",
        "Hugging Face": f"https://huggingface.co/papers/{listed.key}",
        "Code": paper.get("githubRepo"),
    }
    meta = {
        "title": " ".join(paper["title"].split()),
        "date": listed.day,
        "days": [listed.day],
        "tags": [*listed.topics],
        "authors": listed.authors,
        "published": paper["publishedAt"][:10],
        "arxiv": listed.key,
        "upvotes": paper["upvotes"],
        "comments": listed.item["numComments"],
        "keywords": paper["ai_keywords"],
        "links": [{"label": label, "url": url} for label, url in links.items() if url],
    }
    front = yaml.dump(meta, Dumper=_DUMPER, allow_unicode=True, sort_keys=False, width=10_000)
    return f"---\n{front}---\n\n{_abstract(paper)}\n"


def _abstract(paper: Mapping[str, Any]) -> str:
    return escape_markdown(" ".join(paper["summary"].split()))


def day(papers: Sequence[Listed]) -> str:
    """A day as Markdown, with links to its papers."""
    blocks = [f"# {papers[0].day}"]
    for listed in papers:
        title = escape_markdown(" ".join(listed.paper["title"].split()))
        blocks.append(f"### [{title}](../papers/{listed.key}.md)")
        blocks.append(escape_markdown(", ".join(listed.authors[:4])))
        blocks.append(escape_markdown(" ".join(listed.paper["summary"].split())[:280]))
        blocks.append(escape_markdown(", ".join(listed.topics)))
    return "\n\n".join(filter(None, blocks)) + "\n"


def write(folder: Path, files: Iterable[tuple[str, str]]) -> None:
    """Write files, each a name and a text, into a new folder."""
    folder.mkdir(parents=True)
    for name, text in files:
        (folder / f"{name}.md").write_text(text, "utf-8")


def prepare(corpus: Path, folder: Path) -> None:
    """Write everything."""
    topics = Topics()
    archive, added = [*read(corpus / "digests", topics)], [*read(corpus / "next", topics)]
    known = {listed.key: listed.item for papers in archive for listed in papers}
    edited = [
        listed
        for papers in read(corpus / "edited", topics)
        for listed in papers
        if listed.item != known.get(listed.key)
    ]
    for name, days in (("papers", archive), ("next", added), ("edited", [edited])):
        write(folder / name, ((listed.key, page(listed)) for papers in days for listed in papers))
    for name, days in (("days", archive), ("days-next", added)):
        write(folder / name, ((papers[0].day, day(papers)) for papers in days))


def main(arguments: Sequence[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.peers.content", description="Write Markdown for the peers."
    )
    parser.add_argument("corpus", type=Path)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args(arguments)
    prepare(options.corpus, options.folder)


if __name__ == "__main__":
    main()
