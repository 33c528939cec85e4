"""Front matter: the only place that writes it, by a YAML dumper and never by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from io import StringIO
from typing import Any

import yaml

_SafeDumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_CEmitter: Any = getattr(getattr(yaml, "cyaml", None), "CEmitter", None)
_LAYOUT: dict[str, Any] = {"allow_unicode": True, "width": 1_000_000}
_EMPTY: tuple[object, ...] = ("", [], {})


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
    return dump(known(meta))


def known(meta: Mapping[str, Any]) -> dict[str, Any]:
    """What front matter reads back as: values that are None, "" or empty are left out (unknown is absent), tuples are
    lists. A value is text, a number, a date, or lists and mappings of these.
    """
    values = {}
    for key, value in meta.items():
        if type(value) is str:
            if value:
                values[key] = value
        elif value is not None:
            plain = _plain(value)
            if plain not in _EMPTY:
                values[key] = plain
    return values


def _plain(value: Any) -> Any:
    kind = type(value)
    if kind is dict:
        return known(value)
    if isinstance(value, (list, tuple)):
        return [item if type(item) is str else _plain(item) for item in value]
    return known(value) if kind is not int and isinstance(value, Mapping) else value


def dump(values: dict[str, Any]) -> str:
    """Values that are `known` as lines of YAML, in their order; the same as the generic dumper writes."""
    if not values:
        return ""
    if _CEmitter is not None:
        try:
            return _emit(values)
        except _UnusualError:
            pass
    return str(yaml.dump(values, Dumper=_Dumper, sort_keys=False, **_LAYOUT))


# PyYAML makes a tree of nodes of what it dumps, asks two questions in Python for every one, and only then tells C what
# to write: most of a page's time. The few kinds of values that nearly all front matter has are told to C at once.


class _UnusualError(Exception):
    """A value of a kind that only the generic dumper knows."""


#: What a text may be read as instead, if nothing were done, by its first character.
_READ_AS = {
    first: tuple(pattern.match for _, pattern in patterns)
    for first, patterns in _Dumper.yaml_implicit_resolvers.items()
}
_START: tuple[yaml.Event, ...] = (
    yaml.StreamStartEvent(encoding=None),
    yaml.DocumentStartEvent(explicit=False),
)
_END: tuple[yaml.Event, ...] = (yaml.DocumentEndEvent(explicit=False), yaml.StreamEndEvent())
_MAPPING = yaml.MappingStartEvent(anchor=None, tag=None, implicit=True, flow_style=False)
_MAPPING_END = yaml.MappingEndEvent()
_LIST = yaml.SequenceStartEvent(anchor=None, tag=None, implicit=True, flow_style=False)
_LIST_END = yaml.SequenceEndEvent()


def _emit(values: dict[str, Any]) -> str:
    stream = StringIO()
    emit = _CEmitter(stream, **_LAYOUT).emit
    for event in _START:
        emit(event)
    # One event for all plain texts of this front matter is enough: C copies what it is told.
    _write(values, emit, _scalar(""))
    for event in _END:
        emit(event)
    return stream.getvalue()


def _write(value: Any, emit: Callable[[Any], None], plain: Any) -> None:
    kind = type(value)
    if kind is str:
        # Most texts begin with a letter that begins nothing else, and need no look.
        if value[:1] in _READ_AS or "\n" in value:
            emit(_told_apart(value))
        else:
            plain.value = value
            emit(plain)
    elif kind is dict:
        emit(_MAPPING)
        for key, item in value.items():
            emit(_key(key))
            _write(item, emit, plain)
        emit(_MAPPING_END)
    elif kind is list:
        emit(_LIST)
        for item in value:
            _write(item, emit, plain)
        emit(_LIST_END)
    else:
        emit(_other(value))


def _told_apart(value: str) -> Any:
    """The event of a text: not plain, if it could be read as something else; a block, if it has several lines."""
    plain = True
    for match in _READ_AS.get(value[:1], ()):
        plain = plain and not match(value)
    return _scalar(value, (plain, True), "|" if "\n" in value else None)


def _scalar(value: str, implicit: tuple[bool, bool] = (True, True), style: str | None = None) -> Any:
    return yaml.ScalarEvent(anchor=None, tag=None, implicit=implicit, value=value, style=style)


@lru_cache(maxsize=256)
def _key(key: str) -> Any:
    if type(key) is not str:
        raise _UnusualError
    return _told_apart(key)


def _other(value: Any) -> Any:
    """The event of a whole number or a day."""
    if type(value) is int:
        return _scalar(str(value))
    if type(value) is date:
        return _scalar(value.isoformat())
    raise _UnusualError
