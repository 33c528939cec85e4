"""A letter as a message: headers by RFC 5322, both forms by RFC 2046, leaving the list by RFC 2369 and RFC 8058."""

from __future__ import annotations

import hmac
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime
from hashlib import sha256
from urllib.parse import quote, urlsplit

from generator.mail.edition import Edition, html_of, text_of
from generator.mail_settings import MailSettings

#: What a client that leaves a list for its user sends (RFC 8058, 2).
ONE_CLICK = "List-Unsubscribe=One-Click"


class _Policy(EmailPolicy):
    """Leaves headers that hold web addresses on one line: Python would write a word that is longer than a line as an
    encoded word, and then no client finds the address in it.
    """

    def fold(self, name: str, value: str) -> str:
        """A header as text."""
        if name.lower().startswith("list-"):
            return f"{name}: {value}{self.linesep}"
        return str(super().fold(name, value))

    def fold_binary(self, name: str, value: str) -> bytes:
        """A header as it is sent."""
        return self.fold(name, value).encode("ascii", "surrogateescape")


_POLICY = _Policy(linesep="\r\n")


def leave_address(template: str, recipient: Address, secret: str) -> str:
    """The address by which a recipient leaves the list. The token is the HMAC-SHA256 of the address in small letters,
    in hexadecimal: who runs the list can check that the link was in a letter to that address.
    """
    spec = recipient.addr_spec
    token = hmac.new(secret.encode(), spec.lower().encode(), sha256).hexdigest()
    return template.replace("{address}", quote(spec, safe="")).replace("{token}", token)


def letter(
    edition: Edition, mail: MailSettings, recipient: Address, *, secret: str, now: datetime
) -> EmailMessage:
    """The message for one recipient. `now` is the time at which it is sent, `secret` what tokens are made with.

    The same day has the same ``Message-ID`` for the same recipient: a server or client that meets it twice knows it.
    """
    leave = leave_address(mail.unsubscribe, recipient, secret) if mail.unsubscribe else ""
    ways = [f"<{leave}>"] if leave else []
    ways += (
        [f"<mailto:{quote(mail.unsubscribe_mail, safe='@')}?subject=unsubscribe>"]
        if mail.unsubscribe_mail
        else []
    )
    message = _message(
        edition, mail, leave or (f"mailto:{mail.unsubscribe_mail}" if mail.unsubscribe_mail else "")
    )
    host = _host(edition)
    name = sha256(f"{edition.day} {recipient.addr_spec.lower()}".encode()).hexdigest()[:32]
    message["To"] = recipient
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<{edition.day}.{name}@{host}>"
    if ways:
        message["List-Unsubscribe"] = ", ".join(ways)
    if leave:
        message["List-Unsubscribe-Post"] = ONE_CLICK
    message["List-Id"] = f"<digests.{host}>"
    # So that no absence is announced to the sender (RFC 3834).
    message["Auto-Submitted"] = "auto-generated"
    return message


def draft(edition: Edition, mail: MailSettings) -> EmailMessage:
    """The letter to nobody, as a draft that mail programs open to be sent. The same edition gives the same bytes."""
    message = _message(edition, mail, "")
    message["X-Unsent"] = "1"
    return message


def _message(edition: Edition, mail: MailSettings, leave: str) -> EmailMessage:
    message = EmailMessage(policy=_POLICY)
    message["Subject"] = edition.subject
    if mail.sender:
        message["From"] = mail.sender
    if mail.reply_to:
        message["Reply-To"] = mail.reply_to
    message.set_content(text_of(edition, leave), cte="quoted-printable")
    message.add_alternative(html_of(edition, leave), subtype="html", cte="quoted-printable")
    message.set_boundary(f"=_{sha256(f'{edition.home} {edition.day}'.encode()).hexdigest()[:32]}")
    return message


def _host(edition: Edition) -> str:
    """The name of the site's host, which makes names of messages unique."""
    return urlsplit(edition.home).hostname or "localhost"
