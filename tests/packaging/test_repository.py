"""What the repository says of its own files."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.packaging.conftest import ROOT

ATTRIBUTES = ROOT / ".gitattributes"


@pytest.mark.skipif(not ATTRIBUTES.exists(), reason="not a checkout")
def test_attributes_are_those_of_files_that_exist() -> None:
    lines = (line.split("#")[0].split() for line in ATTRIBUTES.read_text("utf-8").splitlines())
    patterns = [line[0] for line in lines if line]
    assert [pattern for pattern in patterns if "/" in pattern and not any(ROOT.glob(f"{pattern}/*"))] == []
    digests = {path.parent.relative_to(ROOT).as_posix() for path in ROOT.glob("generator/**/digests/*")}
    assert digests
    assert {f"{folder}/**" for folder in digests} <= set(patterns), "digests are kept byte for byte"


def test_tests_run_without_the_cache_of_pytest() -> None:
    command = ("-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/text/test_names.py")
    ran = subprocess.run([sys.executable, *command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
