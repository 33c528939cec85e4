"""Options that several commands share."""

from __future__ import annotations

import pytest

from tests.commands.conftest import Run


@pytest.mark.parametrize("given", ["x", "1.5", "0", "-2", ""])
def test_jobs_says_what_it_expects(run: Run, given: str) -> None:
    result = run("build", "--jobs", given)
    assert result.exit_code == 2
    assert f'expected a number of processes, 1 or more, found "{given}"; correct it' in result.stderr


def test_jobs_takes_a_number(run: Run, built: object) -> None:
    assert run("check", "--jobs", " 2 ").exit_code == 0
