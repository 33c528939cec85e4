"""The publishing workflow of a new site: its shell steps, run as they stand, in clean clones."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.scaffold import FILES_FOLDER, write_site
from tests.packaging.conftest import Bare

#: What the action configure-pages gives, https://github.com/actions/configure-pages/blob/main/action.yml
OUTPUTS = {"steps.pages.outputs.base_url": "https://ada.github.io/my-digests"}


@pytest.fixture(scope="module")
def workflow() -> Mapping[Any, Any]:
    document = yaml.safe_load((FILES_FOLDER / "publish.yml").read_text("utf-8"))
    assert isinstance(document, dict)
    return document


def steps(workflow: Mapping[Any, Any]) -> list[dict[str, Any]]:
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


def test_actions_stand_at_their_current_major_versions(workflow: Mapping[Any, Any]) -> None:
    assert [step["uses"] for step in steps(workflow) if "uses" in step] == [
        "actions/checkout@v7",
        "actions/setup-python@v7",
        "actions/configure-pages@v6",
        "actions/upload-pages-artifact@v5",
        "actions/deploy-pages@v5",
    ]


def test_addresses_are_recorded_before_they_are_published(workflow: Mapping[Any, Any]) -> None:
    order = [step.get("uses", step.get("name")) for step in steps(workflow)]
    record = order.index("Record the published addresses")
    assert order.index("Build") < record < order.index("actions/upload-pages-artifact@v5")
    assert workflow["permissions"] == {"contents": "write", "pages": "write", "id-token": "write"}
    assert workflow["concurrency"] == {"group": "pages", "cancel-in-progress": False}
    # YAML 1.1 reads the key "on" as true.
    assert workflow[True] == {"push": {"branches": ["main"]}, "workflow_dispatch": None}


def fill(text: str) -> str:
    """Put the outputs of earlier steps in; an expression that no step gives is a mistake."""
    return re.sub(r"\$\{\{\s*(.*?)\s*\}\}", lambda match: OUTPUTS[match[1]], text)


def publish(workflow: Mapping[Any, Any], clone: Path, bare: Bare) -> None:
    """Run the shell steps as the runner does: each a file of its own, ``bash -e``, its environment filled in."""
    for number, step in enumerate(steps(workflow)):
        if "run" not in step:
            continue
        script = clone.parent / f"{clone.name}-{number}.sh"
        script.write_text(fill(step["run"]))
        variables = {name: fill(value) for name, value in step.get("env", {}).items()}
        Bare(bare.folder, {**bare.environment, "CI": "true", **variables}).run(
            "bash", "--noprofile", "--norc", "-eo", "pipefail", script, cwd=clone
        )


def git(bare: Bare, folder: Path, *arguments: str) -> str:
    person = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org")
    return bare.run("git", *person, *arguments, cwd=folder)


@pytest.mark.slow
def test_its_steps_publish_and_keep_the_record(
    workflow: Mapping[Any, Any], bare: Bare, tmp_path: Path
) -> None:
    remote, home = tmp_path / "remote.git", tmp_path / "my-digests"
    bare.run("git", "init", "--quiet", "--bare", "--initial-branch", "main", remote, cwd=tmp_path)
    write_site(home)
    bare.run("git", "init", "--quiet", "--initial-branch", "main", home, cwd=tmp_path)
    git(bare, home, "add", ".")
    git(bare, home, "commit", "--quiet", "--message", "A new site")
    git(bare, home, "remote", "add", "origin", str(remote))
    git(bare, home, "push", "--quiet", "--set-upstream", "origin", "main")

    # The first run: everything is new. Meanwhile somebody pushes a digest.
    first = tmp_path / "first"
    git(bare, tmp_path, "clone", "--quiet", str(remote), str(first))
    digest = (
        "---\ndate: 2025-03-14\nsource: Seminar\n---\n\n## [Quick sort](https://arxiv.org/abs/2503.10613)\n"
    )
    (home / "digests" / "2025-03-14-seminar.md").write_text(digest)
    git(bare, home, "add", ".")
    git(bare, home, "commit", "--quiet", "--message", "Add a digest")
    git(bare, home, "push", "--quiet")
    publish(workflow, first, bare)
    page = next((first / "site" / "papers").glob("*.html")).read_text("utf-8")
    assert "https://ada.github.io/my-digests/papers/" in page
    assert "https://ada.github.io/my-digests//" not in page
    assert git(bare, first, "status", "--porcelain") == ""

    # The second run: both commits are there, and the addresses of both digests are recorded.
    second = tmp_path / "second"
    git(bare, tmp_path, "clone", "--quiet", str(remote), str(second))
    recorded = (second / "permalinks.txt").read_text("utf-8")
    assert f"papers/{next((first / 'site' / 'papers').glob('*.html')).name}" in recorded
    assert (second / "digests" / "2025-03-14-seminar.md").is_file()
    publish(workflow, second, bare)
    log = git(bare, remote, "log", "--format=%s", "main").splitlines()
    record = "Record published addresses"
    assert log == [record, record, "Add a digest", "A new site"]
    assert (second / "permalinks.txt").read_text("utf-8").startswith(recorded)

    # The third run: nothing is new, nothing is committed.
    third = tmp_path / "third"
    git(bare, tmp_path, "clone", "--quiet", str(remote), str(third))
    assert "papers/2503.10613.html" in (third / "permalinks.txt").read_text("utf-8")
    publish(workflow, third, bare)
    assert git(bare, remote, "log", "--format=%s", "main").splitlines() == log
