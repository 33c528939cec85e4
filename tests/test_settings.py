"""Settings, and what is said about wrong ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.errors import ConfigError
from generator.fingerprints import take
from generator.model import Source
from generator.settings import OPTIONS, load_settings

GUIDE = Path(__file__).parents[1] / "docs/guide/settings.md"


#: What every site needs.
NEEDED = "\nuse_directory_urls: false\nmarkdown_extensions: [attr_list]\n"


def site(root: Path, config: str, sources: str = "", needed: str = NEEDED) -> Path:
    (root / "mkdocs.yml").write_text(config + needed)
    if sources:
        (root / "sources.yml").write_text(sources)
    return root / "mkdocs.yml"


def test_defaults(tmp_path: Path) -> None:
    settings = load_settings(site(tmp_path, "site_name: Mine"))
    assert settings.site_name == "Mine"
    assert settings.docs == tmp_path / "docs"
    assert settings.site == tmp_path / "site"
    assert settings.digests == tmp_path / "digests"
    assert settings.theme is None
    assert (settings.page_size, settings.author_papers, settings.keyword_papers) == (50, 5, 10)
    assert settings.card is True
    assert settings.day_abstracts is False


def test_everything_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITE_URL", "https://example.org/x/")
    file = site(
        tmp_path,
        "site_name: Mine\nsite_url: !ENV [SITE_URL, '']\ndocs_dir: pages\nsite_dir: out\n"
        "theme: {name: material, custom_dir: .broadsheet/theme}\n"
        "extra: {broadsheet: {digests: in, vocabulary: my.yml, page_size: 7, author_papers: 1, keyword_papers: 2, "
        "card: no}}\n",
        "a-group: {name: A\u200b\n  group, url: 'https://example.org'}\nno.url: {name: B, url: ''}\n",
    )
    settings = load_settings(file)
    assert settings.site_url == "https://example.org/x/"
    assert settings.theme == tmp_path / ".broadsheet/theme"
    assert settings.owns_theme
    assert (settings.docs, settings.site) == (tmp_path / "pages", tmp_path / "out")
    assert (settings.digests, settings.vocabulary) == (tmp_path / "in", tmp_path / "my.yml")
    assert settings.page_size == 7
    assert settings.card is False
    assert settings.sources["a-group"] == Source("a-group", "A group", "https://example.org")
    assert settings.sources["no.url"] == Source("no.url", "B")


@pytest.mark.parametrize(
    ("config", "message"),
    [
        ("extra: {broadsheet: {page_sise: 7}}", 'mkdocs.yml: extra.broadsheet.page_sise: expected one of digests, '),
        ("extra: {broadsheet: {page_size: 0}}", 'expected a number from 1 on, found "0"; correct the option'),
        ("extra: {broadsheet: {page_size: yes}}", 'expected a number from 1 on, found "True"'),
        ("extra: {broadsheet: {digests: 3}}", 'expected a path, found "3"'),
        ("extra: {broadsheet: {card: never}}", 'card: expected true or false, found "never"; correct the option'),
        ("extra: {broadsheet: {card: 1}}", 'card: expected true or false, found "1"; correct the option'),
        ("extra: {broadsheet: {card: }}", 'card: expected true or false, found "None"; correct the option'),
        ("extra: {broadsheet: [x]}", "mkdocs.yml: extra.broadsheet: expected a mapping"),
        ("- x", "mkdocs.yml: expected a mapping of settings"),
        ("a: b: c", "mkdocs.yml: expected YAML, found mapping values are not allowed here in line 1; correct"),
        ("site_name: 2025-02-30", "mkdocs.yml: expected YAML"),
        ("INHERIT: none.yml", "mkdocs.yml: expected YAML"),
    ],
)  # fmt: skip
def test_wrong_settings(tmp_path: Path, config: str, message: str) -> None:
    with pytest.raises(ConfigError) as error:
        load_settings(site(tmp_path, config, needed="" if config.startswith("-") else NEEDED))
    assert message in str(error.value)


def test_formats_of_the_site(tmp_path: Path) -> None:
    config = "extra: {broadsheet: {page_size: 7, formats: {my-sheet: {title: Titel, doi: [DOI, Kennung]}}}}"
    settings = load_settings(site(tmp_path, config))
    (own,) = settings.formats
    assert (own.NAME, own.source, settings.page_size) == ("my-sheet", Source("my-sheet", "My sheet"), 7)
    changed = site(tmp_path, config.replace("Kennung", "Nummer"))
    assert take(load_settings(changed)).reading != take(settings).reading, "its digests are read again"


def test_wrong_formats_are_all_told_at_once(tmp_path: Path) -> None:
    config = "extra: {broadsheet: {page_sise: 7, formats: {csv: {title: T}, a: {title: T, autor: A}}}}"
    with pytest.raises(ConfigError) as error:
        load_settings(site(tmp_path, config))
    assert [problem.where for problem in error.value.problems] == [
        "mkdocs.yml: extra.broadsheet.formats.csv",
        "mkdocs.yml: extra.broadsheet.formats.a",
        "mkdocs.yml: extra.broadsheet.page_sise",
    ]
    with pytest.raises(ConfigError) as error:
        load_settings(site(tmp_path, "extra: {broadsheet: {formats: [a]}}"))
    assert str(error.value) == (
        "mkdocs.yml: extra.broadsheet.formats: expected a mapping of names to formats, found \"['a']\"; "
        "write formats below it"
    )


@pytest.mark.parametrize(
    ("needed", "message"),
    [
        (
            "markdown_extensions: [attr_list]",
            'use_directory_urls: expected false, found "nothing"; write use',
        ),
        ("use_directory_urls: true\nmarkdown_extensions: [attr_list]", 'expected false, found "True"'),
        (
            "use_directory_urls: false",
            "markdown_extensions: expected attr_list, found a list without it; add",
        ),
        ("use_directory_urls: false\nmarkdown_extensions: 3", "markdown_extensions: expected attr_list"),
    ],
)
def test_what_pages_stand_on(tmp_path: Path, needed: str, message: str) -> None:
    with pytest.raises(ConfigError) as error:
        load_settings(site(tmp_path, "site_name: x\n", needed=needed))
    assert message in str(error.value)


@pytest.mark.parametrize(
    "extensions", ["[toc: {permalink: true}, attr_list]", "{toc: {permalink: true}, attr_list: {}}"]
)
def test_extensions_are_found_however_they_are_written(tmp_path: Path, extensions: str) -> None:
    needed = f"use_directory_urls: false\nmarkdown_extensions: {extensions}\n"
    assert load_settings(site(tmp_path, "site_name: x\n", needed=needed)).site_name == "x"


@pytest.mark.parametrize(
    ("config", "message"),
    [
        ("site_dir: .", "site_dir: expected a folder apart from docs_dir, found "),
        ("site_dir: ..", "site_dir: expected a folder apart from docs_dir, found "),
        ("site_dir: docs", "site_dir: expected a folder apart from docs_dir, found "),
        ("site_dir: docs/public", "site_dir: expected a folder apart from docs_dir, found "),
        ("site_dir: x/../digests", "site_dir: expected a folder apart from extra.broadsheet.digests, found "),
        ("site_dir: theme_overrides", "site_dir: expected a folder apart from theme_overrides, found "),
        ("site_dir: .broadsheet/site", "site_dir: expected a folder apart from .broadsheet, found "),
        ("site_dir: t/a\ntheme: {custom_dir: t}", "site_dir: expected a folder apart from theme.custom_dir"),
        ("docs_dir: .", "docs_dir: expected a folder apart from extra.broadsheet.digests, found "),
        ("docs_dir: digests/pages", "docs_dir: expected a folder apart from extra.broadsheet.digests"),
        ("docs_dir: theme_overrides", "docs_dir: expected a folder apart from theme_overrides"),
        (
            "extra: {broadsheet: {digests: /elsewhere}}",
            'digests: expected a folder of the site, found "/else',
        ),
        ("extra: {broadsheet: {digests: ''}}", "digests: expected a folder of the site, found "),
        ("extra: {broadsheet: {digests: ../in}}", "digests: expected a folder of the site, found "),
    ],
)
def test_no_folder_may_lie_in_another(tmp_path: Path, config: str, message: str) -> None:
    with pytest.raises(ConfigError) as error:
        load_settings(site(tmp_path, config))
    assert message in str(error.value)
    assert len(error.value.problems) == 1


def test_a_site_beside_its_sources_is_well(tmp_path: Path) -> None:
    root = tmp_path / "sources"
    root.mkdir()
    settings = load_settings(site(root, "site_dir: ../public\ndocs_dir: ../pages"))
    assert settings.site.resolve() == tmp_path / "public"


def test_a_link_to_a_folder_is_that_folder(tmp_path: Path) -> None:
    (tmp_path / "digests").mkdir()
    (tmp_path / "public").symlink_to(tmp_path / "digests", target_is_directory=True)
    with pytest.raises(
        ConfigError, match=r"site_dir: expected a folder apart from extra\.broadsheet\.digests"
    ):
        load_settings(site(tmp_path, "site_dir: public"))


@pytest.mark.parametrize("custom", [".broadsheet/../mine", "mine", ".broadsheet"])
def test_a_theme_of_the_users_own_is_left_alone(tmp_path: Path, custom: str) -> None:
    assert not load_settings(site(tmp_path, f"theme: {{custom_dir: {custom}}}")).owns_theme


@pytest.mark.parametrize(
    "sources",
    [
        "- x", "A Group: {name: A}", "a: A", "a: {name: ''}", "a: {name: A, page: x}", "{", "[" * 3000,
        "a: {name: 2025-02-30}", 'a: {name: "\\u200b"}', "a: {name: A, url: 3}", "a: {name: A, url: 'javascript:x'}",
    ],
)  # fmt: skip
def test_wrong_sources(tmp_path: Path, sources: str) -> None:
    with pytest.raises(ConfigError, match=r"sources\.yml"):
        load_settings(site(tmp_path, "site_name: x", sources))


def test_no_site_here(tmp_path: Path) -> None:
    with pytest.raises(
        ConfigError, match="expected the settings of a site, found no such file; run this in the folder"
    ):
        load_settings(tmp_path / "mkdocs.yml")


def test_every_option_is_documented() -> None:
    text = GUIDE.read_text("utf-8")
    assert all(f"    {name}: " in text and f"`{name}`" in text for name in OPTIONS)
