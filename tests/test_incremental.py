"""A build that follows changes makes what a build of nothing makes."""

from __future__ import annotations

import pytest

from tests.incremental import run


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(12))
def test_what_a_build_follows_equals_what_it_makes_anew(seed: int) -> None:
    assert not run(seed)
