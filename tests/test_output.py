"""Writing touches nothing that does not change, and nothing of the user's."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import theme
from generator.errors import BuildError
from generator.output import check_target, mirror, write_if_changed


def put(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        file = folder / name.replace("__", "/")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return folder


def tree(folder: Path) -> dict[str, str]:
    return {name: (folder / name).read_text() for name in tree_names(folder)}


def tree_names(folder: Path) -> list[str]:
    return [p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()]


def test_unchanged_files_are_not_written(tmp_path: Path) -> None:
    file = tmp_path / "deep/a.txt"
    assert write_if_changed(file, b"one")
    stamp = file.stat().st_mtime_ns
    assert not write_if_changed(file, b"one")
    assert file.stat().st_mtime_ns == stamp
    assert write_if_changed(file, b"two")
    assert tree(tmp_path) == {"deep/a.txt": "two"}


@given(st.dictionaries(st.sampled_from(["a", "b", "d/a", "d/b", "d/e/c", "f"]), st.sampled_from(["1", "2"])),
       st.dictionaries(st.sampled_from(["a", "b/a", "d", "d/b", "f"]), st.sampled_from(["1", "2"])))  # fmt: skip
def test_a_mirror_is_equal_whatever_stood_there(
    tmp_path_factory: pytest.TempPathFactory, new: dict[str, str], old: dict[str, str]
) -> None:
    for files in (new, old):
        for name in [*files]:
            if any(name.startswith(f"{other}/") for other in files):
                del files[name]
    root = tmp_path_factory.mktemp("mirror")
    for folder, files in (("new", new), ("old", old)):
        (root / folder).mkdir()
        put(root / folder, **{name.replace("/", "__"): text for name, text in files.items()})
    mirror(root / "new", root / "old")
    assert tree(root / "old") == new
    again = mirror(root / "new", root / "old")
    assert (again.written, again.removed, again.unchanged) == (0, 0, len(new))


def test_a_mirror_leaves_what_the_user_keeps_there(tmp_path: Path) -> None:
    put(tmp_path / "site", **{".git__config": "mine", ".nojekyll": "", "old.html": ""})
    put(tmp_path / "new", **{"index.html": "new"})
    mirror(tmp_path / "new", tmp_path / "site")
    assert tree(tmp_path / "site") == {".git/config": "mine", ".nojekyll": "", "index.html": "new"}


def test_a_mirror_keeps_what_it_is_told_to(tmp_path: Path) -> None:
    put(tmp_path / "site", **{"digests__a.md": "ours", "digests__b.md": "old"})
    put(tmp_path / "new", **{"index.html": "new"})
    tally = mirror(tmp_path / "new", tmp_path / "site", {"digests/a.md"})
    assert tree(tmp_path / "site") == {"digests/a.md": "ours", "index.html": "new"}
    assert (tally.written, tally.removed) == (1, 1)


def test_links_that_lead_nowhere_and_hidden_files_are_no_templates(tmp_path: Path) -> None:
    overrides = put(tmp_path / "mine", **{".git__config": "x"})
    (overrides / ".#about.md").symlink_to("nobody@nowhere.1234")
    (overrides / "about.md").symlink_to("nowhere.md")
    theme.lay_out(tmp_path / "theme", overrides)
    assert not [name for name in tree_names(tmp_path / "theme") if name.startswith(".") or "about" in name]


@pytest.mark.parametrize(
    ("names", "fits"),
    [
        ([], True),
        ([".git__config", ".nojekyll"], True),
        (["404.html", "index.html", "search.html", "papers__a.html"], True),
        (["thesis.tex"], False),
        (["404.html", "index.html", "thesis.tex"], False),
    ],
)
def test_only_an_earlier_site_is_emptied(tmp_path: Path, names: list[str], *, fits: bool) -> None:
    put(tmp_path, **dict.fromkeys(names, "mine"))
    signs = frozenset({"404.html", "index.html", "search.html"})
    with nullcontext() if fits else pytest.raises(BuildError, match="expected an earlier site, or nothing"):
        check_target(tmp_path, signs)
    check_target(tmp_path / "none", signs)


def test_the_users_templates_lie_on_top_of_the_theme(tmp_path: Path) -> None:
    overrides = put(tmp_path / "mine", **{"paper.html": "my paper", "assets__css__mine.css": "a {}"})
    target = tmp_path / "theme"
    theme.lay_out(target, overrides)
    laid = {p.relative_to(target).as_posix() for p in target.rglob("*") if p.is_file()}
    assert (target / "paper.html").read_text() == "my paper"
    assert {"main.html", "day.html", "assets/css/mine.css"} <= laid
    (overrides / "paper.html").unlink()
    tally = theme.lay_out(target, overrides)
    assert tally.written == 1
    assert (target / "paper.html").read_bytes() == (theme.packaged() / "paper.html").read_bytes()
    (overrides / "assets/css/mine.css").unlink()
    assert theme.lay_out(target, overrides).removed == 1
