"""Files under names of long use: a person's own takes the place of the one that a build would make."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.artifact import GIVING_WAY
from generator.errors import BuildError
from tests.site.conftest import SITE_URL, write_digest
from tests.site.test_builds import GOOD, run

MakeSite = Callable[..., Path]
MINE = b"by hand\n"


@pytest.fixture
def root(make_site: MakeSite) -> Path:
    """The site of one paper, with an address."""
    made = make_site(one=GOOD)
    with (made / "mkdocs.yml").open("a") as stream:
        stream.write(f"site_url: {SITE_URL}\n")
    return made


def put(root: Path, address: str, folder: str = "docs") -> Path:
    file = root / folder / address
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(MINE)
    return file


@pytest.mark.parametrize("clean", [False, True])
@pytest.mark.parametrize("address", GIVING_WAY)
@pytest.mark.parametrize("folder", ["docs", "theme_overrides"])
def test_a_persons_file_comes_and_goes(root: Path, address: str, folder: str, clean: bool) -> None:
    """In builds of what changed, and in those of nothing."""

    def again() -> dict[str, bytes]:
        if clean:
            shutil.rmtree(root / ".broadsheet")
        return run(root)

    generated = run(root)[address]
    assert generated != MINE
    mine = put(root, address, folder)
    assert again()[address] == MINE
    assert again()[address] == MINE
    assert mine.read_bytes() == MINE
    write_digest(root, "two", GOOD.replace("14", "15").replace("Things", "Other Things"))
    assert again()[address] == MINE
    (root / "docs/more.md").write_text("# More\n")
    assert again()[address] == MINE
    assert mine.read_bytes() == MINE
    mine.unlink()
    assert again()[address] == generated
    assert again()[address] == generated
    assert not (root / "docs" / address).exists()


@pytest.mark.parametrize("address", GIVING_WAY)
def test_a_persons_file_that_was_there_first_stands(root: Path, address: str) -> None:
    mine = put(root, address)
    assert run(root)[address] == MINE == mine.read_bytes()
    mine.write_bytes(b"changed")
    assert run(root)[address] == b"changed" == mine.read_bytes()


@pytest.mark.parametrize("address", GIVING_WAY)
def test_a_folder_of_that_name_stands_too(root: Path, address: str) -> None:
    run(root)
    mine = put(root, f"{address}/within.txt")
    assert run(root)[f"{address}/within.txt"] == MINE
    shutil.rmtree(mine.parent)
    assert run(root)[address]


@pytest.mark.parametrize("address", GIVING_WAY)
def test_a_site_that_mkdocs_makes_as_a_whole_does_the_same(root: Path, address: str) -> None:
    config = root / "mkdocs.yml"
    config.write_text(config.read_text().replace("plugins: []", "plugins: [search]"))
    generated = run(root)[address]
    mine = put(root, address)
    assert run(root)[address] == MINE == mine.read_bytes()
    mine.unlink()
    assert run(root)[address] == generated


@pytest.mark.parametrize("address", ["archive/index.json", "tags/index.html", "digests/2025-03-14.bib"])
def test_no_other_file_gives_way(root: Path, address: str) -> None:
    """Neither before a build nor after one."""
    for _ in range(2):
        mine = put(root, address)
        with pytest.raises(
            BuildError, match=f"docs/{address}: expected a generated page, or nothing, found a page by"
        ):
            run(root)
        assert mine.read_bytes() == MINE
        mine.unlink()
        run(root)
