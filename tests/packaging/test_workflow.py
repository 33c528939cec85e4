"""The publishing workflow of a new site: its shell steps, run as they stand, in clean clones."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator import __version__, permalinks
from generator.scaffold import FILES_FOLDER, write_site
from tests.packaging.conftest import Bare

#: What the action configure-pages gives, https://github.com/actions/configure-pages/blob/main/action.yml
OUTPUTS = {
    "steps.pages.outputs.base_url": "https://ada.github.io/my-digests",
}


@pytest.fixture(scope="module")
def workflow() -> Mapping[Any, Any]:
    document = yaml.safe_load((FILES_FOLDER / "publish.yml").read_text("utf-8"))
    assert isinstance(document, dict)
    return document


def steps(workflow: Mapping[Any, Any]) -> list[dict[str, Any]]:
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


def test_actions_are_those_of_github_by_their_major_versions(workflow: Mapping[Any, Any]) -> None:
    """A major version gets its mending by itself; a branch could become anything, and so could a stranger's action."""
    used = [step["uses"] for step in steps(workflow) if "uses" in step]
    assert [action for action in used if not re.fullmatch(r"actions/[a-z-]+@v[1-9]\d*", action)] == []
    names = [action.split("@")[0].removeprefix("actions/") for action in used]
    assert names == [
        "checkout",
        "setup-python",
        "configure-pages",
        "cache",
        "upload-pages-artifact",
        "deploy-pages",
    ]


def test_what_git_ignores_of_a_build_is_kept_for_the_next_run(workflow: Mapping[Any, Any]) -> None:
    """And nothing else: a page by hand comes from the repository, never from an older run."""
    (step,) = [step for step in steps(workflow) if step.get("uses", "").startswith("actions/cache@")]
    kept = {path.strip("/") for path in step["with"]["path"].split()}
    ignored = (FILES_FOLDER / "gitignore").read_text("utf-8").split()
    made = {line.strip("/") for line in ignored if line.startswith(("/docs/", "/site/"))}
    assert kept == made | {".broadsheet/cache"}


def test_addresses_are_recorded_before_they_are_published(workflow: Mapping[Any, Any]) -> None:
    order = [(step.get("uses") or step["name"]).split("@")[0] for step in steps(workflow)]
    record = order.index("Record the published addresses")
    assert order.index("Build") < record < order.index("actions/upload-pages-artifact")
    assert workflow["permissions"] == {"contents": "write", "pages": "write", "id-token": "write"}
    assert workflow["concurrency"] == {"group": "pages", "cancel-in-progress": False}
    # YAML 1.1 reads the key "on" as true.
    assert workflow[True] == {"push": {"branches": ["main"]}, "workflow_dispatch": None}


def test_a_run_that_waited_builds_on_what_the_run_before_it_recorded(workflow: Mapping[Any, Any]) -> None:
    """Its own commit is older than that record: it takes the branch as it stands when its turn comes."""
    checkout = steps(workflow)[0]
    assert checkout["uses"].startswith("actions/checkout@")
    assert checkout["with"] == {"ref": "${{ github.ref_name }}"}


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


@pytest.mark.slow
def test_two_builds_that_record_the_same_addresses_do_no_harm(bare: Bare, tmp_path: Path) -> None:
    """Two branches add the same lines: the merge keeps both, and a line that stands twice is read as one."""
    home = tmp_path / "my-digests"
    write_site(home)
    bare.run("git", "init", "--quiet", "--initial-branch", "main", home, cwd=tmp_path)
    (home / "permalinks.txt").write_text("papers/a-1a2b3c.html 9f8e7d6c\n")
    git(bare, home, "add", ".")
    git(bare, home, "commit", "--quiet", "--message", "A new site")
    for branch, own in (("one", "papers/b.html"), ("two", "papers/c.html")):
        git(bare, home, "checkout", "--quiet", "-b", branch, "main")
        with (home / "permalinks.txt").open("a") as record:
            record.write(f"{own}\npapers/d.html 0a1b2c3d\nmoved papers/a-1a2b3c.html papers/d.html\n")
        git(bare, home, "commit", "--quiet", "--all", "--message", branch)
    git(bare, home, "rebase", "--quiet", "one")
    found = permalinks.load(home / "permalinks.txt")
    assert sorted(found.clues) == ["papers/a-1a2b3c.html", "papers/b.html", "papers/c.html", "papers/d.html"]
    assert found.clues["papers/d.html"] == "0a1b2c3d"
    assert found.moved == {"papers/a-1a2b3c.html": "papers/d.html"}


@pytest.mark.slow
def test_a_wheel_in_the_repository_is_enough_for_the_workflow(bare: Bare, dist: Path, tmp_path: Path) -> None:
    """The way of the guide for a package that is on no index: the line of requirements.txt that its comment names."""
    home = tmp_path / "my-digests"
    write_site(home)
    (wheel,) = dist.glob("broadsheet-*.whl")
    (home / "vendor").mkdir()
    shutil.copy(wheel, home / "vendor")
    line = re.search(r"\./vendor/\S+\.whl", (home / "requirements.txt").read_text("utf-8"))
    assert line
    (home / "requirements.txt").write_text(f"{line[0]}\n")
    bare.run("git", "init", "--quiet", home, cwd=tmp_path)
    assert "vendor/" in git(bare, home, "status", "--porcelain"), "git must not ignore it"
    blind = {name: value for name, value in bare.environment.items() if name != "PIP_FIND_LINKS"}
    said = Bare(bare.folder, blind).run(
        *("python", "-m", "pip", "install", "--dry-run", "--no-deps", "--no-index", "--force-reinstall"),
        *("--requirement", "requirements.txt"),
        cwd=home,
    )
    assert f"Would install broadsheet-{__version__}" in said
