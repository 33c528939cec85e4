"""Settings, and what is said about wrong ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.errors import ConfigError
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
    assert (settings.page_size, settings.author_papers, settings.keyword_papers) == (50, 3, 3)


def test_everything_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITE_URL", "https://example.org/x/")
    file = site(
        tmp_path,
        "site_name: Mine\nsite_url: !ENV [SITE_URL, '']\ndocs_dir: pages\nsite_dir: out\n"
        "theme: {name: material, custom_dir: .broadsheet/theme}\n"
        "extra: {broadsheet: {digests: in, vocabulary: my.yml, page_size: 7, author_papers: 1, keyword_papers: 2}}\n",
        "a-group: {name: A group, url: 'https://example.org'}\nbad.url: {name: B, url: 'javascript:x'}\n",
    )
    settings = load_settings(file)
    assert settings.site_url == "https://example.org/x/"
    assert settings.theme == tmp_path / ".broadsheet/theme"
    assert settings.owns_theme
    assert (settings.docs, settings.site) == (tmp_path / "pages", tmp_path / "out")
    assert (settings.digests, settings.vocabulary) == (tmp_path / "in", tmp_path / "my.yml")
    assert settings.page_size == 7
    assert settings.sources["a-group"] == Source("a-group", "A group", "https://example.org")
    assert settings.sources["bad.url"].url is None


@pytest.mark.parametrize(
    ("config", "message"),
    [
        ("extra: {broadsheet: {page_sise: 7}}", 'mkdocs.yml: extra.broadsheet.page_sise: expected one of digests, '),
        ("extra: {broadsheet: {page_size: 0}}", 'expected a number from 1 on, found "0"; correct the option'),
        ("extra: {broadsheet: {page_size: yes}}", 'expected a number from 1 on, found "True"'),
        ("extra: {broadsheet: {digests: 3}}", 'expected a path, found "3"'),
        ("extra: {broadsheet: [x]}", "mkdocs.yml: extra.broadsheet: expected a mapping"),
        ("- x", "mkdocs.yml: expected a mapping of settings"),
        ("a: b: c", "mkdocs.yml: expected YAML, found mapping values are not allowed here in line 1; correct"),
        ("site_name: 2025-02-30", "mkdocs.yml: expected YAML"),
    ],
)  # fmt: skip
def test_wrong_settings(tmp_path: Path, config: str, message: str) -> None:
    with pytest.raises(ConfigError) as error:
        load_settings(site(tmp_path, config, needed="" if config.startswith("-") else NEEDED))
    assert message in str(error.value)


@pytest.mark.parametrize(
    "sources", ["- x", "A Group: {name: A}", "a: A", "a: {name: ''}", "a: {name: A, page: x}", "{"]
)
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
