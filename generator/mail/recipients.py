"""Who gets the mail edition: a file with an address a line."""

from __future__ import annotations

from email.headerregistry import Address
from pathlib import Path

from generator.errors import ConfigError, Problem, shown
from generator.mail_settings import read_address

#: Problems of a file that are shown.
_SHOWN = 20


def read_recipients(file: Path, where: str) -> tuple[Address, ...]:
    """The addresses of a file, each once (letters' case aside), in its order. Empty lines and ``#`` lines are no
    addresses. `where` is what messages call it. Raises ConfigError; then nothing has been sent to anybody.
    """
    try:
        text = file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        found = "none" if isinstance(error, FileNotFoundError) else "one that cannot be read as UTF-8"
        remedy = "make it, with one address a line"
        raise ConfigError(Problem(where, "a file of addresses", found, remedy)) from None
    found_addresses: dict[str, Address] = {}
    problems: list[Problem] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not (line := line.strip()) or line.startswith("#"):
            continue
        if address := read_address(line):
            found_addresses.setdefault(address.addr_spec.lower(), address)
        else:
            expected = "one address such as Name <name@example.org>, its name before @ in ASCII"
            problems.append(Problem(f"{where}:{number}", expected, shown(line), "correct or remove the line"))
    if problems:
        raise ConfigError(*problems[:_SHOWN])
    if not found_addresses:
        raise ConfigError(Problem(where, "at least one address", "none", "write one a line"))
    return tuple(found_addresses.values())
