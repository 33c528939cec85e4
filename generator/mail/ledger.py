"""What was sent to whom: ``mail-sent.txt``, append-only, kept with the site.

A line is a day, a hash of day and address, and a word. ``begun`` is written, and is on the disk, before the server
gets a letter; ``sent`` after it has taken it, ``refused`` after it has not. A letter that is begun and no more may
have been delivered (the line went dead before the answer): nothing sends it again. So a letter is delivered once at
most, whatever breaks off, and a person decides about the doubtful ones. No address is in the file; who guesses one can
find its hash.
"""

from __future__ import annotations

import os
import re
from datetime import date
from email.headerregistry import Address
from hashlib import sha256
from pathlib import Path

from generator.errors import ConfigError, Problem, shown

FILE = "mail-sent.txt"
BEGUN, SENT, REFUSED = "begun", "sent", "refused"

_HEAD = (
    "# Who got which day by mail (broadsheet mail), without their addresses.\n"
    "# Keep this file under version control: without it letters go out twice.\n"
)
_LINE = re.compile(rf"(\d{{4}}-\d\d-\d\d) ([0-9a-f]{{32}}) ({BEGUN}|{SENT}|{REFUSED})")


class Ledger:
    """The record of one day's letters. Raises ConfigError for a file that it cannot understand."""

    def __init__(self, file: Path, day: date) -> None:
        self._file, self._day = file, day
        self._states: dict[str, str] = {}
        self._lines: dict[str, int] = {}
        try:
            text = file.read_bytes().decode("utf-8", "replace")
        except FileNotFoundError:
            text = ""
        self._whole = not text or text.endswith("\n")
        # An end without a line break was broken off while it was written, before anything was sent.
        lines = text.split("\n")[:-1]
        for number, line in enumerate(lines, start=1):
            line = line.rstrip("\r")
            if not line or line.startswith("#"):
                continue
            if not (match := _LINE.fullmatch(line)):
                expected = f"a day, a hash and {BEGUN}, {SENT} or {REFUSED}"
                remedy = "take the file as it was from version control; nothing was sent"
                raise ConfigError(Problem(f"{file.name}:{number}", expected, shown(line), remedy))
            if match[1] == str(day):
                self._note(match[2], match[3], number)

    def _note(self, name: str, state: str, number: int) -> None:
        # Where two histories were put together, what may have been delivered wins.
        before = self._states.get(name)
        if before == SENT or (before == BEGUN and state == BEGUN):
            return
        self._states[name] = state
        self._lines[name] = number

    def state(self, recipient: Address) -> str:
        """What became of the letter to a recipient: `BEGUN`, `SENT`, `REFUSED`, or nothing."""
        return self._states.get(self._name(recipient), "")

    def line(self, recipient: Address) -> int:
        """The line that says so, from 1."""
        return self._lines.get(self._name(recipient), 0)

    def write(self, recipient: Address, state: str) -> None:
        """Add a line; when this returns it is on the disk."""
        name = self._name(recipient)
        start = "" if self._whole else "\n"
        with self._file.open("a", encoding="utf-8", newline="\n") as out:
            if out.tell() == 0:
                start = _HEAD
            out.write(f"{start}{self._day} {name} {state}\n")
            out.flush()
            os.fsync(out.fileno())
        self._whole = True
        self._states[name] = state

    def _name(self, recipient: Address) -> str:
        return sha256(f"{self._day} {recipient.addr_spec.lower()}".encode()).hexdigest()[:32]
