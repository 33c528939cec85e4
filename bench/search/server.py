"""A static server that is as slow as a line, and counts what it sends.

    python -m bench.search.server FOLDER [--certificate FILE]

It answers on two ports: HTTP/1.1, and, given a certificate and its key in one file and the package h2, HTTP/2 over TLS.
It says where on its standard output, in a line of JSON, and then reads commands, a line each, answered by a line each:
``line NAME`` sets one of `bench.search.link.LINES`, ``take`` tells what has been sent since the last time. It ends
with its standard input. Bytes are those of the bodies as sent, of heads and, in HTTP/2, of frames; not those of TLS
and TCP. A new connection's slow start is not imitated.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import ssl
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import astuple
from pathlib import Path

from bench.search.files import Files
from bench.search.link import LINES, Ledger, Line, Link, Transfer, packets

_HOST = "127.0.0.1"
#: How a connection ends: the browser leaves it, or this program ends.
_END = (ConnectionError, asyncio.IncompleteReadError, ssl.SSLError, asyncio.CancelledError)


class Server:
    """Gives the files of a folder over one shaped line."""

    def __init__(self, folder: Path, line: Line) -> None:
        self.files, self.ledger, self.link = Files(folder), Ledger(), Link(line)

    async def until(self, moment: float) -> None:
        """Wait, unless the moment has passed."""
        delay = moment - self.now()
        if delay > 0:
            await asyncio.sleep(delay)

    def now(self) -> float:
        """The clock of the line."""
        return asyncio.get_running_loop().time()

    async def send(self, content: bytes, transfer: Transfer, write: Callable[[bytes], int]) -> None:
        """Send content, piece by piece as the line takes it. `write` gives the bytes that went for a piece."""
        link = self.link
        for piece in packets(content, link.line):
            await self.until(link.send(len(piece), self.now()))
            transfer.bytes += write(piece)

    async def plain(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """A connection of HTTP/1.1, kept open for one request after the other."""
        with suppress(*_END):
            await self.until(self.link.connect(self.now(), encrypted=False))
            while True:
                request = await reader.readuntil(b"\r\n\r\n")
                target = request.split(b" ", 2)[1].decode("latin-1")
                await self._answer_plain(target, writer)
        writer.close()

    async def _answer_plain(self, target: str, writer: asyncio.StreamWriter) -> None:
        transfer = self.ledger.open(target)
        response, link = self.files.answer(target), self.link
        await self.until(link.answer(self.now()))

        def write(piece: bytes) -> int:
            writer.write(piece)
            return len(piece)

        try:
            await self.send(response.head() + response.body, transfer, write)
            await writer.drain()
        finally:
            transfer.done = True

    async def encrypted(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """A connection of HTTP/2, on which TLS has been agreed: what that takes is waited for here."""
        from bench.search.http2 import Connection  # its package is there where TLS is asked for

        with suppress(*_END):
            await self.until(self.link.connect(self.now(), encrypted=True))
            await Connection(self, reader, writer).run()
        writer.close()


async def serve(folder: Path, certificate: Path | None) -> None:
    """Answer until the standard input ends."""
    server = Server(folder, LINES[0])
    plain = await asyncio.start_server(server.plain, _HOST, 0)
    ports = {"plain": plain.sockets[0].getsockname()[1]}
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        context.set_alpn_protocols(["h2"])
        encrypted = await asyncio.start_server(server.encrypted, _HOST, 0, ssl=context)
        ports["encrypted"] = encrypted.sockets[0].getsockname()[1]
    _say(ports)
    commands = asyncio.StreamReader()
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(commands), sys.stdin)
    while command := (await commands.readline()).decode().split():
        _say(_obey(server, command))


def _obey(server: Server, command: list[str]) -> object:
    if command[0] == "line":
        server.link = Link(next(line for line in LINES if line.name == command[1]))
        return None
    return [astuple(transfer) for transfer in server.ledger.take()]


def _say(what: object) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m bench.search.server", description="Serve a folder.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--certificate", type=Path, metavar="FILE.pem")
    options = parser.parse_args()
    asyncio.run(serve(options.folder, options.certificate))


if __name__ == "__main__":
    main()
