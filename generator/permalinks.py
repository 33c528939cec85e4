"""The append-only record of published addresses, kept as ``permalinks.txt`` in the user's repository.

One line an address, in the order of publication; ``#`` starts a comment. Three kinds of line::

    papers/2410.12952.html 9f8e7d6c             published; the clue recognises the same paper under a new key
    moved papers/old-1a2b3c.html papers/2410.12952.html
    retired papers/2410.12952.html              withdrawn on purpose: the address says so

Lines are only ever added, by a build or by the user, so two branches merge by keeping the lines of both.
A later line about an address outweighs an earlier one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator.errors import ConfigError, PermalinkError, Problem, shown

FILE_NAME = "permalinks.txt"
HEADER = (
    "# Every address that this site has published. Broadsheet adds lines; keep this file under version control.\n"
    '# To withdraw an address on purpose, add a line "retired <address>";'
    ' to lead it elsewhere, "moved <address> <address>".\n'
)

#: An address in one of these folders is a promise about its content: only the user may retire it. The other
#: folders hold lists; a list that has become empty leads to the index of its kind by itself.
PROMISED = ("papers", "digests")


@dataclass(frozen=True, slots=True)
class Permalinks:
    """What has been published. `clues` maps every address to its clue ("" for pages that are not papers)."""

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
    clues: dict[str, str] = {}
    moved: dict[str, str] = {}
    retired: dict[str, None] = {}
    problems: list[Problem] = []
    for number, line in enumerate(text.splitlines(), start=1):
        words = line.split("#", maxsplit=1)[0].split()
        match words:
            case []:
                continue
            case ["moved", old, new] if _is_address(old) and _is_address(new) and old != new:
                clues.setdefault(old, "")
                moved[old] = new
                retired.pop(old, None)
                if moved.get(new) == old:  # moved back: the later line counts
                    del moved[new]
            case ["retired", old] if _is_address(old):
                clues.setdefault(old, "")
                retired[old] = None
                moved.pop(old, None)
            case [address, *clue] if _is_address(address) and len(clue) <= 1:
                clues[address] = clue[0] if clue else clues.get(address, "")
            case _:
                remedy = "correct the line, or restore the file from version control"
                expected = "an address, or moved <address> <address>, or retired <address>"
                problems.append(Problem(f"{where}:{number}", expected, shown(line), remedy))
    if problems:
        raise ConfigError(*problems)
    return Permalinks(clues, _without_loops(moved), frozenset(retired))


def _is_address(word: str) -> bool:
    """Addresses are made by `generator.ids.file_name`: anything else in the record is a slip of the pen."""
    folder, _, name = word.partition("/")
    return bool(folder and name) and word.endswith(".html") and ".." not in word and word.isascii()


def _without_loops(moved: dict[str, str]) -> dict[str, str]:
    """Follow chains to their end; an address that only leads round in a circle leads nowhere."""
    ends: dict[str, str] = {}
    for old in moved:
        end, passed = moved[old], {old}
        while end in moved and end not in passed:
            passed.add(end)
            end = moved[end]
        if end != old:
            ends[old] = end
    return ends


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build does about published addresses that have no page of their own any more.

    `forwards` maps an address to the one that it leads to; `retired` are to say that they are withdrawn;
    `added` are the lines to append once the site stands.
    """

    forwards: Mapping[str, str]
    retired: tuple[str, ...]
    added: tuple[str, ...]


def reconcile(record: Permalinks, pages: Mapping[str, str], aliases: Mapping[str, str]) -> Outcome:
    """Account for every address ever published.

    `pages` maps the addresses that have a page now to their clues, `aliases` maps other addresses of papers to
    the paper's address. Raises PermalinkError with each promised address that would die.
    """
    forwards: dict[str, str] = {}
    retired: list[str] = []
    broken: list[str] = []
    added = [f"{address} {clue}".strip() for address, clue in pages.items() if address not in record.clues]
    for address in record.clues:
        if address in pages:
            continue
        target = aliases.get(address) or _moved_to(address, record, pages, aliases)
        if target:
            forwards[address] = target
            if record.moved.get(address) != target:
                added.append(f"moved {address} {target}")
        elif address in record.retired:
            retired.append(address)
        elif address.partition("/")[0] in PROMISED:
            broken.append(address)
        else:
            forwards[address] = _index_of(address, pages)
    if broken:
        raise PermalinkError(*map(_broken, broken))
    return Outcome(forwards, tuple(retired), tuple(added))


def _moved_to(
    address: str, record: Permalinks, pages: Mapping[str, str], aliases: Mapping[str, str]
) -> str | None:
    target = record.moved.get(address)
    if target is None or address in record.retired:
        return None
    target = aliases.get(target, target)
    return target if target in pages else None


def _index_of(address: str, pages: Mapping[str, str]) -> str:
    """The list above a list: an older page leads to its newest, a month to its year, else the index."""
    folder, _, name = address.partition("/")
    stem = name.removesuffix(".html")
    for shorter in (stem.partition("/")[0], stem[:4]):
        if f"{folder}/{shorter}.html" in pages:
            return f"{folder}/{shorter}.html"
    return f"{folder}/index.html" if f"{folder}/index.html" in pages else "index.html"


def _broken(address: str) -> Problem:
    return Problem(
        address,
        "a page at this published address",
        "nothing that would make one",
        f"bring its digest back, or add a line to {FILE_NAME}:"
        f' "retired {address}" to withdraw it or "moved {address} <new address>" to lead it elsewhere',
    )


def append(file: Path, lines: Iterable[str]) -> None:
    """Add lines to the record, with a comment above a new file. Nothing that stands there is touched."""
    lines = tuple(lines)
    if not lines:
        return
    try:
        before = file.read_bytes()
    except FileNotFoundError:
        before = HEADER.encode()
    gap = b"" if before.endswith(b"\n") or not before else b"\n"
    with file.open("ab") as stream:
        if stream.tell() == 0:
            stream.write(before)
        stream.write(gap + "".join(f"{line}\n" for line in lines).encode())
