"""What ``extra: broadsheet: mail:`` says of the mail edition, checked. Passwords have no place in it.

Addresses are ``name@domain`` or ``Name <name@domain>`` in ASCII (RFC 5321), a domain in other letters by IDNA.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.headerregistry import Address
from string import Formatter

from generator.errors import Problem, shown
from generator.text.clean import clean_line
from generator.text.links import safe_url

#: The variables of the environment that hold what no file should.
PASSWORD, SECRET = "BROADSHEET_SMTP_PASSWORD", "BROADSHEET_UNSUBSCRIBE_SECRET"
#: How a connection is kept from being read on its way, and the port that is usual for each (RFC 8314).
PORTS: Mapping[str, int] = {"starttls": 587, "tls": 465, "none": 25}
#: Beyond these a connection that nothing secures would show the password to the network.
LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
#: What stands for the recipient in the address to leave the list by.
FIELDS = frozenset({"address", "token"})

_TEXTS = ("from", "reply_to", "recipients", "unsubscribe", "unsubscribe_mail", "subscribe")
_SMTP = ("host", "port", "security", "user")
_MOST_PORT = 65_535
#: RFC 5321, 4.5.3.1: a path, and with it an address.
_LONGEST = 254
#: With an address and a token in it, it must fit on one line of a header (RFC 5322: 998 characters).
_LONGEST_TEMPLATE = 400
_WRITTEN = re.compile(
    r'(?:"(?P<quoted>[^"\\]*)"|(?P<name>[^"<>@,;:\\]*))\s*<(?P<spec>[^<>\s]+)>|(?P<bare>[^<>\s]+)'
)
_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_ADDRESS = "an address such as Name <name@example.org>"


@dataclass(frozen=True, slots=True)
class Server:
    """Where mail is handed in. `security` is one of `PORTS`; without a `user` nobody logs in."""

    host: str
    port: int
    security: str = "starttls"
    user: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailSettings:
    """The mail edition of a site; all of it may be missing. `sender` is its ``from``, `recipients` a path as written.

    `unsubscribe` is an https address with `FIELDS` in braces, `unsubscribe_mail` an address of mail, `subscribe` the
    form of the list.
    """

    sender: Address | None = None
    reply_to: Address | None = None
    recipients: str = ""
    unsubscribe: str = ""
    unsubscribe_mail: str = ""
    subscribe: str = ""
    server: Server | None = None


def read_address(text: str) -> Address | None:
    """An address with or without a name; None if it is none that every server takes.

    >>> str(read_address("Ada <ada@Bücher.example>"))
    'Ada <ada@xn--bcher-kva.example>'
    >>> read_address("ada@example.org, bob@example.org"), read_address("ada"), read_address("ä@example.org")
    (None, None, None)
    """
    text = text.strip()
    if not text.isprintable() or len(text) > 4 * _LONGEST:
        return None
    match = _WRITTEN.fullmatch(text)
    if match is None:
        return None
    name = match["quoted"] or match["name"] or ""
    local, _, domain = (match["spec"] or match["bare"]).rpartition("@")
    try:
        domain = domain.lower() if domain.isascii() else domain.encode("idna").decode("ascii")
        if not _ATOMS.fullmatch(local) or not _DOMAIN.fullmatch(domain):
            return None
        found = Address(clean_line(name), local, domain)
    except (HeaderParseError, UnicodeError, ValueError, IndexError):
        return None
    return found if len(found.addr_spec) <= _LONGEST else None


def read_mail(given: object, where: str) -> tuple[MailSettings, list[Problem]]:
    """The settings at `where` in ``mkdocs.yml``, and what is wrong with them."""
    if given is None:
        return MailSettings(), []
    if not isinstance(given, dict):
        return MailSettings(), [Problem(where, "a mapping", shown(given), "write settings below it")]
    problems = [*_unknown(given, (*_TEXTS, "smtp"), where)]
    texts = {name: given[name] for name in _TEXTS if given.get(name) not in (None, "")}
    problems += [
        Problem(f"{where}.{name}", "a text", shown(value), "correct it")
        for name, value in texts.items()
        if not isinstance(value, str)
    ]
    server, wrong = _server(given.get("smtp"), f"{where}.smtp")
    problems += wrong
    if problems:
        return MailSettings(), problems
    addresses = {name: read_address(texts[name]) for name in ("from", "reply_to") if name in texts}
    problems += [
        Problem(f"{where}.{name}", _ADDRESS, shown(texts[name]), "correct it")
        for name, address in addresses.items()
        if address is None
    ]
    leave, join = texts.get("unsubscribe", ""), texts.get("subscribe", "")
    problems += _unsubscribe(leave, f"{where}.unsubscribe") if leave else ()
    by_mail = texts.get("unsubscribe_mail", "")
    if by_mail and not ((found := read_address(by_mail)) and found.addr_spec == by_mail.strip()):
        problems.append(
            Problem(
                f"{where}.unsubscribe_mail",
                "an address such as leave@example.org",
                shown(by_mail),
                "correct it",
            )
        )
    if join and not safe_url(join):
        problems.append(Problem(f"{where}.subscribe", "a web address", shown(join), "correct it"))
    settings = MailSettings(
        sender=addresses.get("from"),
        reply_to=addresses.get("reply_to"),
        recipients=texts.get("recipients", ""),
        unsubscribe=leave,
        unsubscribe_mail=by_mail.strip(),
        subscribe=safe_url(join) or "",
        server=server,
    )
    return settings, problems


def _unknown(given: Mapping[object, object], known: tuple[str, ...], where: str) -> Iterator[Problem]:
    for name in given:
        if name not in known:
            if "pass" in str(name).lower():  # its value is not for messages and logs
                remedy = f"remove it, and set {PASSWORD} in the environment"
                yield Problem(f"{where}.{name}", "no password in a file", "one", remedy)
                continue
            expected = f"one of {', '.join(known)}"
            yield Problem(f"{where}.{shown(name)[1:-1]}", expected, shown(name), "correct or remove it")


def _server(given: object, where: str) -> tuple[Server | None, list[Problem]]:
    if given is None:
        return None, []
    if not isinstance(given, dict):
        return None, [
            Problem(where, "a mapping with a host", shown(given), "write host: smtp.example.org below it")
        ]
    problems = [*_unknown(given, _SMTP, where)]
    host, user = given.get("host"), given.get("user") or ""
    security = given.get("security", "starttls")
    if not isinstance(host, str) or not host.strip() or not host.isprintable():
        problems.append(
            Problem(
                f"{where}.host", "the name of a server", shown(host or ""), "write host: smtp.example.org"
            )
        )
    if not isinstance(user, str):
        problems.append(Problem(f"{where}.user", "a name", shown(user), "put it into quotes"))
    if not isinstance(security, str) or security not in PORTS:
        return None, [
            *problems,
            Problem(f"{where}.security", f"one of {', '.join(PORTS)}", shown(security), "correct it"),
        ]
    port = given.get("port", PORTS[security])
    if isinstance(port, str) and port.isdecimal() and port.isascii():  # out of the environment
        port = int(port)
    if not isinstance(port, int) or isinstance(port, bool) or not 1 <= port <= _MOST_PORT:
        problems.append(
            Problem(f"{where}.port", f"a number from 1 to {_MOST_PORT:,}", shown(port), "correct it")
        )
    if security == "none" and user and host not in LOCAL:
        found = f"a user at {shown(host)}, who would show the password to the network"
        problems.append(Problem(f"{where}.security", "starttls or tls", found, "correct it"))
    return (None, problems) if problems else (Server(str(host).strip(), port, security, user), [])


def _unsubscribe(template: str, where: str) -> Iterator[Problem]:
    """RFC 8058: an https address that says who leaves."""
    expected = "an https address with {address} or {token} in it"
    try:
        fields = {name for _, name, form, conversion in Formatter().parse(template) if name is not None}
        plain = all(not form and not conversion for _, _, form, conversion in Formatter().parse(template))
    except ValueError:
        fields, plain = set(), False
    filled = safe_url(template.replace("{address}", "a").replace("{token}", "a"))
    if (
        len(template) > _LONGEST_TEMPLATE
        or not plain
        or not fields
        or fields - FIELDS
        or not filled
        or not filled.startswith("https://")
    ):
        yield Problem(where, expected, shown(template), "correct it")
