"""Every fixture of every format against its result, written for people: see `tests/fixtures/README.md`."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields
from datetime import date
from typing import Any

import pytest

from generator.errors import Problem
from generator.model import Digest, Link, PartialDate, Record, Refusal, Source
from generator.readers import READERS, read_digest
from tests.conftest import FIXTURES, GOLDEN

#: Folders of fixtures: one a format, and one of mails, which hold digests of any.
FOLDERS = (*(reader.NAME for reader in READERS), "mail")
CASES = sorted(f"{folder}/{path.name}" for folder in FOLDERS for path in (FIXTURES / folder).glob("*"))


@pytest.mark.parametrize("name", CASES)
def test_result(name: str, read_fixture: Callable[[str], bytes], golden: Callable[[str, str], None]) -> None:
    digest = read_digest(f"digests/{name.rpartition('/')[2]}", read_fixture(name))
    assert name.partition("/")[0] in (digest.format, "mail")
    golden(f"{name}.json", json.dumps(shown(digest), ensure_ascii=False, indent=1) + "\n")


def test_every_golden_file_has_its_fixture() -> None:
    golden = {
        path.relative_to(GOLDEN).as_posix() for folder in FOLDERS for path in (GOLDEN / folder).glob("*")
    }
    assert golden == {f"{name}.json" for name in CASES}


def test_every_format_has_a_fixture() -> None:
    assert {name.partition("/")[0] for name in CASES} == set(FOLDERS)


def shown(value: object) -> Any:
    """A value of the model as JSON that a person can read: unknown and empty fields left out."""
    match value:
        case Digest() | Record():
            pairs = ((field.name, getattr(value, field.name)) for field in fields(value))
            return {
                name: shown(item) for name, item in pairs if item not in (None, "", ()) and item is not False
            }
        case Link():
            return f"{value.label}: {value.url}"
        case Source():
            return f"{value.slug} ({value.name}{f', {value.url}' if value.url else ''})"
        case Refusal():
            return {"title": value.title, "problem": str(value.problem)}
        case PartialDate() | date() | Problem():
            return str(value)
        case tuple():
            return [shown(item) for item in value]
    return value
