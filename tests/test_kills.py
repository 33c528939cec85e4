"""A few builds killed at random moments; ``python -m tests.kills`` kills more."""

from __future__ import annotations

import sys

import pytest

from tests import kills


@pytest.mark.skipif(sys.platform == "win32", reason="no signal to kill with")
def test_a_build_that_is_killed_harms_nothing() -> None:
    _, faults = kills.run(5, seed=1)
    assert not faults
