"""The line between the server and the browser: how fast it is, and when a byte has passed it.

Nothing here waits or reads a clock; whoever sends is told until when to wait.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

#: What is sent at once, about a packet: so several responses share a slow line evenly.
PACKET = 1448


@dataclass(frozen=True, slots=True)
class Line:
    """A kind of connection. `rate` is in bits a second, None for as fast as it goes; `round_trip` in seconds."""

    name: str
    rate: float | None
    round_trip: float
    #: Whether pages are asked for by HTTP/2 over TLS, as a public host serves them.
    http2: bool = False


LINES: tuple[Line, ...] = (
    Line("fast", None, 0),
    Line("slow", 1_600_000, 0.15),
    Line("slow-h2", 1_600_000, 0.15, http2=True),
)


@dataclass(slots=True)
class Link:
    """All connections together: they share one line, and what one sends the others wait for."""

    line: Line
    _free: float = 0.0

    def connect(self, now: float, *, encrypted: bool) -> float:
        """The moment when a connection asked for now is there: one round trip, and one more for TLS."""
        return now + self.line.round_trip * (2 if encrypted else 1)

    def answer(self, now: float) -> float:
        """The moment when the first byte of the answer to what is asked now may go."""
        return now + self.line.round_trip

    def send(self, size: int, now: float) -> float:
        """The moment when `size` bytes have passed that are given to the line now, behind all given before."""
        if self.line.rate is None:
            return now
        self._free = max(self._free, now) + size * 8 / self.line.rate
        return self._free


def packets(content: bytes, line: Line) -> Iterator[bytes]:
    """The content in the pieces that are sent, in order; at once on a line that is not shaped."""
    size = PACKET if line.rate else max(1, len(content))
    for start in range(0, len(content), size):
        yield content[start : start + size]


@dataclass(slots=True)
class Transfer:
    """One answer: what was asked for and how many bytes went, head included, so far."""

    path: str
    bytes: int = 0
    done: bool = False


@dataclass(slots=True)
class Ledger:
    """What has been sent since it was last asked."""

    _transfers: list[Transfer] = field(default_factory=list)

    def open(self, path: str) -> Transfer:
        """A new answer; whoever sends it adds to its bytes and says when it is done."""
        transfer = Transfer(path)
        self._transfers.append(transfer)
        return transfer

    def take(self) -> list[Transfer]:
        """Everything so far. What is still being sent is told again next time, with what has gone since then."""
        taken = [Transfer(each.path, each.bytes, each.done) for each in self._transfers]
        self._transfers = [each for each in self._transfers if not each.done]
        for each in self._transfers:
            each.bytes = 0
        return taken
