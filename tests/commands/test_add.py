"""``broadsheet add``: from a file, from the web, from standard input."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from tests.commands.conftest import DIGEST, Run, hugging_face

Snapshot = Callable[[Path], dict[str, bytes]]

NAME = "digests/2025-03-14-huggingface-daily.json"


@pytest.fixture
def answer(tmp_path: Path) -> Path:
    """An answer of the Hugging Face API, saved by a person."""
    file = tmp_path / "daily_papers.json"
    file.write_bytes(hugging_face("Quick sort", "Bubble sort"))
    return file


def test_a_file_is_filed_byte_for_byte(run: Run, site: Path, answer: Path) -> None:
    result = run("add", answer)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == f"Hugging Face daily papers, 2025-03-14, 2 papers\nfiled as {NAME}\n"
    assert (site / NAME).read_bytes() == answer.read_bytes()
    assert not (site / "sources.yml").exists()


def test_the_same_bytes_again_change_nothing(run: Run, site: Path, answer: Path, snapshot: Snapshot) -> None:
    run("add", answer)
    before = snapshot(site)
    result = run("add", answer)
    assert result.exit_code == 0
    assert result.stdout.endswith(f"filed already as {NAME}; nothing changed\n")
    assert snapshot(site) == before


def test_papers_that_the_site_has_are_counted(run: Run, site: Path, answer: Path) -> None:
    def said() -> str:
        result = run(
            "add", "-", text=hugging_face("Quick sort", "Bubble sort", "Merge sort", day="2025-03-17")
        )
        (site / "digests" / "2025-03-17-huggingface-daily.json").unlink()
        return result.stdout.partition("\n")[0]

    run("add", answer)
    line = "Hugging Face daily papers, 2025-03-17, 3 papers, {} already known"
    assert said() == line.format(2), "nothing has been built: the digests are read"
    run("build")
    assert said() == line.format(2), "the archive of the build knows"
    (site / NAME).write_bytes(hugging_face("Quick sort"))
    assert said() == line.format(1), "what has changed since the build counts as it is now"
    (site / NAME).unlink()
    assert said() == "Hugging Face daily papers, 2025-03-17, 3 papers"


def test_a_later_answer_of_the_same_day_is_kept_beside(run: Run, site: Path, answer: Path) -> None:
    run("add", answer)
    later = hugging_face("Quick sort", "Bubble sort", "Merge sort")
    answer.write_bytes(later)
    result = run("add", answer)
    assert result.exit_code == 0
    second = "digests/2/2025-03-14-huggingface-daily.json"
    assert result.stdout.endswith(f"filed as {second}; another digest of that name is kept\n")
    assert (site / second).read_bytes() == later
    assert run("add", answer).stdout.endswith(f"filed already as {second}; nothing changed\n")
    assert "3 digests, 8 records: 6 papers, 2 merged, 0 refused" in run("check").stdout


def week(*days: str) -> bytes:
    """An answer with one paper of each day, and one that cannot be used where the day is empty."""
    items = [json.loads(hugging_face("Sorting", day=day or "2025-03-19")) for day in days]
    for number, (day, (item,)) in enumerate(zip(days, items, strict=True)):
        item["title"] = f"Sorting {number}" if day else ""
        item["paper"] |= {"id": f"2503.2{number:04}", "title": item["title"]}
    return json.dumps([item for (item,) in items]).encode()


def test_a_digest_of_several_days_is_named_after_the_first_and_the_last(run: Run, site: Path) -> None:
    text = week("2025-03-18", "2025-03-14", "2025-03-17")
    result = run("add", "-", text=text)
    name = "digests/2025-03-14_2025-03-18-huggingface-daily.json"
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        f"Hugging Face daily papers, 2025-03-14 to 2025-03-18, 3 papers\nfiled as {name}\n"
    )
    assert (site / name).read_bytes() == text
    assert run("add", "-", text=text).stdout.endswith(f"filed already as {name}; nothing changed\n")
    assert run("build").exit_code == 0
    for day, title in (("14", "Sorting 1"), ("17", "Sorting 2"), ("18", "Sorting 0")):
        page = (site / "site" / "digests" / f"2025-03-{day}.html").read_text("utf-8")
        assert [f"Sorting {number}" for number in range(3) if f"Sorting {number}" in page] == [title]


def test_a_day_that_is_said_holds_for_a_digest_of_several(run: Run, site: Path) -> None:
    result = run("add", "-", "--date", "2025-03-20", text=week("2025-03-18", "2025-03-14"))
    assert result.exit_code == 0
    assert result.stdout.startswith("Hugging Face daily papers, 2025-03-20, 2 papers\n")
    assert (site / "digests" / "2025-03-20-huggingface-daily.json").is_file()


def test_a_build_must_read_as_many_papers(run: Run, site: Path, snapshot: Snapshot) -> None:
    """Of two days one has a paper; another says no day. A name of one day would say its day."""
    answer = json.loads(week("2025-03-18", "", "2025-03-18"))
    del answer[2]["paper"]["submittedOnDailyAt"]
    before = snapshot(site)
    result = run("add", "-", text=json.dumps(answer).encode())
    assert result.exit_code == 1
    assert result.stderr == (
        "standard input: expected as many papers as now, 1, without being told their days, found 2; "
        "give one day for all with --date YYYY-MM-DD\n"
    )
    assert snapshot(site) == before


def test_standard_input(run: Run, site: Path) -> None:
    result = run("add", "-", text=DIGEST.encode())
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("Reading group, 2025-03-14, 1 paper\n")
    assert (site / "digests" / "2025-03-14-reading-group.md").read_text("utf-8") == DIGEST


def test_from_the_web(run: Run, site: Path, answers: Callable[..., str]) -> None:
    address = answers(hugging_face("Quick sort"))
    result = run("add", f"{address}/api/daily_papers?date=2025-03-14")
    assert result.exit_code == 0
    assert (site / NAME).read_bytes() == hugging_face("Quick sort")


def test_an_answer_that_is_no_success_is_said(run: Run, site: Path, answers: Callable[..., str]) -> None:
    address = answers(b"<h1>Too many requests</h1>", status=429)
    result = run("add", f"{address}/2025-03-14.json")
    assert result.exit_code == 1
    assert result.stderr == (
        f"{address}/2025-03-14.json: expected an answer with a digest, found 429 Too Many Requests; "
        "check the address, or get the file another way and add it\n"
    )
    assert len(list((site / "digests").iterdir())) == 1


@pytest.mark.parametrize("text", [b"", b" \n", b"\x00\x01\x02\x03", b"just a note", b"[]", b"{}"])
def test_what_is_no_digest_is_refused(run: Run, site: Path, snapshot: Snapshot, text: bytes) -> None:
    before = snapshot(site)
    result = run("add", "-", "--date", "2025-03-14", text=text)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.startswith("standard input: ")
    assert ": expected " in result.stderr
    assert result.stderr.count("\n") == 1
    assert snapshot(site) == before


def test_a_digest_without_a_usable_paper_is_refused(run: Run, site: Path, snapshot: Snapshot) -> None:
    before = snapshot(site)
    result = run("add", "-", text=hugging_face("", ""))
    assert result.exit_code == 1
    assert result.stderr.startswith(
        "standard input: expected at least one paper that can be used, found none among 2; "
    )
    assert result.stderr.count("\n") == 3
    assert snapshot(site) == before


def test_refused_records_are_said_and_do_not_block(run: Run, site: Path) -> None:
    result = run("add", "-", text=hugging_face("Quick sort", ""))
    assert result.exit_code == 0
    assert result.stdout.startswith("Hugging Face daily papers, 2025-03-14, 1 paper, 1 refused\n")
    assert result.stderr.startswith(f"refused: {NAME}: ")
    assert (site / NAME).is_file()


def test_a_day_that_nothing_says_is_asked_for(run: Run, site: Path) -> None:
    text = DIGEST.replace("date: 2025-03-14\n", "").encode()
    result = run("add", "-", text=text)
    assert result.exit_code == 1
    assert "--date" in result.stderr
    result = run("add", "-", "--date", "2025-03-21", text=text)
    assert result.exit_code == 0
    assert (site / "digests" / "2025-03-21-reading-group.md").is_file()


def test_the_name_of_the_file_says_the_day(run: Run, site: Path, tmp_path: Path) -> None:
    file = tmp_path / "2025-03-28.md"
    file.write_text(DIGEST.replace("date: 2025-03-14\n", ""), encoding="utf-8")
    assert run("add", file).stdout.startswith("Reading group, 2025-03-28, 1 paper\n")
    assert (site / "digests" / "2025-03-28-reading-group.md").is_file()


@pytest.mark.parametrize(
    "day", ["2025-02-30", "14 March", "2025-3-14", "20250314", "1899-12-31", "2200-01-01", ""]
)
def test_a_wrong_day_is_wrong_usage(run: Run, site: Path, answer: Path, day: str) -> None:
    result = run("add", answer, "--date", day)
    assert result.exit_code == 2
    expected = f'expected a day like 2025-03-14, from 1900 to 2199, found "{day}"; correct it'
    assert expected in " ".join(result.stderr.split())


def test_a_source_that_the_site_knows_by_a_slug_with_an_underscore(
    run: Run, site: Path, answer: Path
) -> None:
    (site / "sources.yml").write_text("the_club: {name: Our Club}\n", encoding="utf-8")
    result = run("add", answer, "--date", "2025-03-14", "--source", "the_club")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.endswith("filed as digests/2025-03-14-the_club.json\n")


@pytest.mark.skipif(sys.platform in {"darwin", "win32"}, reason="names are text there")
def test_a_file_whose_name_is_no_text(run: Run, site: Path, answer: Path) -> None:
    odd = site / os.fsdecode(b"2025-03-14-\xff.json")
    odd.write_bytes(answer.read_bytes())
    result = run("add", odd)
    assert (result.exit_code, result.stderr) == (0, "")
    odd.write_bytes(b"")
    assert "expected a digest, found an empty file" in run("add", odd).stderr


def test_an_empty_source_is_wrong_usage(run: Run, site: Path, answer: Path) -> None:
    assert run("add", answer, "--source", " ").exit_code == 2


def test_an_unknown_format_is_wrong_usage(run: Run, site: Path, answer: Path) -> None:
    result = run("add", answer, "--format", "carrier-pigeon")
    assert result.exit_code == 2
    assert "markdown" in result.stderr


def test_a_format_that_the_site_describes(run: Run, site: Path) -> None:
    text = b"Titel;Autor\nEin Titel;Ada Lovelace\n"
    result = run("add", "-", "--date", "2025-03-14", text=text)
    assert "expected a digest in a format that is known" in result.stderr
    config = site / "mkdocs.yml"
    described = (
        "  broadsheet:\n    formats:\n      blatt: {title: Titel, authors: Autor, source: Unser Blatt}\n"
    )
    assert "extra:" not in config.read_text("utf-8")
    config.write_text(f"{config.read_text('utf-8')}\nextra:\n{described}", encoding="utf-8")
    result = run("add", "-", "--date", "2025-03-14", text=text)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "Unser Blatt, 2025-03-14, 1 paper\nfiled as digests/2025-03-14-unser-blatt.txt\n"
    assert run("add", "-", "--date", "2025-03-15", "--format", "blatt", text=text).exit_code == 0
    assert run("build").exit_code == 0
    assert "Ein Titel" in (site / "site" / "digests" / "2025-03-14.html").read_text("utf-8")
    config.write_text(config.read_text("utf-8").replace("authors:", "organization: Autor, authors:"), "utf-8")
    assert run("build").exit_code == 0
    export = (site / "site" / "digests" / "2025-03-14.md").read_text("utf-8")
    assert "- organization: Ada Lovelace" in export, "the digest was read again"
    assert "no errors" in run("check").stdout


def test_a_new_source_is_noted_below_what_stands_there(run: Run, site: Path, answer: Path) -> None:
    notes = site / "sources.yml"
    notes.write_text("# Ours\nother-lab: {name: Other lab}  # kept", encoding="utf-8")
    result = run("add", answer, "--source", "Ada’s lab: reading")
    assert result.exit_code == 0
    assert result.stdout == (
        "Ada’s lab: reading, 2025-03-14, 2 papers\n"
        "filed as digests/2025-03-14-ada-s-lab-reading.json\n"
        'noted in sources.yml: ada-s-lab-reading is "Ada’s lab: reading"\n'
    )
    text = notes.read_text("utf-8")
    assert text.startswith("# Ours\nother-lab: {name: Other lab}  # kept\n")
    assert yaml.safe_load(text)["ada-s-lab-reading"] == {"name": "Ada’s lab: reading"}
    assert run("check").exit_code == 0


def test_a_known_source_is_known_by_slug_and_name(run: Run, site: Path) -> None:
    (site / "sources.yml").write_text("my-lab: {name: My laboratory}\n", encoding="utf-8")
    for number, said in enumerate(("my-lab", "My laboratory", "my laboratory", "My  lab"), start=1):
        result = run("add", "-", "--source", said, "--date", f"2025-04-0{number}", text=DIGEST.encode())
        known = ", 1 already known" if number > 1 else ""
        assert result.stdout.startswith(f"My laboratory, 2025-04-0{number}, 1 paper{known}\n"), said
        assert (site / "digests" / f"2025-04-0{number}-my-lab.md").is_file()
    assert (site / "sources.yml").read_text("utf-8") == "my-lab: {name: My laboratory}\n"


def test_what_a_user_says_outweighs_the_text(run: Run, site: Path) -> None:
    result = run("add", "-", "--source", "seminar", "--date", "2025-05-01", text=DIGEST.encode())
    assert result.exit_code == 0
    assert result.stdout.startswith("seminar, 2025-05-01, 1 paper\n")
    assert (site / "digests" / "2025-05-01-seminar.md").read_text("utf-8") == DIGEST
    assert run("build").exit_code == 0
    assert "seminar" in (site / "site" / "digests" / "2025-05-01.html").read_text("utf-8")


def test_sources_written_in_another_way_are_left_alone(run: Run, site: Path, answer: Path) -> None:
    notes = site / "sources.yml"
    notes.write_text("{other: {name: Other}}\n", encoding="utf-8")
    result = run("add", answer, "--source", "My LAB")
    assert result.exit_code == 1
    assert "add this yourself: my-lab: {name: My LAB}" in result.stderr
    assert notes.read_text("utf-8") == "{other: {name: Other}}\n"
    assert len(list((site / "digests").iterdir())) == 1


def test_a_source_cannot_leave_the_folder(run: Run, site: Path, answer: Path) -> None:
    assert run("add", answer, "--source", "../../etc/passwd").exit_code == 0
    assert (site / "digests" / "2025-03-14-etc-passwd.json").is_file()


def test_a_file_that_is_filed_already_is_not_filed_twice(run: Run, site: Path) -> None:
    name = "digests/2025-01-24-huggingface-daily.json"
    result = run("add", name)
    assert result.exit_code == 1
    assert result.stderr.startswith(f"{name}: expected a file from elsewhere, found one that is filed; ")
    assert len(list((site / "digests").iterdir())) == 1
