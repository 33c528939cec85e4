"""The append-only record of published addresses, kept as ``permalinks.txt`` in the user's repository.

One line an address, in the order of publication; ``#`` starts a comment. Three kinds of line::

    papers/2410.12952.html 9f8e7d6c             published; the clue recognises the same paper under a new key
    moved papers/old-1a2b3c.html papers/2410.12952.html
    retired papers/2410.12952.html              withdrawn on purpose: the address says so

Lines are only ever added, by a build or by the user, so two branches merge by keeping the lines of both.
A later line about an address outweighs an earlier one. An address that is retired says so even if a digest lists its
paper; one that has a page shows it, wherever it was once moved to.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from generator.errors import ConfigError, PermalinkError, Problem, shown
from generator.ids import file_name
from generator.output import write_if_changed

FILE_NAME = "permalinks.txt"
HEADER = (
    "# Every address that this site has published. Broadsheet adds lines; keep this file under version control.\n"
    '# To withdraw an address on purpose, add a line "retired <address>";'
    ' to lead it elsewhere, "moved <address> <address>".\n'
)

#: An address in one of these folders is a promise about its content: only the user may retire it. The other
#: folders hold lists; a list that has become empty leads to the index of its kind by itself.
PROMISED = ("papers", "digests")
#: Where the pages of papers are.
PAPERS = "papers/"


#: So many new papers can be named in a message as what a missing one may have become.
_FEW = 3
_CLUE = re.compile(r"[0-9a-f]{8}")


@dataclass(frozen=True, slots=True)
class Permalinks:
    """What has been published. `clues` maps every address, in the order of publication, to its newest clue ("" for
    pages that are not papers); `moved` is what the last line about an address says, not followed any further.
    """

    clues: Mapping[str, str] = field(default_factory=dict)
    moved: Mapping[str, str] = field(default_factory=dict)
    retired: frozenset[str] = frozenset()

    def published(self, folder: str) -> list[str]:
        """The published addresses in one folder, oldest first."""
        return [address for address in self.clues if address.startswith(folder + "/")]


def load(file: Path) -> Permalinks:
    """Read the record; an absent file is an empty record. Raises ConfigError for lines it does not understand."""
    try:
        text = file.read_text("utf-8")
    except FileNotFoundError:
        return Permalinks()
    except UnicodeDecodeError:
        raise ConfigError(
            Problem(file.name, "UTF-8 text", "other bytes", "restore the file from version control")
        ) from None
    return parse(text, file.name)


def parse(text: str, where: str = FILE_NAME) -> Permalinks:
    """Read the text of a record. Raises ConfigError with every line that cannot be understood."""
    reading = _Reading(where)
    for number, line in enumerate(text.splitlines(), start=1):
        if words := line.split("#", maxsplit=1)[0].split():
            reading.take(words, f"{where}:{number}", line)
    reading.finish()
    return Permalinks(reading.clues, reading.moved, frozenset(reading.retired))


class _Reading:
    """A record while it is read, line by line."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.clues: dict[str, str] = {}
        self.moved: dict[str, str] = {}
        self.retired: set[str] = set()
        self.problems: list[Problem] = []
        self._places: dict[str, str] = {}

    def take(self, words: list[str], place: str, line: str) -> None:
        """Take one line."""
        match words:
            case ["moved", old, new] if _is_address(old) and _is_address(new) and old != new:
                self._places[old] = place
                self.moved[old] = new
                self.retired.discard(old)
                if self.moved.get(new) == old:  # moved back: the later line counts
                    del self.moved[new]
            case ["retired", old] if _is_address(old):
                self._places[old] = place
                self.retired.add(old)
                self.moved.pop(old, None)
            case [address] if _is_address(address):
                self.clues.setdefault(address, "")
            case [address, mark] if _is_address(address) and _CLUE.fullmatch(mark):
                self.clues[address] = mark
            case _:
                remedy = "correct the line, or restore the file from version control"
                expected = "an address, or moved <address> <address>, or retired <address>"
                self.problems.append(Problem(place, expected, shown(line), remedy))

    def finish(self) -> None:
        """Look at the whole: what is moved or retired must have been published. Raises ConfigError."""
        for address, place in self._places.items():
            if address not in self.clues:
                remedy = "correct the address: another line has it as it was published"
                self.problems.append(Problem(place, "a published address", shown(address), remedy))
        if self.problems:
            raise ConfigError(*self.problems)


def _is_address(word: str) -> bool:
    """Whether a build could have made this address: a folder and a name, or a name in a folder below it."""
    parts = word.removesuffix(".html").split("/")
    return (
        word.endswith(".html")
        and len(parts) in (2, 3)
        and all(part in ("index", file_name(part)) for part in parts)
    )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build does about published addresses that do not show a page of their own.

    `forwards` maps an address to the one that it leads to; `retired` are to say that they are withdrawn, in place of
    a page if there is one; `added` are the lines to append once the site stands.
    """

    forwards: Mapping[str, str]
    retired: tuple[str, ...]
    added: tuple[str, ...]


def reconcile(
    record: Permalinks,
    pages: Container[str],
    aliases: Mapping[str, str],
    news: Mapping[str, Sequence[str]],
) -> Outcome:
    """Account for the published addresses of a record, or of a part of it.

    `pages` are the addresses that have a page now; `aliases` maps other published addresses to the page of their
    paper; `news` are the pages that are new or have changed, in the order in which they are recorded, with the clues of
    their paper, the best first: papers oldest first, for of those that nothing tells apart the next build gives the
    oldest key to the first. Raises PermalinkError with each promised address that would die.
    """
    forwards: dict[str, str] = {}
    retired: list[str] = []
    broken: list[str] = []
    added = [*_news(record, news)]
    for address in record.clues:
        if address in record.retired:
            retired.append(address)
            continue
        target = _target(address, record, pages, aliases)
        if target is None:
            broken.append(address)
        elif target in record.retired:
            retired.append(address)
        elif target != address:
            forwards[address] = target
        if address in aliases and record.moved.get(address) != target:
            added.append(f"moved {address} {target}")
    if broken:
        raise PermalinkError(*(_broken(address, record, news) for address in broken))
    return Outcome(forwards, tuple(retired), tuple(added))


def _news(record: Permalinks, pages: Mapping[str, Sequence[str]]) -> Iterable[str]:
    """Lines for new addresses, and for papers whose text has changed so much that their clue is no longer good."""
    for address, clues in pages.items():
        stale = bool(clues) and record.clues.get(address) not in clues
        if address not in record.clues or (stale and address not in record.retired):
            yield f"{address} {clues[0] if clues else ''}".strip()


def _target(
    address: str, record: Permalinks, pages: Container[str], aliases: Mapping[str, str]
) -> str | None:
    """The address whose page a published address shows: its own, that of its paper, where it was moved to, or the list
    above a list. None if there is none.
    """
    passed: list[str] = []
    place: str | None = address
    while place and place not in passed:
        if place in pages or place in record.retired:
            return place
        if place in aliases:
            return aliases[place]
        passed.append(place)
        place = record.moved.get(place)
    return None if address.partition("/")[0] in PROMISED else _index_of(address, pages)


def _index_of(address: str, pages: Container[str]) -> str:
    """The list above a list: an older page leads to its newest, a month to its year, else the index."""
    folder, _, name = address.partition("/")
    stem = name.removesuffix(".html")
    above = (stem.partition("/")[0], stem[:4]) if folder == "archive" else (stem.partition("/")[0],)
    places = [f"{folder}/{shorter}.html" for shorter in above]
    return next((place for place in (*places, f"{folder}/index.html") if place in pages), "index.html")


def _broken(address: str, record: Permalinks, pages: Mapping[str, Sequence[str]]) -> Problem:
    """What a person can do; where few papers are new, one of them may be the one that was here."""
    new = [page for page in pages if page not in record.clues and page.startswith("papers/")]
    if address.startswith("papers/") and 0 < len(new) <= _FEW:
        lines = " or ".join(f'"moved {address} {page}"' for page in new)
        remedy = f'if it is there under another name, add to {FILE_NAME} {lines}; else "retired {address}"'
    else:
        remedy = f'bring its digest back, or add to {FILE_NAME} the line "retired {address}"'
    return Problem(address, "a page at this published address", "none", remedy)


def append(file: Path, lines: Sequence[str]) -> None:
    """Add lines to the record, below a comment in a new file. Nothing that stands there is touched, and the file is
    replaced as a whole: an interrupted build leaves no half of a line.
    """
    if not lines:
        return
    try:
        before = file.read_bytes()
    except FileNotFoundError:
        before = HEADER.encode()
    gap = b"" if before.endswith(b"\n") or not before else b"\n"
    write_if_changed(file, before + gap + "".join(f"{line}\n" for line in lines).encode())
