"""The commands, one module each. `COMMANDS` is their table; a new one is a module and a line in it."""

from __future__ import annotations

import click

from generator.commands.add import add
from generator.commands.build import build
from generator.commands.check import check
from generator.commands.export import export
from generator.commands.mail import mail
from generator.commands.new import new
from generator.commands.pack import pack
from generator.commands.serve import serve

COMMANDS: tuple[click.Command, ...] = (new, add, build, serve, check, export, pack, mail)
