"""Builds that meet trouble, and what they leave behind."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

from generator import theme
from generator.build import build, check
from generator.errors import BroadsheetError, BuildError, ConfigError, DigestError, PermalinkError
from generator.plugin import is_plain
from generator.progress import Silence
from generator.settings import load_settings
from tests.site.conftest import write_digest
from tests.site.test_sample import files

MakeSite = Callable[..., Path]

GOOD = "---\ndate: 2025-03-14\nsource: Reading group\n---\n\n## A Study of Things that Matter\n\nWe study things.\n"


def run(root: Path, *, strict: bool = False) -> dict[str, bytes]:
    """Build, and give the site's files."""
    build(load_settings(root / "mkdocs.yml"), strict=strict)
    return files(root / "site")


def test_a_failed_build_leaves_the_last_good_site(make_site: MakeSite) -> None:
    root = make_site(one=GOOD)
    good = run(root)
    write_digest(root, "two", "nothing that anybody could read")
    before = files(root)
    with pytest.raises(DigestError) as error:
        run(root)
    assert error.value.problems[0].where == "digests/two.md"
    assert files(root) == before
    assert files(root / "site") == good


def test_a_template_that_fails_leaves_the_last_good_site(make_site: MakeSite) -> None:
    root = make_site(one=GOOD)
    good = run(root)
    (root / "theme_overrides").mkdir()
    (root / "theme_overrides/paper.html").write_text("{{ undefined.attribute.of.nothing }}{% broken %}")
    with pytest.raises(BuildError):
        run(root)
    assert files(root / "site") == good


def test_a_removed_digest_stops_the_build_until_its_addresses_are_retired(make_site: MakeSite) -> None:
    root = make_site(one=GOOD, two=GOOD.replace("14", "15").replace("Things", "Other Things"))
    good = run(root)
    (root / "digests/two.md").unlink()
    with pytest.raises(PermalinkError) as error:
        run(root)
    assert files(root / "site") == good
    gone = [problem.where for problem in error.value.problems]
    assert "digests/2025-03-15.html" in gone
    assert len(gone) == 2
    with (root / "permalinks.txt").open("a") as stream:
        stream.writelines(f"retired {address}\n" for address in gone)
    site = run(root)
    assert all(b"withdrawn" in site[address] for address in gone)


def test_a_paper_that_gains_an_identifier_leads_on_from_its_old_address(make_site: MakeSite) -> None:
    root = make_site(one=GOOD)
    old = next(name for name in run(root) if name.startswith("papers/"))
    title = "[A Study of Things that Matter](https://arxiv.org/abs/2503.00001)"
    write_digest(root, "one", GOOD.replace("A Study of Things that Matter", title))
    site = run(root)
    assert b'url=2503.00001.html"' in site[old].replace(b"0; ", b"")
    assert "papers/2503.00001.html" in site
    assert run(root) == site


def test_a_page_by_hand_is_never_overwritten(make_site: MakeSite) -> None:
    root = make_site(one=GOOD)
    (root / "docs/tags").mkdir(parents=True)
    mine = root / "docs/tags/index.md"
    mine.write_text("# My tags\n")
    with pytest.raises(BuildError) as error:
        run(root)
    assert str(error.value) == (
        "docs/tags/index.md: expected a generated page, or nothing, found a page by hand; "
        "rename the file: its address is needed for a generated page"
    )
    assert mine.read_text() == "# My tags\n"
    assert not (root / "site").exists()


def test_pages_without_a_source_are_removed_and_those_by_hand_stay(make_site: MakeSite) -> None:
    root = make_site(one=GOOD.replace("We study", "- tags: Old label\n\nWe study"))
    assert "tags/old-label.html" in run(root)
    (root / "docs/papers/mine.md").write_text("# By hand\n")
    record = root / "permalinks.txt"
    record.write_text(record.read_text().replace("tags/old-label.html\n", ""))
    write_digest(root, "one", GOOD)
    site = run(root)
    assert "tags/old-label.html" not in site
    assert "papers/mine.html" in site


def test_check_changes_nothing_and_finds_everything(make_site: MakeSite) -> None:
    root = make_site(one=GOOD, two="unreadable", three="---\n{ broken\n---\n")
    before = files(root)
    report = check(load_settings(root / "mkdocs.yml"))
    assert sorted(problem.where.split(":")[0] for problem in report.errors) == [
        "digests/three.md",
        "digests/two.md",
    ]
    assert files(root) == before


def test_strict_makes_a_refused_record_an_error(make_site: MakeSite) -> None:
    root = make_site(one=GOOD + "\n## Bad\n\n- arxiv: ../../x\n\nText.\n")
    assert run(root)
    with pytest.raises(BroadsheetError):
        run(root, strict=True)


def test_an_empty_site_says_how_to_begin(make_site: MakeSite) -> None:
    root = make_site()
    (root / "digests").mkdir()
    assert b"No papers yet" in run(root)["index.html"]


def test_a_change_of_the_theme_is_seen_wherever_it_lies(make_site: MakeSite) -> None:
    root = make_site(one=GOOD)
    config = root / "mkdocs.yml"
    config.write_text(config.read_text().replace(".broadsheet/theme", "mine"))
    shutil.copytree(theme.packaged(), root / "mine")
    run(root)
    sheet = root / "mine/assets/css/site.css"
    sheet.write_text(sheet.read_text() + "/* mine */")
    assert run(root)["assets/css/site.css"].endswith(b"/* mine */")


def test_a_lost_record_is_missed_while_the_last_site_stands(make_site: MakeSite) -> None:
    root = make_site(one=GOOD, two=GOOD.replace("14", "15").replace("Things", "Other Things"))
    good = run(root)
    (root / "permalinks.txt").unlink()
    (root / "digests/two.md").unlink()
    with pytest.raises(
        PermalinkError, match="found no such file, though site/ has 2 pages that this build would drop"
    ):
        run(root)
    assert files(root / "site") == good


def test_a_missing_folder_of_digests_empties_nothing(make_site: MakeSite) -> None:
    root = make_site(one=GOOD)
    good = run(root)
    (root / "digests").rename(root / "elsewhere")
    with pytest.raises(
        DigestError, match="digests/: expected the folder of the digests, found no such folder"
    ):
        run(root)
    assert files(root / "site") == good


def test_an_empty_archive_never_replaces_a_good_site(make_site: MakeSite) -> None:
    root = make_site(one=GOOD)
    good = run(root)
    (root / "digests/one.md").unlink()
    with pytest.raises(PermalinkError, match=r"digests/2025-03-14\.html"):
        run(root)
    (root / "permalinks.txt").unlink()
    with pytest.raises(PermalinkError, match=r"permalinks\.txt: expected the record"):
        run(root)
    assert files(root / "site") == good


@pytest.mark.parametrize("place", [".", "docs", "digests", "..", "theme_overrides"])
def test_a_site_dir_that_holds_something_else_costs_nothing(make_site: MakeSite, place: str) -> None:
    root = make_site(one=GOOD)
    config = root / "mkdocs.yml"
    config.write_text(f"{config.read_text()}site_dir: {place}\n")
    before = files(root)
    with pytest.raises(ConfigError, match="site_dir: expected a folder apart from"):
        run(root)
    assert files(root) == before


def test_a_folder_with_other_files_is_never_emptied(make_site: MakeSite) -> None:
    root = make_site(one=GOOD)
    (root / "site").mkdir()
    for name in ("thesis.tex", "index.html", "404.html"):
        (root / "site" / name).write_text("mine")
    with pytest.raises(BuildError, match="site/: expected an earlier site, or nothing, found other files"):
        run(root)
    assert (root / "site/thesis.tex").read_text() == "mine"


def test_an_editors_lock_file_disturbs_nothing(make_site: MakeSite) -> None:
    root = make_site(one=GOOD)
    (root / "docs").mkdir()
    (root / "docs/.#about.md").symlink_to("nobody@nowhere.1234")
    assert "index.html" in run(root)


def test_check_shows_every_problem_though_pages_clash(
    make_site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_site(one=GOOD + "\n## Bad\n\n- arxiv: ../../x\n\nText.\n", two="unreadable")
    clashing = ["a.html", "a.html", "b.html", "B.html", "c.html"]
    monkeypatch.setattr("generator.planning.every", lambda *_: iter(clashing))
    problems = check(load_settings(root / "mkdocs.yml")).errors
    assert [problem.where.split(":")[0] for problem in problems] == [
        "digests/two.md",
        "digests/one.md",
        "a.html",
        "B.html",
    ]
    assert str(problems[3]) == (
        "B.html: expected one page, found b.html and B.html; give one of them another name"
    )


def test_every_input_of_a_rendering_is_seen(
    make_site: MakeSite, tmp_path_factory: pytest.TempPathFactory
) -> None:
    root = make_site(one=GOOD)
    config = root / "mkdocs.yml"
    (root / "base.yml").write_text("copyright: one\n")
    config.write_text(config.read_text() + "INHERIT: base.yml\n")
    outside = tmp_path_factory.mktemp("outside")
    (outside / "linked.md").write_text("# Linked one\n")
    (root / "docs").mkdir()
    (root / "docs/linked").symlink_to(outside, target_is_directory=True)
    assert b"Linked one" in run(root)["linked/linked.html"]

    (outside / "linked.md").write_text("# Linked two\n")
    assert b"Linked two" in run(root)["linked/linked.html"]
    before = load_settings(config).config
    (root / "base.yml").write_text("copyright: two\n")
    assert load_settings(config).config != before
    (root / "hook.py").write_text("def on_post_page(output, **_): return output + '<!-- one -->'\n")
    config.write_text(config.read_text() + "hooks: [hook.py]\n")
    assert run(root)["index.html"].endswith(b"<!-- one -->")
    (root / "note.txt").write_text("one")
    hook = "from pathlib import Path\ndef on_post_page(output, **_): return output + Path(%r).read_text()\n"
    (root / "read.py").write_text(hook % str(root / "note.txt"))
    config.write_text(config.read_text().replace("hook.py", "read.py"))
    assert run(root)["index.html"].endswith(b"one")
    (root / "note.txt").write_text("two")  # nobody can know what a hook reads
    assert run(root)["index.html"].endswith(b"two")


@pytest.mark.parametrize(
    ("config", "plain"),
    [
        ({}, True),
        ({"markdown_extensions": ["attr_list", "tables", {"toc": {}}]}, True),
        ({"markdown_extensions": {"attr_list": None, "pymdownx.highlight": {"use_pygments": False}}}, True),
        ({"markdown_extensions": ["attr_list", {"toc": {"permalink": True}}]}, False),
        ({"plugins": ["search"]}, False),
        ({"plugins": None}, True),
        ({"nav": None}, False),
        ({"nav": []}, False),
        ({"hooks": ["hook.py"]}, False),
        ({"markdown_extensions": ["pymdownx.snippets"]}, False),
        ({"markdown_extensions": {"mine": {}}}, False),
        ({"markdown_extensions": [{"pymdownx.superfences": {"custom_fences": [{"format": files}]}}]}, False),
        ({"extra": {"mine": files}}, False),
    ],
)
def test_what_may_see_more_is_rendered_by_mkdocs_alone(config: dict[str, object], *, plain: bool) -> None:
    assert is_plain({"plugins": [], "nav": ["index.md"], **config}) == plain
    assert not is_plain({"nav": ["index.md"]})  # MkDocs has a plugin by itself


def test_the_day_that_stands_for_the_clock_is_an_input(
    make_site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_site(one=GOOD)
    (root / "theme_overrides").mkdir()
    (root / "theme_overrides/sitemap.xml").write_text("{{ build_date_utc }}")
    assert run(root)["sitemap.xml"].startswith(b"2025-03-14")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert run(root)["sitemap.xml"].startswith(b"1970-01-02")


def test_warnings_are_said_by_every_build_and_strict_stops_for_them(make_site: MakeSite) -> None:
    root = make_site(one=GOOD)
    (root / "docs").mkdir()
    (root / "docs/about.md").write_text("# About\n\n[Nowhere](nowhere.md)\n")
    settings = load_settings(root / "mkdocs.yml")
    first, second = build(settings), build(settings)
    assert len(first.warnings) == 1
    assert "nowhere.md" in first.warnings[0]
    assert second.warnings == first.warnings
    with pytest.raises(BuildError, match=r"nowhere\.md"):
        build(settings, strict=True)
    config = root / "mkdocs.yml"
    config.write_text(config.read_text() + "strict: true\n")
    with pytest.raises(BuildError, match=r"nowhere\.md"):
        build(load_settings(config))


def test_a_mistake_in_a_template_is_not_hidden_behind_warnings(make_site: MakeSite) -> None:
    root = make_site(one=GOOD)
    (root / "docs").mkdir()
    (root / "docs/about.md").write_text("# About\n\n[Nowhere](nowhere.md)\n")
    (root / "theme_overrides").mkdir()
    (root / "theme_overrides/day.html").write_text("one\n{{ nope( }}")
    with pytest.raises(BuildError) as error:
        run(root)
    assert 'found "day.html:2: TemplateSyntaxError:' in str(error.value.problems[0])


def test_a_preview_publishes_nothing(make_site: MakeSite) -> None:
    root = make_site(one=GOOD)
    settings = load_settings(root / "mkdocs.yml")
    build(settings.preview(), publish=False)
    assert not (root / "permalinks.txt").exists()
    assert not (root / "site").exists()
    write_digest(root, "one", GOOD.replace("Things", "Drafts"))
    build(settings.preview(), publish=False)
    build(settings)
    assert "a-study-of-drafts" in (root / "permalinks.txt").read_text()


def test_the_second_of_two_builds_waits(make_site: MakeSite) -> None:
    root = make_site(one=GOOD)
    settings = load_settings(root / "mkdocs.yml")
    run(root)
    said: list[str] = []

    class Waits(Silence):
        def begin(self, what: str, total: int = 0) -> None:
            super().begin(what, total)
            said.append(what)
            if what.startswith("waiting"):
                other.release()

    other = FileLock(root / ".broadsheet/lock", thread_local=False)
    with other:
        build(settings, progress=Waits())
    assert said[0] == "waiting for another build of this site"


def test_two_papers_that_nothing_tells_apart_keep_their_addresses(make_site: MakeSite) -> None:
    """The build that makes everything anew gives them the keys that they have."""
    twin = "\n## Editorial\n\n- authors: Ada Lovelace\n\nNo abstract available.\n"
    root = make_site(one=GOOD + twin, two=GOOD.replace("14", "15") + twin + twin)
    good = run(root)
    record = (root / "permalinks.txt").read_text()
    assert len([name for name in good if name.startswith("papers/editorial")]) == 3
    shutil.rmtree(root / ".broadsheet")
    assert run(root) == good
    assert (root / "permalinks.txt").read_text() == record


def test_the_search_asks_for_a_file_by_what_it_holds(make_site: MakeSite) -> None:
    """A file that says something else is asked for by another name; one that stays keeps its name."""
    root = make_site(one=GOOD)
    before = run(root)
    write_digest(root, "one", GOOD.replace("We study", "We now study"))
    after = run(root)
    changed = {path for path in before if path.startswith("search/a/") and before[path] != after[path]}
    marks = [
        json.loads(site["search/manifest.js"].partition(b"(")[2].rstrip(b")\n"))["parts"][0]["marks"]
        for site in (before, after)
    ]
    assert {path[9] for path in changed} == {kind for kind in marks[0] if marks[0][kind] != marks[1][kind]}
    assert {"search/a/p00.js", "search/a/q00.js"} <= changed
    assert "search/a/d00.js" not in changed


def test_leftover_pages_go_and_pages_by_hand_stay_whatever_becomes_of_the_cache(make_site: MakeSite) -> None:
    root = make_site(one=GOOD)
    run(root)
    mine = {"docs/papers/mine.md": "# By hand\n", "docs/mine.css": "a {}", "site/.nojekyll": ""}
    for name, text in mine.items():
        (root / name).write_text(text)
    (root / "docs/papers/left.md").write_text("---\ngenerator: broadsheet\n---\n")
    (root / "site/papers/left.html").write_text("left")
    shutil.rmtree(root / ".broadsheet")
    site = run(root)
    assert {name: (root / name).read_text() for name in mine} == mine
    assert {"papers/mine.html", "mine.css"} <= site.keys()
    assert "papers/left.html" not in site
    assert not (root / "docs/papers/left.md").exists()
    (root / "docs/papers/left.md").write_text("---\ngenerator: broadsheet\n---\n")
    assert run(root) == site
    assert not (root / "docs/papers/left.md").exists()


def test_files_of_the_search_as_earlier_versions_wrote_them_are_taken_for_generated(
    make_site: MakeSite,
) -> None:
    root = make_site(one=GOOD)
    good = run(root)
    for name in ("p00.js", "of-old.js"):
        (root / "docs/search/a" / name).write_text('Broadsheet.data(1,"A")')
    shutil.rmtree(root / ".broadsheet/cache")
    assert run(root) == good
    assert not (root / "docs/search/a/of-old.js").exists()


def test_a_page_by_hand_in_a_linked_folder_stops_everything(
    make_site: MakeSite, tmp_path_factory: pytest.TempPathFactory
) -> None:
    root, elsewhere = make_site(one=GOOD), tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "2025-03-14.md").write_text("# Mine")
    (root / "docs").mkdir()
    (root / "docs/digests").symlink_to(elsewhere, target_is_directory=True)
    with pytest.raises(
        BuildError, match=r"docs/digests/2025-03-14\.md: expected a generated page, or nothing"
    ):
        run(root)
    assert files(elsewhere) == {"2025-03-14.md": b"# Mine"}


def test_a_digest_that_comes_later_cannot_take_the_place_of_a_page_by_hand(make_site: MakeSite) -> None:
    root = make_site(one=GOOD)
    good = run(root)
    mine = root / "docs/digests/2025-03-15.md"
    mine.write_text("# Mine\n")
    write_digest(root, "two", GOOD.replace("14", "15"))
    with pytest.raises(
        BuildError, match=r"docs/digests/2025-03-15\.md: expected a generated page, or nothing"
    ):
        run(root)
    assert mine.read_text() == "# Mine\n"
    assert files(root / "site") == good


def test_a_map_of_the_site_names_every_page_once(make_site: MakeSite) -> None:
    root = make_site(one=GOOD, two=GOOD.replace("03-14", "04-15").replace("Things", "Other Things"))
    config = root / "mkdocs.yml"
    assert "sitemap.xml" not in run(root)
    config.write_text(f"{config.read_text()}site_url: https://example.org/sub\n")
    site = run(root)
    parts = addresses_in(site["sitemap.xml"])
    assert sorted(parts) == ["sitemaps/2025-03.xml", "sitemaps/2025-04.xml", "sitemaps/lists.xml"]
    found = [address for part in parts for address in addresses_in(site[part])]
    pages = {name for name in site if name.endswith(".html") and name != "404.html"}
    assert len(found) == len(set(found))
    assert set(found) == pages - {name for name in pages if name.startswith("account/")}
    assert all((root / "docs" / name).read_bytes() == site[name] for name in ["sitemap.xml", *parts])


def addresses_in(sitemap: bytes) -> list[str]:
    """The addresses that a part of the map names, below the site's own."""
    found = re.findall("<loc>(.*?)</loc>", sitemap.decode())
    assert all(address.startswith("https://example.org/sub/") for address in found)
    return [address.removeprefix("https://example.org/sub/") for address in found]


@pytest.mark.parametrize("place", ["tags", "digests/2025-03-14.md/mine.md"])
def test_what_a_person_wrote_is_kept_where_a_folder_or_a_page_must_be(
    make_site: MakeSite, place: str
) -> None:
    root = make_site(one=GOOD)
    mine = root / "docs" / place
    mine.parent.mkdir(parents=True)
    mine.write_text("mine")
    with pytest.raises(BuildError, match=f"docs/{place}: expected a generated page, or nothing"):
        run(root)
    assert mine.read_text() == "mine"
    assert not (root / "site").exists()
