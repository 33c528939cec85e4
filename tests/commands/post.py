"""A mail server on this machine, for tests. Its certificate and key (`tls/`) are for localhost and nothing else."""

# ruff: noqa: N802, ARG002 - the names and arguments of hooks are the server's

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword, Session

TLS = Path(__file__).parent / "tls"
#: The password of a server that lives for a test.
KEYWORD = "korrekt: pferd"
CERTIFICATE = TLS / "certificate.pem"


@dataclass
class Post:
    """A server's letters, and what it answers: by recipient to ``RCPT`` and to the letter; "gone" hangs up."""

    port: int = 0
    letters: list[tuple[str, EmailMessage]] = field(default_factory=list)
    on_recipient: dict[str, str] = field(default_factory=dict)
    on_letter: dict[str, str] = field(default_factory=dict)
    before_letter: Callable[[str], None] = lambda _: None
    #: So many letters a connection, then 421.
    most: int = 10_000
    on_sender: str = "250 OK"
    #: Seconds before it answers a letter.
    slow: float = 0.0
    logins: list[str] = field(default_factory=list)
    secure: list[bool] = field(default_factory=list)

    @property
    def got(self) -> list[str]:
        """Who got letters, in order."""
        return [address for address, _ in self.letters]

    async def handle_MAIL(
        self, server: Any, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if getattr(session, "letters", 0) >= self.most:
            return "421 enough for this connection"
        if self.on_sender.startswith("250"):
            envelope.mail_from = address
        return self.on_sender

    async def handle_RCPT(
        self, server: Any, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self.on_recipient.get(address, "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: Any, session: Session, envelope: Envelope) -> str:
        (address,) = envelope.rcpt_tos
        self.before_letter(address)
        await asyncio.sleep(self.slow)
        answer = self.on_letter.get(address, "250 OK")
        if answer.startswith("250") or answer == "gone":
            content = envelope.original_content or b""
            message = message_from_bytes(content, policy=policy.default)
            assert isinstance(message, EmailMessage)
            self.letters.append((address, message))
        if answer == "gone":
            server.transport.close()
            return "250 OK"
        session.letters = getattr(session, "letters", 0) + 1  # type: ignore[attr-defined]
        self.secure.append(server.transport.get_extra_info("sslcontext") is not None)
        return answer

    def authenticate(
        self, server: Any, session: Session, envelope: Envelope, mechanism: str, data: Any
    ) -> AuthResult:
        assert isinstance(data, LoginPassword)
        self.logins.append(data.login.decode())
        return AuthResult(success=data.password.decode() == KEYWORD, handled=False)


class Office:
    """Starts servers: plain ones, with ``STARTTLS``, or with TLS from the beginning."""

    def __init__(self) -> None:
        self._running: list[Controller] = []

    def open(self, security: str = "none", *, login: bool = False) -> Post:
        """Start one."""
        one = Post()
        context = None
        if security != "none":
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(CERTIFICATE, TLS / "key.pem")
        options: dict[str, Any] = {}
        if login:
            options = {"authenticator": one.authenticate, "auth_required": True}
            options["auth_require_tls"] = security == "starttls"
        if security == "starttls":
            options |= {"tls_context": context, "require_starttls": True}
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            one.port = int(probe.getsockname()[1])
        controller = Controller(
            one,
            hostname="127.0.0.1",
            port=one.port,
            ssl_context=context if security == "tls" else None,
            **options,
        )
        controller.start()
        self._running.append(controller)
        return one

    def close(self) -> None:
        """Stop all."""
        for controller in self._running:
            controller.stop()
