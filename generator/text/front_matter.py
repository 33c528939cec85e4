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
    """`meta` as lines of YAML, in its order, as far as it is `known`."""
    values = known(meta)
    if not values:
        return ""
    text = yaml.dump(values, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1_000_000)
    return str(text)


def known(meta: Mapping[str, Any]) -> dict[str, Any]:
    """What front matter reads back as: values that are None, "" or empty are left out (unknown is absent), tuples are
    lists. A value is text, a number, a date, or lists and mappings of these.
    """
    values = {key: _plain(value) for key, value in meta.items()}
    return {key: value for key, value in values.items() if value not in (None, "", [], {})}


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return known(value)
    return [_plain(item) for item in value] if isinstance(value, (list, tuple)) else value
