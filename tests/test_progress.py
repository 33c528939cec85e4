"""What a build says of its steps, and what it measures."""

from __future__ import annotations

import re
import time

import pytest

from generator.commands.words import Telling
from generator.progress import Profile, Silence, left


class Told:
    """Notes what it is told."""

    def __init__(self) -> None:
        self.said: list[tuple[object, ...]] = []

    def begin(self, what: str, total: int = 0) -> None:
        self.said.append((what, total))

    def advance(self, number: int = 1) -> None:
        self.said.append((number,))

    def end(self) -> None:
        self.said.append(())


def test_a_profile_passes_on_what_it_is_told_and_measures() -> None:
    told = Told()
    profile = Profile(told)
    profile.advance()
    profile.begin("waiting")
    time.sleep(0.02)
    profile.begin("counting", 2_000)
    sum(range(200_000))
    profile.advance(1_500)
    profile.advance()
    profile.end()
    profile.end()
    assert told.said == [(1,), ("waiting", 0), ("counting", 2_000), (1_500,), (1,), (), ()]
    waiting, counting = profile.steps
    assert (waiting.what, waiting.things, counting.what, counting.things) == ("waiting", 0, "counting", 1_501)
    assert waiting.wall >= 0.02
    assert waiting.cpu < 0.02
    assert counting.wall > 0
    lines = profile.lines()
    assert [re.sub(r"[\d.]+ (?=s|CPU)", "", line).strip() for line in lines] == [
        "s     CPU-s  waiting",
        "s     CPU-s  counting (1,501)",
        "s     CPU-s  in all",
    ]


def test_silence_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    silence = Silence()
    silence.begin("anything", 3)
    silence.advance()
    silence.end()
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("done", "total", "seconds", "words"),
    [
        (0, 10, 100.0, ""),
        (5, 0, 100.0, ""),
        (5, 10, 0.9, ""),
        (5, 10, 60.0, "about 60 s left"),
        (1, 2, 89.0, "about 89 s left"),
        (1, 2, 90.0, "about 2 min left"),
        (10, 10, 60.0, "about 1 s left"),
        (1, 101, 6.0, "about 10 min left"),
    ],
)
def test_how_long_it_may_still_take(done: int, total: int, seconds: float, words: str) -> None:
    assert left(done, total, seconds) == words


def test_people_are_told_how_far_a_step_is(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 100.0
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    monkeypatch.setattr("time.monotonic", lambda: now)
    telling = Telling()
    telling.begin("reading digests", 4_000)
    now += 2
    telling.advance(1_000)
    telling.begin("short")
    telling.end()
    said = capsys.readouterr().err.replace("\r\x1b[K", "|")
    assert said == (
        "|reading digests …|reading digests: 1,000 of 4,000, about 6 s left …|reading digests: 2.0 s\n|short …|"
    )
