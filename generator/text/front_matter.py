"""Front matter: the only place that writes it, by a YAML dumper and never by hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

_SafeDumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


class _Dumper(_SafeDumper):  # type: ignore[misc]
    """The C dumper where there is one: no anchors, texts of several lines as blocks a person can read."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - the base class's signature
        """Anchors help nobody who reads the file."""
        return True


def _represent_text(dumper: Any, text: str) -> Any:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _represent_text)


def front_matter(meta: Mapping[str, Any]) -> str:
    """`meta` as lines of YAML, in its order. Values that are None, "" or empty are left out: unknown is absent.

    A value is text, a number, a date, or lists and mappings of these; tuples count as lists.
    """
    known = _known(meta)
    if not known:
        return ""
    text = yaml.dump(known, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1_000_000)
    return str(text)


def _known(value: Any) -> Any:
    if isinstance(value, Mapping):
        known = {key: _known(item) for key, item in value.items()}
        return {key: item for key, item in known.items() if item not in (None, "", [], {})}
    return [_known(item) for item in value] if isinstance(value, (list, tuple)) else value
