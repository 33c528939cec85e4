"""Files are put in place whole, new ones first; what is gone is removed with the folders that it leaves empty."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.archive.database import connect
from generator.output import clear_way, holds, move, place_all, place_tree, remove, write_file
from generator.outputs import FILE, LEAD, PAGE, SHARED, Outputs, source_path
from tests.test_output import put, tree


@pytest.fixture
def outputs(tmp_path: Path) -> Outputs:
    """Of a site that nothing is known of."""
    return Outputs(connect(":memory:"), tmp_path / "docs", tmp_path / "site")


def moves(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files and folders that are put in place from now on, in order."""
    moved: list[str] = []
    replace = Path.replace

    def watch(path: Path, target: Path) -> Path:
        done = replace(path, target)
        moved.append(Path(target).name)
        return done

    monkeypatch.setattr(Path, "replace", watch)
    return moved


def test_a_file_is_written_whole_into_a_folder_of_its_own(tmp_path: Path) -> None:
    write_file(tmp_path / "a/b/c.html", b"one")
    write_file(tmp_path / "a/b/c.html", b"two")
    assert tree(tmp_path) == {"a/b/c.html": "two"}


def test_writing_removes_nothing_that_is_in_the_way(tmp_path: Path) -> None:
    put(tmp_path, a="somebody's", b__c="somebody's", new="new")
    before = tree(tmp_path)
    with pytest.raises(OSError):  # noqa: PT011 - which one depends on the system
        write_file(tmp_path / "a/b.html", b"new")
    for target in ("a/b.html", "b"):
        with pytest.raises(OSError):  # noqa: PT011 - which one depends on the system
            move(tmp_path / "new", tmp_path / target)
    assert tree(tmp_path) == before


def test_a_file_that_cannot_be_put_in_place_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError("no space")

    write_file(tmp_path / "a.html", b"one")
    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="no space"):
        write_file(tmp_path / "a.html", b"two")
    assert (tmp_path / "a.html").read_bytes() == b"one"


def test_new_files_are_put_in_place_before_those_that_link_to_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = put(tmp_path / "site", **{"index.html": "old", "tags__a.html": "old"})
    new = put(tmp_path / "new", **{"index.html": "new", "papers__b.html": "new", "tags__a.html": "new"})
    moved = moves(monkeypatch)
    place_all((new / name, site / name) for name in ("index.html", "tags/a.html", "papers/b.html"))
    assert [name for name in moved if name != "papers"] == ["b.html", "index.html", "a.html"]
    assert set(tree(site).values()) == {"new"}


def test_trees_are_put_in_place_a_new_folder_as_a_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = put(tmp_path / "site", **{"index.html": "old", "tags__a.html": "old", "tags__z.html": "stays"})
    names = ("index.html", "papers__b.html", "papers__deep__c.html", "tags__a.html", "tags__y.html")
    new = put(tmp_path / "new", **dict.fromkeys(names, "new"))
    moved = moves(monkeypatch)
    assert place_tree(tmp_path / "none", site) == 0
    assert place_tree(new, site) == 5
    assert moved == ["papers", "y.html", "index.html", "a.html"]
    assert tree(site) == {name.replace("__", "/"): "new" for name in names} | {"tags/z.html": "stays"}


def test_what_is_in_the_way_below_a_folder_of_ours_gives_way(tmp_path: Path) -> None:
    site = put(tmp_path / "site", **{"a.html__inside": "old", "tags": "old", "b.html": "stays"})
    new = put(tmp_path / "new", **{"a.html": "new", "tags__c.html": "new"})
    assert place_tree(new, site, site) == 2
    assert tree(site) == {"a.html": "new", "tags/c.html": "new", "b.html": "stays"}
    clear_way(site / "b.html/d.html", site)
    assert "b.html" not in tree(site)


def test_what_is_removed_takes_empty_folders_along(tmp_path: Path) -> None:
    put(tmp_path, **{"a__b__c.html": "", "a__d.html": "", "e__f.html": ""})
    assert remove(tmp_path, "a/b/c.html")
    assert not remove(tmp_path, "a/b/c.html")
    assert not remove(tmp_path, "a")
    assert remove(tmp_path, "e/f.html")
    assert tree(tmp_path) == {"a/d.html": ""}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a"]


def test_which_outputs_lie_in_docs() -> None:
    addresses = {
        ("papers/a.html", PAGE): "papers/a.md",
        ("papers/b.html", LEAD): "papers/b.md",
        ("search/manifest.js", SHARED): "search/manifest.js",
        ("digests/2025-03-14.md", FILE): None,
    }
    assert {key: source_path(*key) for key in addresses} == addresses


def test_what_was_announced_is_doubtful_until_it_is_noted(outputs: Outputs) -> None:
    outputs.announce({"a.html": PAGE, "b.html": PAGE})
    assert outputs.doubtful() == {"a.html": PAGE, "b.html": PAGE}
    outputs.note([("a.html", PAGE, b"1", b"2", "one\ntwo"), ("c.html", LEAD, b"1", b"2", "d.html")])
    assert outputs.doubtful() == {"b.html": PAGE}
    assert outputs.said() == ("one", "two")
    assert outputs.leads() == {"c.html": "d.html"}
    outputs.forget(["b.html"])
    assert outputs.all() == {"a.html": PAGE, "c.html": LEAD}
    outputs.doubt_all()
    assert outputs.doubtful() == outputs.all()


def test_outputs_are_removed_from_the_site_and_from_docs(outputs: Outputs, tmp_path: Path) -> None:
    put(
        tmp_path,
        **{"site__papers__a.html": "", "docs__papers__a.md": "", "site__digests__a.md": "", "docs__b.md": ""},
    )
    outputs.remove_files({"papers/a.html": PAGE, "digests/a.md": FILE, "gone.html": PAGE})
    assert sorted(tree(tmp_path)) == ["docs/b.md"]
    assert outputs.count.removed == 2
    assert not holds(tmp_path / "docs/none.md", b"")
