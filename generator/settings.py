"""The settings of a site: ``mkdocs.yml`` (with ``extra: broadsheet:``) and ``sources.yml``, checked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from generator import edits, permalinks, renderer
from generator.artifact import GIVING_WAY
from generator.enrich.vocabulary import VOCABULARY
from generator.errors import ConfigError, Problem, shown
from generator.ids import file_name
from generator.look import look_of
from generator.mail_settings import MailSettings, read_mail
from generator.model import Source
from generator.pages.layout import Layout
from generator.plugin import extensions
from generator.readers import READERS
from generator.readers.described import DescribedFormat, describe
from generator.text.clean import clean_line
from generator.text.links import safe_url

#: Where builds keep what may be deleted at any time, and where they lay out the theme. Ignored by git.
STATE = ".broadsheet"
SOURCES = "sources.yml"

#: What may stand under ``extra: broadsheet:``, with its default. A number is at least 1. Templates too read `card`.
OPTIONS: Mapping[str, int | str | bool] = {
    "digests": "digests",
    "vocabulary": "",
    "page_size": 50,
    "author_papers": 5,
    "keyword_papers": 10,
    "card": True,
    "day_abstracts": False,
}
#: The icon that Material names, which stands for the theme's own.
_ICON = "assets/images/favicon.png"

#: Besides them, the formats of digests that the site describes (`generator.readers.described`).
FORMATS = "formats"
#: And the mail edition (`generator.mail_settings`).
MAIL = "mail"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Where everything of a site lies, and its options. All paths are absolute. `config` is all of ``mkdocs.yml``.

    `theme` is the folder of templates and assets that MkDocs is given (``theme: custom_dir``), None if it is given
    none; a build lays the packaged theme out into it if it lies in `STATE`, and leaves it alone otherwise. `overrides`
    is the user's folder of templates and assets that take precedence over the packaged ones.
    """

    root: Path
    config_file: Path
    site_name: str
    site_url: str
    docs: Path
    site: Path
    digests: Path
    theme: Path | None
    config: Mapping[str, Any]
    overrides: Path
    vocabulary: Path
    sources: Mapping[str, Source]
    formats: tuple[DescribedFormat, ...]
    mail: MailSettings
    page_size: int
    author_papers: int
    keyword_papers: int
    card: bool
    day_abstracts: bool

    @property
    def permalinks(self) -> Path:
        """The record of published addresses."""
        return self.root / permalinks.FILE_NAME

    @property
    def edits(self) -> Path:
        """What the editors say of single papers."""
        return self.root / edits.FILE

    @property
    def owns_theme(self) -> bool:
        """Whether `theme` is laid out by builds."""
        return self.theme is not None and (self.root / STATE).resolve() in self.theme.resolve().parents

    @property
    def archive(self) -> Path:
        """What the last build has read, as a database (`generator.archive`)."""
        return self.cache / f"{self.site.name}.sqlite"

    def preview(self) -> Settings:
        """The same site, built into a folder of its own."""
        return replace(self, site=self.root / STATE / "preview")

    @property
    def cache(self) -> Path:
        """What may be deleted at any time."""
        return self.root / STATE / "cache"


def load_settings(config_file: Path) -> Settings:
    """Read the settings of the site whose ``mkdocs.yml`` is `config_file`. Raises ConfigError."""
    config_file = config_file.absolute()
    root = config_file.parent
    config = renderer.read_config(config_file)
    options, formats, mail = _options(config, config_file.name)
    theme = config.get("theme")
    custom = theme.get("custom_dir") if isinstance(theme, dict) else None
    settings = Settings(
        root=root,
        config_file=config_file,
        site_name=str(config.get("site_name") or root.name),
        site_url=str(config.get("site_url") or ""),
        docs=root / str(config.get("docs_dir") or "docs"),
        site=root / str(config.get("site_dir") or "site"),
        digests=root / str(options["digests"]),
        theme=root / str(custom) if custom else None,
        config=config,
        overrides=root / "theme_overrides",
        vocabulary=root / str(options["vocabulary"]) if options["vocabulary"] else VOCABULARY,
        sources=_sources(root / SOURCES),
        formats=formats,
        mail=mail,
        page_size=int(options["page_size"]),
        author_papers=int(options["author_papers"]),
        keyword_papers=int(options["keyword_papers"]),
        card=bool(options["card"]),
        day_abstracts=bool(options["day_abstracts"]),
    )
    problems = [*_needs(config, config_file.name), *_places(settings)]
    if problems:
        raise ConfigError(*problems)
    return settings


def _needs(config: Mapping[str, Any], where: str) -> Iterator[Problem]:
    """What of MkDocs' own settings generated pages stand on."""
    if config.get("use_directory_urls", True):
        found = shown(config.get("use_directory_urls", "nothing"))
        remedy = (
            "write use_directory_urls: false, or every address would change and none would work from file://"
        )
        yield Problem(f"{where}: use_directory_urls", "false", found, remedy)
    if "attr_list" not in extensions(config):
        yield Problem(f"{where}: markdown_extensions", "attr_list", "a list without it", "add - attr_list")


def _places(settings: Settings) -> Iterator[Problem]:
    """Builds empty the folder of the site and write into that of the pages: neither may hold anything else."""
    where = settings.config_file.name
    root, digests = settings.root.resolve(), settings.digests.resolve()
    if root not in digests.parents:
        remedy = "choose a folder below the one of mkdocs.yml, such as digests"
        place = f"{where}: extra.broadsheet.digests"
        yield Problem(place, "a folder of the site", shown(settings.digests), remedy)
        return
    others = {"docs_dir": settings.docs, "extra.broadsheet.digests": digests, STATE: root / STATE}
    others[settings.overrides.name] = settings.overrides
    if settings.theme:
        others["theme.custom_dir"] = settings.theme
    for name, path, purpose in (("docs_dir", settings.docs, "docs"), ("site_dir", settings.site, "site")):
        # A folder that holds all of the site holds its digests.
        near = [other for other in others if other != name and _overlap(path, others[other])]
        if near:
            remedy = f"choose a folder for nothing else, such as {purpose}"
            yield Problem(f"{where}: {name}", f"a folder apart from {near[0]}", shown(path), remedy)
            return


def _overlap(one: Path, other: Path) -> bool:
    """Whether two folders are one, or one lies in the other."""
    first, second = one.resolve(), other.resolve()
    return first == second or first in second.parents or second in first.parents


def _options(
    config: Mapping[str, Any], where: str
) -> tuple[Mapping[str, int | str | bool], tuple[DescribedFormat, ...], MailSettings]:
    extra = config.get("extra")
    given = extra.get("broadsheet") if isinstance(extra, dict) else None
    if given is None:
        given = {}
    if not isinstance(given, dict):
        raise ConfigError(
            Problem(f"{where}: extra.broadsheet", "a mapping", shown(given), "write options below it")
        )
    formats, problems = _formats(given.get(FORMATS), f"{where}: extra.broadsheet.{FORMATS}")
    mail, wrong = read_mail(given.get(MAIL), f"{where}: extra.broadsheet.{MAIL}")
    problems += wrong
    options = {name: value for name, value in given.items() if name not in (FORMATS, MAIL)}
    problems += [problem for name, value in options.items() if (problem := _check(where, str(name), value))]
    if problems:
        raise ConfigError(*problems)
    return {**OPTIONS, **options}, formats, mail


def _formats(given: object, where: str) -> tuple[tuple[DescribedFormat, ...], list[Problem]]:
    """The formats that the site describes, in their order, and what is wrong with them."""
    if given is not None and not isinstance(given, dict):
        problem = Problem(where, "a mapping of names to formats", shown(given), "write formats below it")
        return (), [problem]
    found: list[DescribedFormat] = []
    problems: list[Problem] = []
    for name, value in (given or {}).items():
        described, wrong = describe(str(name), value, f"{where}.{name}", [reader.NAME for reader in READERS])
        found += [described] if described else []
        problems += wrong
    return tuple(found), problems


def _check(where: str, name: str, value: object) -> Problem | None:
    place = f"{where}: extra.broadsheet.{name}"
    if name not in OPTIONS:
        return Problem(
            place,
            f"one of {', '.join((*OPTIONS, FORMATS, MAIL))}",
            shown(name),
            "correct or remove the option",
        )
    if isinstance(OPTIONS[name], bool):
        fits = isinstance(value, bool)
        return None if fits else Problem(place, "true or false", shown(value), "correct the option")
    if isinstance(OPTIONS[name], str):
        fits = isinstance(value, str)
        return None if fits else Problem(place, "a path", shown(value), "correct the option")
    if isinstance(value, int) and not isinstance(value, bool) and value >= 1:
        return None
    return Problem(place, "a number from 1 on", shown(value), "correct the option")


def _sources(file: Path) -> Mapping[str, Source]:
    """``sources.yml``: for each slug a name, and the address of the source if it has one."""
    try:
        entries = yaml.safe_load(file.read_text("utf-8")) or {}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError, yaml.YAMLError) as error:
        raise ConfigError(Problem(file.name, "YAML", shown(error), "correct the file")) from None
    if not isinstance(entries, dict):
        raise ConfigError(
            Problem(file.name, "a mapping of sources", shown(entries), "write: slug: {name: …}")
        )
    sources: dict[str, Source] = {}
    for slug, entry in entries.items():
        source = _source(str(slug), entry)
        if source is None:
            expected = "a slug of small letters with a name, and a web address as url if it has one"
            remedy = "write: slug: {name: …, url: …}"
            raise ConfigError(Problem(f"{file.name}: {slug}", expected, shown(entry), remedy))
        sources[source.slug] = source
    return sources


def _source(slug: str, entry: object) -> Source | None:
    """One source of ``sources.yml``; None if it is not written as it should be."""
    if not isinstance(entry, dict) or set(entry) - {"name", "url"} or slug != file_name(slug):
        return None
    name, address = entry.get("name"), entry.get("url") or ""
    if not isinstance(name, str) or not isinstance(address, str) or not clean_line(name):
        return None
    url = safe_url(address)
    return None if address and not url else Source(slug, clean_line(name), url)


def layout_of(settings: Settings, handwritten: Iterable[str], written: Collection[str] = ()) -> Layout:
    """What pages depend on besides the archive. `handwritten` are the addresses of pages that a person wrote, `written`
    the paths of all their files in ``docs/``.
    """
    theme = settings.config.get("theme")
    theme = theme if isinstance(theme, dict) else {}
    icon = str(theme.get("favicon") or _ICON)
    return Layout(
        site_name=settings.site_name,
        site_url=f"{settings.site_url.rstrip('/')}/" if settings.site_url else "",
        description=clean_line(str(settings.config.get("site_description") or "")),
        language=str(theme.get("language") or "en"),
        icon="" if icon == _ICON else icon,
        card=settings.card,
        day_abstracts=settings.day_abstracts,
        look=look_of(settings.theme, _sheets(settings)),
        page_size=settings.page_size,
        author_papers=settings.author_papers,
        keyword_papers=settings.keyword_papers,
        subscribe=settings.mail.subscribe,
        handwritten=tuple(sorted(handwritten)),
        taken=tuple(own for own in GIVING_WAY if _is_taken(own, written, settings.theme)),
    )


def _sheets(settings: Settings) -> Iterator[Path]:
    """The site's own style sheets, by the order of their weight."""
    named = settings.config.get("extra_css")
    for name in named if isinstance(named, list) else ():
        if settings.theme:
            yield settings.theme / str(name)
        yield settings.docs / str(name)


def _is_taken(address: str, written: Collection[str], theme: Path | None) -> bool:
    """Whether a person has a file at an address: in ``docs/``, where a folder of that name or a file on the way counts
    too, or in their theme.
    """
    way = address.split("/")
    names = {"/".join(way[:depth]) for depth in range(1, len(way) + 1)}
    by_hand = any(path in names or path.startswith(f"{address}/") for path in written)
    return by_hand or (theme is not None and (theme / address).is_file())
