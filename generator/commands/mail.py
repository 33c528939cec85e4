"""``broadsheet mail``: a day as a letter."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from pathlib import Path

import click
from filelock import FileLock, Timeout

from generator.archive.queries import Archive
from generator.commands.options import Day, config_option, find_site, out_option
from generator.commands.words import Telling, place
from generator.current import built_archive
from generator.errors import BuildError, ConfigError, MailError, Problem, ascii_safe, shown
from generator.ids import file_name
from generator.mail.edition import Edition, edition_of, sizes
from generator.mail.ledger import BEGUN, FILE, SENT, Ledger
from generator.mail.message import draft, letter
from generator.mail.recipients import read_recipients
from generator.mail.sending import Outcome, send
from generator.mail_settings import PASSWORD, SECRET, MailSettings, Server, read_address
from generator.output import check_place, write_file
from generator.pages.layout import count
from generator.settings import Settings, layout_of

_LATEST = "latest"
_OPTION = "extra.broadsheet.mail"


class DayOrLatest(Day):
    """A day, or the word for the newest that has papers, which is `date.max`: no digest can have that day."""

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read a day, or the word."""
        return date.max if value == _LATEST else super().convert(value, param, ctx)


class MailAddress(click.ParamType[Address]):
    """An address of mail."""

    name = "address"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Address:
        """Read an address; anything else is wrong usage."""
        if isinstance(value, Address):
            return value
        address = read_address(str(value))
        if address is None:
            self.fail(
                f"expected an address such as name@example.org, found {shown(value)}; correct it", param, ctx
            )
        return address


@click.command(short_help="Send a day by mail, or see what would be sent.")
@click.argument("day", type=DayOrLatest(), metavar="DATE")
@out_option("Write the letter to FILE, or into a folder, as a draft.")
@click.option(
    "--test", type=MailAddress(), metavar="ADDRESS", help="Send it to this address alone; record nothing."
)
@click.option("--send", "really", is_flag=True, help="Send it to everybody who has not got it.")
@config_option
def mail(day: date, out: Path | None, test: Address | None, really: bool, config: Path | None) -> None:
    """Make a letter of the papers of DATE, a day like 2025-03-14 or "latest".

    Without --send or --test nothing is sent: the command says what would be. The site must have been built. The server
    and the recipients are settings (extra.broadsheet.mail); the password is BROADSHEET_SMTP_PASSWORD in the
    environment, and nowhere else.

    \b
    Examples:
        broadsheet mail latest
        broadsheet mail 2025-03-14 --out letter.eml
        broadsheet mail latest --test me@example.org
        broadsheet mail latest --send
    """
    if test and really:
        raise click.UsageError("--test and --send exclude each other: test first, then send")
    settings = find_site(config)
    edition = _edition(settings, day)
    if out:
        target = out / f"{file_name(settings.site_name)}-{edition.day}.eml" if out.is_dir() else out
        check_place(target, settings.site)
        write_file(target, draft(edition, settings.mail).as_bytes())
        click.echo(f"{place(target)}: {_described(edition)}")
    if test:
        _test(settings, edition, test)
    elif really:
        _send(settings, edition)
    elif not out:
        _dry_run(settings, edition)


def _edition(settings: Settings, day: date) -> Edition:
    """The letter of a day. Raises ConfigError without the site's address, BuildError without papers."""
    if not settings.site_url:
        remedy = (
            "set it, for a letter leads to the pages of the site (in a new site: SITE_URL in the environment)"
        )
        raise ConfigError(Problem("mkdocs.yml: site_url", "the address of the site", "none", remedy))
    theme = settings.config.get("theme")
    language = str(theme.get("language") or "en") if isinstance(theme, dict) else "en"
    with built_archive(settings) as archive:
        found = edition_of(archive, layout_of(settings, ()), _day(archive, day), language=language)
    if found is None:
        raise _no_papers(day, [])
    return found


def _day(archive: Archive, day: date) -> date:
    days = [own for own, papers in archive.days.items() if papers]
    if day == date.max and days:
        return days[-1]
    if day not in days:
        raise _no_papers(day, days)
    return day


def _no_papers(day: date, days: list[date]) -> BuildError:
    near = sorted(sorted(days, key=lambda other: abs((other - day).days))[:2])
    remedy = f"the nearest that have: {' and '.join(map(str, near))}" if near else "add a digest first"
    where = _LATEST if day == date.max else str(day)
    return BuildError(Problem(where, "a day with papers", "none", remedy))


def _described(edition: Edition) -> str:
    said = count(edition.papers, "paper")
    if edition.shown < edition.papers:
        said += f", the first {edition.shown:,} in the letter, without abstracts"
    elif edition.cut:
        said += ", abstracts cut"
    both = sizes(edition)
    return f"{said}; {both['HTML'] / 1000:.1f} kB of HTML, {both['text'] / 1000:.1f} kB of text"


def _dry_run(settings: Settings, edition: Edition) -> None:
    mail = settings.mail
    click.echo(f"{edition.day}: {_described(edition)}")
    click.echo(f"subject: {ascii_safe(edition.subject)}")
    click.echo(f"preview: {ascii_safe(edition.preview)}")
    if mail.server and mail.sender and mail.recipients:
        recipients = _recipients(settings)
        ledger = Ledger(settings.root / FILE, edition.day)
        left = _left(recipients, ledger)
        _say_doubtful(recipients, ledger)
        done = (
            f"; {len(recipients) - len(left):,} of {len(recipients):,} have it or may have it"
            if len(left) < len(recipients)
            else ""
        )
        by = f"{mail.server.host}:{mail.server.port}"
        click.echo(f"to {count(len(left), 'recipient')}, from {mail.sender.addr_spec}, by {by}{done}")
        click.echo("Nothing was sent: this is what --send does.")
    else:
        missing = [
            name
            for name, value in (("from", mail.sender), ("recipients", mail.recipients), ("smtp", mail.server))
            if not value
        ]
        click.echo(
            f"Nothing was sent. To send, set {', '.join(missing)} under {_OPTION} in {settings.config_file.name}."
        )


def _recipients(settings: Settings) -> tuple[Address, ...]:
    """Who gets letters. Raises ConfigError if there is no way to leave a list of several."""
    mail, where = settings.mail, settings.config_file.name
    recipients = read_recipients(settings.root / mail.recipients, mail.recipients)
    if len(recipients) > 1 and not (mail.unsubscribe or mail.unsubscribe_mail):
        remedy = "set it, or unsubscribe_mail; mail services take no letters to many without one"
        found = f"none for {len(recipients):,} recipients"
        raise ConfigError(
            Problem(f"{where}: {_OPTION}.unsubscribe", "a way to leave the list", found, remedy)
        )
    return recipients


def _left(recipients: tuple[Address, ...], ledger: Ledger) -> list[Address]:
    return [one for one in recipients if ledger.state(one) not in (SENT, BEGUN)]


def _say_doubtful(recipients: tuple[Address, ...], ledger: Ledger) -> None:
    for one in recipients:
        if ledger.state(one) == BEGUN:
            said = "may have the letter already, so it is left out; to send it again, remove this line"
            click.echo(f"note: {FILE}:{ledger.line(one)}: {one.addr_spec} {said}", err=True)


def _way(settings: Settings) -> tuple[Server, Address, str, str]:
    """The server, the sender, the password and the secret of tokens. Raises ConfigError if one is missing."""
    mail, where = settings.mail, f"{settings.config_file.name}: {_OPTION}"
    problems = []
    if not mail.server:
        problems.append(
            Problem(f"{where}.smtp", "a mail server", "none", "write smtp: {host: smtp.example.org}")
        )
    if not mail.sender:
        problems.append(
            Problem(f"{where}.from", "who sends the letters", "nobody", "write from: Name <name@example.org>")
        )
    password, secret = os.environ.get(PASSWORD, ""), os.environ.get(SECRET, "")
    if mail.server and mail.server.user and not password:
        problems.append(
            Problem(
                PASSWORD, f"the password of {shown(mail.server.user)}", "none", "set it in the environment"
            )
        )
    if "{token}" in mail.unsubscribe and not secret:
        expected = "what the tokens to unsubscribe are made with"
        problems.append(Problem(SECRET, expected, "nothing", "set it in the environment, always to the same"))
    if problems or not mail.server or not mail.sender:
        raise ConfigError(*problems)
    return mail.server, mail.sender, password, secret


def _test(settings: Settings, edition: Edition, recipient: Address) -> None:
    server, sender, password, secret = _way(settings)

    def compose(to: Address) -> EmailMessage:
        message = letter(edition, settings.mail, to, secret=secret, now=datetime.now(UTC))
        message.replace_header("Subject", f"Test: {edition.subject}")
        # Another name than the letter itself will have, or a client shows but one of them.
        message.replace_header(
            "Message-ID", message["Message-ID"].replace("<", f"<test.{datetime.now(UTC):%H%M%S%f}.", 1)
        )
        return message

    outcome = send(server, password, sender, [recipient], compose, None, Telling())
    _finish(outcome, f"A test was sent to {recipient.addr_spec}; nothing was recorded.")


def _send(settings: Settings, edition: Edition) -> None:
    server, sender, password, secret = _way(settings)
    mail: MailSettings = settings.mail
    if not mail.recipients:
        where = f"{settings.config_file.name}: {_OPTION}.recipients"
        raise ConfigError(Problem(where, "a file of addresses", "none", "write recipients: recipients.txt"))
    recipients = _recipients(settings)
    settings.cache.mkdir(parents=True, exist_ok=True)
    try:
        # Two at a time would both find that nobody has the letter.
        with FileLock(settings.cache / "mail.lock", timeout=0):
            ledger = Ledger(settings.root / FILE, edition.day)
            left = _left(recipients, ledger)
            _say_doubtful(recipients, ledger)

            def compose(to: Address) -> EmailMessage:
                return letter(edition, mail, to, secret=secret, now=datetime.now(UTC))

            outcome = send(server, password, sender, left, compose, ledger, Telling()) if left else Outcome()
    except Timeout:
        raise MailError(
            Problem(settings.site_name, "no other letter on its way", "one", "wait until it has gone out")
        ) from None
    have = len(recipients) - len(left)
    already = f"; {have:,} had it or may have it" if have else ""
    _finish(
        outcome, f"{edition.day}: sent to {outcome.sent:,} of {count(len(recipients), 'recipient')}{already}"
    )


def _finish(outcome: Outcome, said: str) -> None:
    """Say what was done; raise what went wrong."""
    if outcome.sent or not outcome.problems:
        click.echo(said)
    if outcome.problems:
        raise MailError(*outcome.problems)
