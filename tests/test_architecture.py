"""The rules of the house, checked: one direction, no cycles, one module that imports MkDocs, nothing undocumented."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import click
import pytest

from generator.commands import COMMANDS

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "generator"

#: The stages in the order in which values move. A stage imports earlier ones only; those of one line, none of
#: each other. A folder is one stage.
ORDER: tuple[tuple[str, ...], ...] = (
    ("errors", "progress", "processes"),
    ("ids", "output", "text", "plugin", "artifact"),
    ("model", "renderer", "theme"),
    ("readers", "works", "permalinks", "citation", "enrich", "edits", "look", "mail_settings"),
    ("keys",),
    ("library",),
    ("archive",),
    ("pages", "outputs"),
    ("search", "settings", "inspection"),
    ("exports", "fingerprints", "related"),
    ("gathering", "making"),
    ("planning", "frame"),
    ("publishing",),
    ("building",),
    ("build",),
    ("known", "current"),
    ("mail",),
    ("scaffold", "fetch", "filing", "pack", "export"),
    ("commands",),
    ("cli",),
    ("__main__",),
)
RANK = {stage: rank for rank, stages in enumerate(ORDER) for stage in stages}

#: Who may import MkDocs.
HOST = {"generator.plugin", "generator.renderer"}
MOST_LINES = 350

MODULES = sorted(PACKAGE.rglob("*.py"))


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


NAMES = {name_of(path): path for path in MODULES}


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def imports(path: Path) -> Iterator[str]:
    """The modules that a module imports, wherever in it."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are written in full"
            assert node.module is not None
            for alias in node.names:
                submodule = f"{node.module}.{alias.name}"
                yield submodule if submodule in NAMES else node.module


def stage(module: str) -> str | None:
    """The stage of a module of the package; None for the package itself, whose version anybody may read."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else None


by_module = pytest.mark.parametrize("path", MODULES, ids=name_of)


def test_every_module_has_its_place_in_the_order() -> None:
    assert {stage(name) for name in NAMES} - {None} == set(RANK)


@by_module
def test_no_stage_imports_a_later_one(path: Path) -> None:
    own = stage(name_of(path))
    if own is None:
        assert not [name for name in imports(path) if name.startswith("generator")]
        return
    for module in imports(path):
        other = stage(module) if module.split(".")[0] == "generator" else None
        if other is not None and other != own:
            assert RANK[other] < RANK[own], f"{name_of(path)} imports {module}"


def test_no_cycles() -> None:
    """Inside a folder too. A package's ``__init__`` counts as a module: its table comes after its entries."""
    edges = {
        name: {found for found in imports(path) if found in NAMES and found not in ("generator", name)}
        for name, path in NAMES.items()
    }
    while free := [name for name, found in edges.items() if not found]:
        for name in free:
            del edges[name]
        for found in edges.values():
            found.difference_update(free)
    assert not edges


@by_module
def test_only_the_host_rooms_import_mkdocs(path: Path) -> None:
    if name_of(path) in HOST:
        return
    hosts = ("mkdocs", "material", "properdocs", "zensical")
    assert not [name for name in imports(path) if name.split(".")[0] in hosts]


@by_module
def test_modules_are_short(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= MOST_LINES


@by_module
def test_what_is_public_has_a_docstring(path: Path) -> None:
    missing = [name for name, node in _public(tree(path), "") if not ast.get_docstring(node)]
    assert not missing


def _public(
    node: ast.Module | ast.ClassDef | ast.FunctionDef, name: str
) -> Iterator[tuple[str, ast.Module | ast.ClassDef | ast.FunctionDef]]:
    """A module, and the public classes, functions and methods in it. What is inside a function is private."""
    yield name or "the module", node
    if isinstance(node, ast.FunctionDef):
        return
    for child in node.body:
        if isinstance(child, ast.ClassDef | ast.FunctionDef) and not child.name.startswith("_"):
            yield from _public(child, f"{name}.{child.name}".lstrip("."))


@by_module
def test_nothing_is_left_for_later(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not [word for word in ("TODO", "FIXME", "XXX", "NotImplemented") if word in text]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: str(command.name))
def test_every_command_and_option_is_in_the_guide(command: click.Command) -> None:
    page = ROOT / "docs" / "guide" / "commands" / f"{command.name}.md"
    text = page.read_text("utf-8")
    assert f"broadsheet {command.name}" in text
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert any(option in text for option in parameter.opts if option.startswith("--")), parameter.name


def test_nothing_names_a_machine() -> None:
    """Files that anybody clones: no path of a machine; and the locks name no host."""
    folders = ("generator", "theme_overrides", "requirements", ".ci", ".github")
    files = [path for folder in folders for path in (ROOT / folder).rglob("*") if path.is_file()]
    files += [
        ROOT / name
        for name in ("Makefile", "pyproject.toml", "mkdocs.yml", "package.json", "package-lock.json")
    ]
    for path in files:
        if path.suffix in (
            ".py",
            ".txt",
            ".in",
            ".yml",
            ".toml",
            ".js",
            ".css",
            ".html",
            ".md",
            ".json",
            ".mjs",
            ".ts",
            "",
        ):
            text = path.read_text("utf-8")
            assert not [word for word in ("/root/", "/home/") if word in text], path
            lock = path.parent.name == "requirements" or path.name.startswith("package")
            assert not lock or "://" not in text, path
