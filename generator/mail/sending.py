"""Handing letters in to a server (RFC 5321), one message a recipient, each once at most.

What a failure means depends on the step. Up to the recipient's address nothing has been sent: the connection is opened
again once, as for servers that end one after so many letters. From the letter itself on, an answer says what became of
it, and no answer says that nobody knows.
"""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.message import EmailMessage

from generator.errors import MailError, Problem, shown
from generator.mail.ledger import BEGUN, REFUSED, SENT, Ledger
from generator.mail_settings import PASSWORD, Server
from generator.progress import Progress

_SECONDS = 60.0
_DONE, _FORWARDED, _GOING = 250, 251, 421
_PERMANENT = 500
_AGAIN = "run the command again: who has it gets nothing twice"


@dataclass(slots=True)
class Outcome:
    """How many letters were sent by this run, and what went wrong; `problems` end it with exit code 1."""

    sent: int = 0
    problems: list[Problem] = field(default_factory=list)


def send(
    server: Server,
    password: str,
    sender: Address,
    recipients: Sequence[Address],
    compose: Callable[[Address], EmailMessage],
    ledger: Ledger | None,
    progress: Progress,
) -> Outcome:
    """Send a letter to each recipient, made by `compose` just before. Without a ledger nothing is recorded.

    Raises MailError if the server cannot be reached or refuses this sender before the first letter; later that is one
    of the outcome's problems, and the rest is left for another run.
    """
    outcome = Outcome()
    with _Session(server, password) as session:
        progress.begin("sending", len(recipients))
        for recipient in recipients:
            try:
                _send_one(session, sender, recipient, compose, ledger, outcome)
            except MailError as error:
                outcome.problems += error.problems
                break
            progress.advance()
        progress.end()
    return outcome


def _send_one(
    session: _Session,
    sender: Address,
    recipient: Address,
    compose: Callable[[Address], EmailMessage],
    ledger: Ledger | None,
    outcome: Outcome,
) -> None:
    """Raises MailError where it makes no sense to go on."""
    data = compose(recipient).as_bytes()
    refusal = session.address(sender, recipient)
    if refusal:
        outcome.problems.append(_refused(recipient, refusal))
        return
    if ledger:
        ledger.write(recipient, BEGUN)
    try:
        code, answer = session.smtp.data(data)
    except smtplib.SMTPDataError as error:  # not even begun
        code, answer = error.smtp_code, _bytes(error.smtp_error)
    except (smtplib.SMTPException, OSError) as error:
        expected = f"an answer about the letter to {recipient.addr_spec}"
        remedy = (
            "look whether it came: it is not sent again. To send it again, remove its line from mail-sent.txt"
        )
        raise MailError(Problem(session.where, expected, _failure(error), remedy)) from None
    if code == _DONE:
        if ledger:
            ledger.write(recipient, SENT)
        outcome.sent += 1
        return
    if ledger:
        ledger.write(recipient, REFUSED)
    if code == _GOING:
        session.close()
        raise MailError(_refused(recipient, (code, answer)))
    outcome.problems.append(_refused(recipient, (code, answer)))
    session.reset()


class _Session:
    """A connection that is opened again where nothing is lost by it."""

    def __init__(self, server: Server, password: str) -> None:
        self._server, self._password = server, password
        self.where = f"{server.host}:{server.port}"
        self.smtp = self._open()

    def __enter__(self) -> _Session:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _open(self) -> smtplib.SMTP:
        server = self._server
        with self._told():
            context = ssl.create_default_context()
            if server.security == "tls":
                smtp: smtplib.SMTP = smtplib.SMTP_SSL(
                    server.host, server.port, timeout=_SECONDS, context=context
                )
            else:
                smtp = smtplib.SMTP(server.host, server.port, timeout=_SECONDS)
            try:
                if server.security == "starttls":
                    smtp.starttls(context=context)
                if server.user:
                    smtp.login(server.user, self._password)
                else:
                    smtp.ehlo_or_helo_if_needed()
            except BaseException:
                smtp.close()
                raise
        return smtp

    @contextmanager
    def _told(self) -> Iterator[None]:
        """What can go wrong while a connection is opened, in words."""
        where = self.where
        try:
            yield
        except smtplib.SMTPAuthenticationError as error:
            found = f"a refusal: {_reply(error.smtp_code, _bytes(error.smtp_error))}"
            remedy = f"check user in extra.broadsheet.mail.smtp and {PASSWORD}"
            raise MailError(Problem(where, f"to log in as {self._server.user}", found, remedy)) from None
        except smtplib.SMTPNotSupportedError as error:
            remedy = f"set security and user in extra.broadsheet.mail.smtp to what the server has; {_AGAIN}"
            raise MailError(Problem(where, "a server that can do that", shown(error), remedy)) from None
        except ssl.SSLError as error:
            remedy = "check host, port and security in extra.broadsheet.mail.smtp: tls is usual at 465, starttls at 587"
            raise MailError(
                Problem(where, "a connection that is secure", shown(_ssl(error)), remedy)
            ) from None
        except (smtplib.SMTPException, OSError) as error:
            remedy = f"check host and port in extra.broadsheet.mail.smtp, and the network; {_AGAIN}"
            raise MailError(Problem(where, "a mail server", _failure(error), remedy)) from None

    def address(self, sender: Address, recipient: Address) -> tuple[int, bytes] | None:
        """Say whom a letter is from and to; gives the server's answer if it refuses this recipient.

        Raises MailError if it refuses the sender, or is gone for good.
        """
        try:
            return self._address(sender, recipient)
        except (smtplib.SMTPException, OSError):
            self.close()
            self.smtp = self._open()
        try:
            return self._address(sender, recipient)
        except (smtplib.SMTPException, OSError) as error:
            raise MailError(
                Problem(self.where, "a server that takes letters", _failure(error), _AGAIN)
            ) from None

    def _address(self, sender: Address, recipient: Address) -> tuple[int, bytes] | None:
        code, answer = self.smtp.mail(sender.addr_spec)
        if code == _GOING:
            raise smtplib.SMTPServerDisconnected(_answer(code, answer))
        if code != _DONE:
            found = f"a refusal: {_reply(code, answer)}"
            remedy = "check from and smtp in extra.broadsheet.mail" if code >= _PERMANENT else _AGAIN
            raise MailError(Problem(self.where, f"to send as {sender.addr_spec}", found, remedy))
        code, answer = self.smtp.rcpt(recipient.addr_spec)
        if code == _GOING:
            raise smtplib.SMTPServerDisconnected(_answer(code, answer))
        if code in (_DONE, _FORWARDED):
            return None
        self.reset()
        return code, answer

    def reset(self) -> None:
        """Forget the letter at hand."""
        with suppress(smtplib.SMTPException, OSError):  # the next letter finds out
            self.smtp.rset()

    def close(self) -> None:
        """Say good-bye, if somebody listens."""
        try:
            self.smtp.quit()
        except (smtplib.SMTPException, OSError):
            self.smtp.close()


def _refused(recipient: Address, answer: tuple[int, bytes]) -> Problem:
    remedy = "correct or remove the address" if answer[0] >= _PERMANENT else _AGAIN
    return Problem(recipient.addr_spec, "to be taken", f"a refusal: {_reply(*answer)}", remedy)


def _reply(code: int, answer: bytes) -> str:
    return shown(_answer(code, answer))


def _answer(code: int, answer: bytes) -> str:
    return f"{code} {answer.decode('utf-8', 'replace')}"


def _bytes(answer: bytes | str) -> bytes:
    return answer.encode() if isinstance(answer, str) else answer


def _failure(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return f"no answer within {_SECONDS:.0f} seconds"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower()
    return shown(error)


def _ssl(error: ssl.SSLError) -> str:
    return getattr(error, "verify_message", "") or error.reason or str(error)
