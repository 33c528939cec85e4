"""The promise of permalinks, over random histories of an archive."""

from __future__ import annotations

import pytest

from tests.histories import History

#: What may stop a build: something that the record cannot recognise was corrected, or its only trace removed.
STOPS = "stopped though the work is listed"


@pytest.mark.parametrize("shared", [False, True], ids=["titles differ", "titles are shared"])
def test_an_address_never_shows_another_work_and_a_build_is_a_fixed_point(shared: bool) -> None:
    for seed in range(60):
        history = History(seed, shared=shared)
        faults = {name for name, times in history.run(20).items() if times and not name.startswith(STOPS)}
        assert not faults, f"seed {seed}"
        assert len(history.owners) >= 2


def test_builds_stop_only_for_what_cannot_be_recognised() -> None:
    faults = sum((History(seed).run(20) for seed in range(60)), start=History(0).faults)
    stops = {name.removeprefix(STOPS + ": ") for name, times in faults.items() if times}
    assert stops <= {"remove", "retitle", "abstract", "authors"}
