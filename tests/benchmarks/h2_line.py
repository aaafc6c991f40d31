"""One HTTP/2 connection over a plain socket, one request at a time: as little as a benchmark's caller can cost."""

import asyncio

import h2.config
import h2.connection
import h2.events

_CONFIG = h2.config.H2Configuration(client_side=True, header_encoding="utf-8", validate_outbound_headers=False)


class Line:
    """A kept connection; also counts the bytes that it moved."""

    def __init__(self, host: str, port: int) -> None:
        self._host, self._port = host, port
        self._headers = [(":method", "POST"), (":scheme", "http"), (":authority", f"{host}:{port}"), (":path", "/")]
        self.up = self.down = 0

    async def open(self) -> None:
        """Connect."""
        self._reader, self._writer = await asyncio.open_connection(self._host, self._port)
        self._connection = h2.connection.H2Connection(_CONFIG)
        self._connection.initiate_connection()
        self._flush()

    def _flush(self) -> None:
        data = self._connection.data_to_send()
        self.up += len(data)
        self._writer.write(data)

    async def post(self, body: bytes) -> bytes:
        """Send a body and give the answer's."""
        stream = self._connection.get_next_available_stream_id()
        self._connection.send_headers(stream, self._headers)
        self._connection.send_data(stream, body, end_stream=True)
        self._flush()
        answer = b""
        while True:
            data = await self._reader.read(65_536)
            self.down += len(data)
            for event in self._connection.receive_data(data):
                if isinstance(event, h2.events.DataReceived):
                    answer += event.data
                    self._connection.acknowledge_received_data(event.flow_controlled_length, stream)
                elif isinstance(event, h2.events.StreamEnded):
                    self._flush()
                    return answer

    def close(self) -> None:
        """Hang up."""
        self._writer.close()
