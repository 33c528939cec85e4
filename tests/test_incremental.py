"""A build that follows changes makes what a build of nothing makes."""

from __future__ import annotations

import pytest

from tests.incremental import run
from tests.search.small import make_small


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(12))
def test_what_a_build_follows_equals_what_it_makes_anew(seed: int) -> None:
    assert not run(seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [800, 802, 803, 804])
def test_the_same_where_a_few_papers_make_all_kinds_of_files_of_the_search(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_small(monkeypatch, heavy=3, pairs=("deep learning", "abstract available", "survey everything"))
    assert not run(seed)
