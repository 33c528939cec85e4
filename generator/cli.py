"""The command ``broadsheet``: the table of its commands, and what becomes of their errors.

Exit codes: 0 done, 1 the input or the build has an error, 2 wrong usage, 130 interrupted. Whatever is wrong with
the user's files is said on standard error, one line a problem, without a traceback.
"""

from __future__ import annotations

import errno
import sys
from io import TextIOWrapper

import click

from generator import __version__
from generator.commands import COMMANDS
from generator.commands.words import say_problems
from generator.errors import BroadsheetError, Problem, ascii_safe

_INTERRUPTED = 130


class Program(click.Group):
    """A group whose commands may raise BroadsheetError, or OSError for a file of the user's."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The commands in the order of their table: that in which a site's life needs them."""
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> object:
        """Run the command that was asked for; turn its errors into lines and an exit code."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, TextIOWrapper):
                stream.reconfigure(errors="replace")  # a terminal that lacks a letter is no reason to stop
        try:
            return super().invoke(ctx)
        except BroadsheetError as error:
            say_problems(error.problems)
            ctx.exit(1)
        except KeyboardInterrupt:
            ctx.exit(_INTERRUPTED)
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise  # the reader of a pipe has gone: click ends without a word
            say_problems((_problem(error),))
            ctx.exit(1)


def _problem(error: OSError) -> Problem:
    where = ascii_safe(str(error.filename)) if error.filename else "broadsheet"
    found = (error.strerror or type(error).__name__).lower()
    remedy = (
        "make room and try again" if error.errno == errno.ENOSPC else "check the path and its permissions"
    )
    return Problem(where, "a place that can be read and written", found, remedy)


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="broadsheet")
def main() -> None:
    """Turn paper digests into a permanent, searchable website.

    \b
    A site in three commands:
        broadsheet new my-digests
        cd my-digests
        broadsheet build
    """


for _command in COMMANDS:
    main.add_command(_command)
