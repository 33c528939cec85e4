"""The theme that the package carries, laid out for MkDocs with the user's own files on top."""

from __future__ import annotations

from pathlib import Path

from generator.output import Tally, write_if_changed


def packaged() -> Path:
    """The folder of the theme: inside an installed package, or beside it in a checkout."""
    inside = Path(__file__).with_name("theme_overrides")
    return inside if inside.is_dir() else Path(__file__).parent.with_name("theme_overrides")


def lay_out(target: Path, overrides: Path) -> Tally:
    """Make `target` the packaged theme, with each file that `overrides` has in place of the theme's own."""
    own = {
        path.relative_to(overrides): path
        for path in sorted(overrides.rglob("*"))
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(overrides).parts)
    }
    source = packaged()
    files = {path.relative_to(source): path for path in sorted(source.rglob("*")) if path.is_file()} | own
    tally = Tally()
    for name, path in files.items():
        if write_if_changed(target / name, path.read_bytes()):
            tally.written += 1
        else:
            tally.unchanged += 1
    for path in sorted(target.rglob("*"), reverse=True):
        if path.is_file() and path.relative_to(target) not in files:
            path.unlink()
            tally.removed += 1
        elif path.is_dir() and not any(path.iterdir()):
            path.rmdir()
    return tally
