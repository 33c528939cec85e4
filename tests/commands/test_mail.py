"""``broadsheet mail``, by a real server on this machine."""

from __future__ import annotations

import hmac
import re
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from hashlib import sha256
from pathlib import Path

import pytest
from lxml import html

from generator.mail import sending
from generator.mail.ledger import FILE
from generator.mail_settings import PASSWORD, SECRET
from tests.commands.conftest import DIGEST, Run, hugging_face
from tests.commands.post import CERTIFICATE, KEYWORD, Office, Post

SETTINGS = """
extra:
  broadsheet:
    mail:
      from: My digests <digests@example.org>
      reply_to: editors@example.org
      recipients: recipients.txt
      unsubscribe: https://example.org/leave?who={address}
      unsubscribe_mail: leave@example.org
      smtp: {host: localhost, port: PORT, security: none}
"""
PEOPLE = """\
# the reading group
ada@example.org

Bob <Bob@Example.net>
ADA@example.org
Zoë Čech <carol@example.com>
"""
ADA, BOB, CAROL = "ada@example.org", "Bob@example.net", "carol@example.com"
DAY = "2025-03-14"

SetUp = Callable[..., Path]


@pytest.fixture
def office() -> Iterator[Office]:
    one = Office()
    yield one
    one.close()


@pytest.fixture
def post(office: Office) -> Post:
    return office.open()


@pytest.fixture
def listed(site: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> SetUp:
    """A site with a day, an address, a list of people and a server to send by; the current folder."""
    (site / "digests" / f"{DAY}-reading-group.md").write_text(DIGEST, "utf-8")

    def set_up(port: int = 1, settings: str = SETTINGS, people: str = PEOPLE) -> Path:
        monkeypatch.setenv("SITE_URL", "https://example.org/papers/")
        with (site / "mkdocs.yml").open("a", encoding="utf-8") as config:
            config.write(settings.replace("PORT", str(port)))
        (site / "recipients.txt").write_text(people, "utf-8")
        assert run("build").exit_code == 0
        return site

    return set_up


def ledger(site: Path) -> list[str]:
    """The words of the record."""
    lines = (site / FILE).read_text("utf-8").splitlines()
    return [line.rpartition(" ")[2] for line in lines if not line.startswith("#")]


def part(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    assert isinstance(body, EmailMessage)
    return str(body.get_content())


# Nothing is sent that nobody asked for


def test_says_what_would_be_sent(listed: SetUp, run: Run, post: Post) -> None:
    site = listed(post.port)
    result = run("mail", DAY)
    assert (result.exit_code, result.stderr, post.letters) == (0, "", [])
    lines = result.stdout.splitlines()
    assert re.fullmatch(rf"{DAY}: 1 paper; \d\.\d kB of HTML, \d\.\d kB of text", lines[0])
    assert lines[1:] == [
        "subject: My digests: 1 paper, 14 March 2025",
        "preview: Quick sort revisited",
        f"to 3 recipients, from digests@example.org, by localhost:{post.port}",
        "Nothing was sent: this is what --send does.",
    ]
    assert not (site / FILE).exists()


def test_needs_no_server_to_be_looked_at(listed: SetUp, run: Run) -> None:
    listed(settings="")
    result = run("mail", "latest")
    assert result.exit_code == 0
    assert result.stdout.endswith(
        "Nothing was sent. To send, set from, recipients, smtp under extra.broadsheet.mail in mkdocs.yml.\n"
    )
    result = run("mail", "latest", "--send")
    assert result.exit_code == 1
    assert result.stderr.splitlines() == [
        "mkdocs.yml: extra.broadsheet.mail.smtp: expected a mail server, found none; "
        "write smtp: {host: smtp.example.org}",
        "mkdocs.yml: extra.broadsheet.mail.from: expected who sends the letters, found nobody; "
        "write from: Name <name@example.org>",
    ]


def test_the_draft(listed: SetUp, run: Run, tmp_path: Path) -> None:
    listed()
    result = run("mail", DAY, "--out", tmp_path / "a.eml")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith(f"{tmp_path / 'a.eml'}: 1 paper; ")
    assert run("mail", DAY, "-o", tmp_path).exit_code == 0
    data = (tmp_path / f"my-digests-{DAY}.eml").read_bytes()
    assert data == (tmp_path / "a.eml").read_bytes()
    message = message_from_bytes(data, policy=policy.default)
    assert isinstance(message, EmailMessage)
    assert not message.defects
    assert (message["X-Unsent"], message["To"], message["List-Unsubscribe"]) == ("1", None, None)
    assert message["From"] == "My digests <digests@example.org>"
    assert [one.get_content_type() for one in message.iter_parts()] == ["text/plain", "text/html"]
    assert part(message, "plain").splitlines()[:13] == [
        "My digests",
        "Friday, 14 March 2025: 1 paper",
        "",
        "https://example.org/papers/digests/2025-03-14.html",
        "",
        "",
        "Reading group",
        "=============",
        "",
        "1. Quick sort revisited",
        "   Ada Lovelace",
        "   https://example.org/papers/papers/2503.10613.html",
        "",
    ]
    page = html.fromstring(part(message, "html"))
    assert page.xpath("//h3/a/@href") == ["https://example.org/papers/papers/2503.10613.html"]
    assert page.xpath("//h3/a/text()") == ["Quick sort revisited"]
    assert not page.xpath("//script | //link | //img | //math")
    assert "Unsubscribe" not in part(message, "html")


def test_a_draft_has_a_place_that_lasts(listed: SetUp, run: Run) -> None:
    site = listed()
    result = run("mail", DAY, "--out", site / "site" / "a.eml")
    assert result.exit_code == 1
    assert result.stderr == (
        f"{site / 'site' / 'a.eml'}: expected a place outside the site, found one inside it; choose another --out\n"
    )
    result = run("mail", DAY, "--out", site / "nowhere" / "a.eml")
    assert result.stderr == (
        f"{site / 'nowhere'}: expected a folder, found none; make it, or choose another --out\n"
    )
    assert not (site / "nowhere").exists()


# Sending


def test_each_gets_a_letter_and_nobody_two(listed: SetUp, run: Run, post: Post) -> None:
    site = listed(post.port)
    result = run("mail", "latest", "--send")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == f"{DAY}: sent to 3 of 3 recipients\n"
    assert post.got == [ADA, BOB, CAROL]
    assert ledger(site) == ["begun", "sent"] * 3
    again = run("mail", DAY, "--send")
    assert again.stdout == f"{DAY}: sent to 0 of 3 recipients; 3 had it or may have it\n"
    assert len(post.letters) == 3
    (site / "recipients.txt").write_text(f"{PEOPLE}dora@example.org\n", "utf-8")
    assert "to 1 recipient, " in run("mail", DAY).stdout
    assert run("mail", DAY, "--send").exit_code == 0
    assert post.got[3:] == ["dora@example.org"]
    text = (site / FILE).read_text("utf-8")
    assert "@" not in text


def test_what_a_letter_says_of_itself(listed: SetUp, run: Run, post: Post) -> None:
    listed(post.port)
    assert run("mail", DAY, "--send").exit_code == 0
    first, _, third = [message for _, message in post.letters]
    assert not first.defects
    assert not [one for one in first.walk() if one.defects]
    assert first["Subject"] == "My digests: 1 paper, 14 March 2025"
    assert first["From"] == "My digests <digests@example.org>"
    assert first["Reply-To"] == "editors@example.org"
    assert first["To"] == ADA
    assert third["To"].addresses[0].display_name == "Zoë Čech"
    assert parsedate_to_datetime(first["Date"]).tzinfo
    leave = "https://example.org/leave?who=ada%40example.org"
    assert first["List-Unsubscribe"] == f"<{leave}>, <mailto:leave@example.org?subject=unsubscribe>"
    assert first["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert first["List-Id"] == "<digests.example.org>"
    assert first["Message-ID"].startswith(f"<{DAY}.")
    assert len({message["Message-ID"] for _, message in post.letters}) == 3
    assert part(first, "plain").splitlines()[-1] == f"Unsubscribe: {leave}"
    page = html.fromstring(part(first, "html"))
    assert page.xpath("//a[text()='Unsubscribe']/@href") == [leave]
    assert page.xpath("string(//div)") == "Quick sort revisited"


def test_a_token_that_only_the_list_can_make(
    listed: SetUp, run: Run, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As RFC 8058 asks: long, and still on one line of the header."""
    address = f"https://example.org/{'leave/' * 40}" + "{token}?who={address}"
    listed(post.port, SETTINGS.replace("https://example.org/leave?who={address}", address))
    result = run("mail", DAY, "--send")
    assert result.exit_code == 1
    assert result.stderr == (
        f"{SECRET}: expected what the tokens to unsubscribe are made with, found nothing; "
        "set it in the environment, always to the same\n"
    )
    monkeypatch.setenv(SECRET, "s3cret")
    assert run("mail", DAY, "--send").exit_code == 0
    token = hmac.new(b"s3cret", b"bob@example.net", sha256).hexdigest()
    said = post.letters[1][1]["List-Unsubscribe"]
    assert f"/leave/{token}?who=Bob%40example.net>" in said
    assert "=?" not in said


def test_a_test_goes_to_one_and_is_not_recorded(listed: SetUp, run: Run, post: Post) -> None:
    site = listed(post.port)
    result = run("mail", DAY, "--test", "me@example.org")
    assert result.stdout == "A test was sent to me@example.org; nothing was recorded.\n"
    assert run("mail", DAY, "--test", "me@example.org").exit_code == 0
    assert post.got == ["me@example.org"] * 2
    assert post.letters[0][1]["Subject"] == "Test: My digests: 1 paper, 14 March 2025"
    assert not (site / FILE).exists()
    assert run("mail", DAY, "--test", "nobody").exit_code == 2
    assert run("mail", DAY, "--test", "me@example.org", "--send").exit_code == 2


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_by_a_line_that_is_secure(
    security: str, listed: SetUp, run: Run, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = office.open(security, login=security == "starttls")
    user = "user: digests, " if security == "starttls" else ""
    listed(server.port, SETTINGS.replace("security: none", f"{user}security: {security}"))
    monkeypatch.setenv(PASSWORD, KEYWORD)
    result = run("mail", DAY, "--send")
    assert result.exit_code == 1, "a certificate that nobody vouches for"
    assert result.stderr == (
        f'localhost:{server.port}: expected a connection that is secure, found "self-signed certificate"; '
        "check host, port and security in extra.broadsheet.mail.smtp: tls is usual at 465, starttls at 587\n"
    )
    assert server.letters == []
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    assert run("mail", DAY, "--send").exit_code == 0
    assert server.got == [ADA, BOB, CAROL]
    assert server.secure == [True] * 3
    assert server.logins == (["digests"] if user else [])


# What goes wrong


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")  # the server's, about itself
def test_a_password_that_is_wrong_or_missing(
    listed: SetUp, run: Run, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = office.open(login=True)
    site = listed(server.port, SETTINGS.replace("security: none", "security: none, user: digests"))
    result = run("mail", DAY, "--send")
    assert result.stderr == (
        f'{PASSWORD}: expected the password of "digests", found none; set it in the environment\n'
    )
    monkeypatch.setenv(PASSWORD, "wrong one")
    result = run("mail", DAY, "--send")
    assert result.exit_code == 1
    assert result.stderr.startswith(
        f"localhost:{server.port}: expected to log in as digests, found a refusal: "
    )
    assert "wrong one" not in result.stderr
    assert not (site / FILE).exists()
    monkeypatch.setenv(PASSWORD, KEYWORD)
    assert run("mail", DAY, "--send").exit_code == 0
    assert len(server.letters) == 3


def test_nobody_is_there(listed: SetUp, run: Run, free_port: int) -> None:
    site = listed(free_port)
    result = run("mail", DAY, "--send")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        f"localhost:{free_port}: expected a mail server, found connection refused; check host and port in "
        "extra.broadsheet.mail.smtp, and the network; run the command again: who has it gets nothing twice\n"
    )
    assert not (site / FILE).exists()


def test_one_who_is_refused_costs_nobody_else_a_letter(listed: SetUp, run: Run, post: Post) -> None:
    site = listed(post.port)
    post.on_recipient[ADA] = "550 no such user"
    post.on_letter[BOB] = "451 try again later"
    result = run("mail", DAY, "--send")
    assert result.exit_code == 1
    assert result.stdout == f"{DAY}: sent to 1 of 3 recipients\n"
    assert result.stderr.splitlines() == [
        f'{ADA}: expected to be taken, found a refusal: "550 no such user"; correct or remove the address',
        f'{BOB}: expected to be taken, found a refusal: "451 try again later"; '
        "run the command again: who has it gets nothing twice",
    ]
    assert post.got == [CAROL]
    assert ledger(site) == ["begun", "refused", "begun", "sent"]
    post.on_letter.clear()
    assert run("mail", DAY, "--send").exit_code == 1
    assert post.got == [CAROL, BOB]


def test_a_letter_that_may_have_come_is_not_sent_again(listed: SetUp, run: Run, post: Post) -> None:
    """The server takes the letter, and the line goes dead before it says so."""
    site = listed(post.port)
    post.on_letter[BOB] = "gone"
    result = run("mail", DAY, "--send")
    assert result.exit_code == 1
    assert result.stdout == f"{DAY}: sent to 1 of 3 recipients\n"
    (line,) = result.stderr.splitlines()
    assert f"expected an answer about the letter to {BOB}, found " in line
    assert line.endswith(
        "look whether it came: it is not sent again. To send it again, remove its line from mail-sent.txt"
    )
    assert ledger(site) == ["begun", "sent", "begun"]
    post.on_letter.clear()
    result = run("mail", DAY, "--send")
    assert result.exit_code == 0
    assert result.stdout == f"{DAY}: sent to 1 of 3 recipients; 2 had it or may have it\n"
    assert result.stderr == (
        f"note: {FILE}:5: {BOB} may have the letter already, so it is left out; to send it again, remove this line\n"
    )
    assert post.got == [ADA, BOB, CAROL]
    lines = (site / FILE).read_text("utf-8").splitlines(keepends=True)
    (site / FILE).write_text("".join(lines[:4] + lines[5:]), "utf-8")
    assert run("mail", DAY, "--send").exit_code == 0
    assert post.got == [ADA, BOB, CAROL, BOB]


def test_killed_while_a_letter_is_on_its_way(listed: SetUp, run: Run, post: Post) -> None:
    """What is on its way is on the disk before the server has it."""
    site = listed(post.port)
    seen: list[list[str]] = []
    post.before_letter = lambda _: seen.append(ledger(site))
    assert run("mail", DAY, "--send").exit_code == 0
    assert seen == [["begun"], ["begun", "sent", "begun"], ["begun", "sent", "begun", "sent", "begun"]]


def test_a_server_that_ends_connections(listed: SetUp, run: Run, post: Post) -> None:
    """As many do after some letters: the next goes by another connection."""
    listed(post.port)
    post.most = 1
    result = run("mail", DAY, "--send")
    assert (result.exit_code, result.stderr) == (0, "")
    assert post.got == [ADA, BOB, CAROL]
    post.most = 0
    result = run("mail", DAY, "--test", "me@example.org")
    assert result.exit_code == 1
    assert 'expected a server that takes letters, found "421 enough for this connection"' in result.stderr


def test_a_server_that_says_nothing(
    listed: SetUp, run: Run, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "_SECONDS", 0.2)
    site = listed(post.port)
    post.slow = 1.0
    result = run("mail", DAY, "--send")
    assert result.exit_code == 1
    said = 'found "Connection unexpectedly closed: timed out"; look whether it came'
    assert f"expected an answer about the letter to {ADA}, {said}" in result.stderr
    assert ledger(site) == ["begun"]


def test_a_server_that_does_not_know_the_sender(listed: SetUp, run: Run, post: Post) -> None:
    site = listed(post.port)
    post.on_sender = "553 not yours"
    result = run("mail", DAY, "--send")
    assert result.exit_code == 1
    assert result.stderr == (
        f'localhost:{post.port}: expected to send as digests@example.org, found a refusal: "553 not yours"; '
        "check from and smtp in extra.broadsheet.mail\n"
    )
    assert not (site / FILE).exists()


# What must be there


def test_days_without_papers(listed: SetUp, run: Run) -> None:
    listed()
    result = run("mail", "2025-03-15")
    assert result.exit_code == 1
    assert result.stderr == (
        "2025-03-15: expected a day with papers, found none; the nearest that have: 2025-01-24 and 2025-03-14\n"
    )
    assert run("mail", "tomorrow").exit_code == 2


def test_a_site_that_is_not_as_it_was_built(listed: SetUp, run: Run, site: Path) -> None:
    listed()
    (site / "digests" / "2025-03-20-huggingface-daily.json").write_bytes(
        hugging_face("New", day="2025-03-20")
    )
    result = run("mail", "latest")
    assert result.exit_code == 1
    assert result.stderr == (
        "site/: expected a site built of the digests and settings as they are now, found an older one; "
        'run "broadsheet build" first\n'
    )
    assert run("build").exit_code == 0
    assert run("mail", "latest").stdout.startswith("2025-03-20: 1 paper; ")


def test_without_a_site_or_its_address(site: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    result = run("mail", "latest")
    assert result.stderr == (
        "mkdocs.yml: site_url: expected the address of the site, found none; set it, for a letter leads to the pages "
        "of the site (in a new site: SITE_URL in the environment)\n"
    )
    monkeypatch.setenv("SITE_URL", "https://example.org/")
    result = run("mail", "latest")
    assert (result.exit_code, result.stderr) == (
        1,
        'site/: expected a built site, found nothing; run "broadsheet build" first\n',
    )


@pytest.mark.parametrize(
    ("people", "message"),
    [
        ("ada\n", 'recipients.txt:1: expected one address such as Name <name@example.org>, its name before @ in ASCII, '
         'found "ada"; correct or remove the line'),
        ("a@example.org\nb@example.org, c@example.org\n", "recipients.txt:2: expected one address"),
        ("a@example.org\nBcc: x <b@example.org>\n", "recipients.txt:2: expected one address"),
        ("# nobody\n", "recipients.txt: expected at least one address, found none; write one a line"),
    ],
)  # fmt: skip
def test_a_list_that_cannot_be_used_sends_nothing(
    people: str, message: str, listed: SetUp, run: Run, post: Post
) -> None:
    listed(post.port, people=people)
    result = run("mail", DAY, "--send")
    assert result.exit_code == 1
    assert result.stderr.startswith(message)
    assert post.letters == []


def test_a_list_that_is_not_there(listed: SetUp, run: Run) -> None:
    (listed() / "recipients.txt").unlink()
    result = run("mail", DAY, "--send")
    assert result.stderr == (
        "recipients.txt: expected a file of addresses, found none; make it, with one address a line\n"
    )


def test_many_can_leave(listed: SetUp, run: Run, post: Post) -> None:
    lines = [line for line in SETTINGS.splitlines(keepends=True) if "unsubscribe" not in line]
    site = listed(post.port, "".join(lines))
    result = run("mail", DAY, "--send")
    assert result.exit_code == 1
    assert result.stderr == (
        "mkdocs.yml: extra.broadsheet.mail.unsubscribe: expected a way to leave the list, found none for 3 recipients; "
        "set it, or unsubscribe_mail; mail services take no letters to many without one\n"
    )
    (site / "recipients.txt").write_text("the-list@example.org\n", "utf-8")
    assert run("mail", DAY, "--send").exit_code == 0
    assert post.letters[0][1]["List-Unsubscribe"] is None


def test_a_record_that_is_damaged(listed: SetUp, run: Run, post: Post) -> None:
    site = listed(post.port)
    assert run("mail", DAY, "--send").exit_code == 0
    whole = (site / FILE).read_text("utf-8")
    (site / FILE).write_text(f"{whole}<<<<<<< HEAD\n", "utf-8")
    result = run("mail", DAY, "--send")
    assert result.exit_code == 1
    assert result.stderr == (
        f'{FILE}:9: expected a day, a hash and begun, sent or refused, found "<<<<<<< HEAD"; '
        "take the file as it was from version control; nothing was sent\n"
    )
    # Broken off while a line was written, before the letter was: the letter is sent, on a line of its own.
    (site / FILE).write_text(whole[: whole.rindex("begun") - 20], "utf-8")
    assert run("mail", DAY, "--send").exit_code == 0
    assert post.got == [ADA, BOB, CAROL, CAROL]
    assert run("mail", DAY, "--send").exit_code == 1


def test_the_home_page_leads_to_the_form(listed: SetUp, run: Run) -> None:
    site = listed(settings='extra: {broadsheet: {mail: {subscribe: "https://example.org/join?a=1&b=2"}}}')
    (dateline,) = html.fromstring((site / "site/index.html").read_text("utf-8")).xpath(
        "//span[contains(., 'Subscribe')]"
    )
    assert dateline.xpath("a/@href")[0] == "https://example.org/join?a=1&b=2"
    assert dateline.text_content() == "Subscribe: by mail every paper day by day JSON Feed"
