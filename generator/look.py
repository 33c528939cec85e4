"""The colours of a site, as its style sheets say them, for files that no style sheet reaches."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from generator.theme import packaged

#: The sheet of the theme that has them all. Below the folder of the theme.
_SHEET = "assets/css/site.css"
#: One of them as `_SHEET` says it, and as people do who set one: ``light-dark(#fdfcfa, #15161a)`` or a colour alone.
_PROPERTY = re.compile(
    r"--bs-(paper|ink|ink-soft|line|accent)\s*:\s*(?:light-dark\(\s*)?#([0-9a-f]{6}|[0-9a-f]{3})\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Look:
    """The light ones of the colours at the top of ``site.css``, as ``#rrggbb``."""

    paper: str = "#fdfcfa"
    ink: str = "#1f1d1a"
    ink_soft: str = "#5c5851"
    line: str = "#e0dbd0"
    accent: str = "#3348a8"


def look_of(theme: Path | None, more: Iterable[Path]) -> Look:
    """The colours of a site. `theme` is its folder, `more` are its own sheets, of which later ones win."""
    found: dict[str, str] = {}
    for sheet in ((theme or packaged()) / _SHEET, *more):
        try:
            text = sheet.read_text("utf-8", errors="replace")
        except OSError:
            continue  # another host's, or one that is not there: MkDocs says so
        said = reversed(_PROPERTY.findall(text))  # of a sheet the first counts: others are for print
        found |= {name.replace("-", "_").lower(): _whole(digits) for name, digits in said}
    return replace(Look(), **found)


def _whole(digits: str) -> str:
    """``1f1`` as ``#11ff11``."""
    return f"#{digits if len(digits) == 6 else ''.join(2 * digit for digit in digits)}".lower()
