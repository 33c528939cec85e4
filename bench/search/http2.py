"""A connection of HTTP/2, by the package h2: many answers at once over one connection."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.events import ConnectionTerminated, DataReceived, RequestReceived, StreamReset
from h2.exceptions import ProtocolError

from bench.search.link import packets

if TYPE_CHECKING:
    from bench.search.server import Server


class Connection:
    """One connection that has been made."""

    def __init__(self, server: Server, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._server, self._reader, self._writer = server, reader, writer
        self._h2 = H2Connection(H2Configuration(client_side=False, header_encoding="utf-8"))
        self._moved = asyncio.Event()
        self._tasks: dict[int, asyncio.Task[None]] = {}

    async def run(self) -> None:
        """Answer until the browser leaves."""
        self._h2.initiate_connection()
        self._flush()
        try:
            while content := await self._reader.read(65536):
                if not self._receive(content):
                    return
                self._moved.set()
                self._flush()
        finally:
            for task in [*self._tasks.values()]:
                task.cancel()

    def _receive(self, content: bytes) -> bool:
        """Do what was asked for; whether the connection goes on."""
        try:
            events = self._h2.receive_data(content)
        except ProtocolError:
            return False
        for event in events:
            match event:
                case RequestReceived(stream_id=int(stream), headers=headers):
                    target = dict(headers or ())[":path"]
                    self._tasks[stream] = asyncio.create_task(self._answer(stream, str(target)))
                case StreamReset(stream_id=int(stream)) if stream in self._tasks:
                    self._tasks[stream].cancel()
                case DataReceived(stream_id=int(stream), flow_controlled_length=int(length)):
                    self._h2.acknowledge_received_data(length, stream)
                case ConnectionTerminated():
                    return False
        return True

    async def _answer(self, stream: int, target: str) -> None:
        server = self._server
        transfer = server.ledger.open(target)
        try:
            response, link = server.files.answer(target), server.link
            await server.until(link.answer(server.now()))
            self._h2.send_headers(stream, [(":status", str(response.status)), *response.headers])
            # Heads go in the order in which they are packed: what follows waits for them, they for nothing.
            head = self._flush()
            link.send(head, server.now())
            transfer.bytes += head
            for piece in packets(response.body, link.line):
                await server.until(link.send(len(piece), server.now()))
                transfer.bytes += await self._write(stream, piece)
            self._h2.end_stream(stream)
            transfer.bytes += self._flush()
            await self._writer.drain()
        except (ConnectionError, ProtocolError):
            return
        finally:
            transfer.done = True
            self._tasks.pop(stream, None)

    async def _write(self, stream: int, piece: bytes) -> int:
        """Send a piece in as many frames as it takes, each when the browser has room for it; gives their bytes."""
        sent, most = 0, self._h2.max_outbound_frame_size
        for start in range(0, len(piece), most):
            frame = piece[start : start + most]
            while self._h2.local_flow_control_window(stream) < len(frame):
                self._moved.clear()
                await self._moved.wait()
            self._h2.send_data(stream, frame)
            sent += self._flush()
        return sent

    def _flush(self) -> int:
        content = self._h2.data_to_send()
        self._writer.write(content)
        return len(content)
