"""A PostgreSQL client for the live tests: protocol 3.0, simple queries, unix socket, no password.

It needs nothing beyond Python's standard library and keeps what drivers hide: every notice and
debug message, in order, and connections whose statements may stay blocked.
"""

import os
import re
import select
import socket
import struct
import time


class ServerError(Exception):
    """An error report of the server. `code` is the SQLSTATE."""

    def __init__(self, fields):
        super().__init__(f"{fields.get('C')}: {fields.get('M')}")
        self.code = fields.get("C")
        self.message = fields.get("M")


class Connection:
    """One session. `notices` collects (severity, message) until the caller empties it."""

    def __init__(self, directory, port, database, user="postgres", application="lockstep"):
        self.notices = []
        self.status = "I"
        self._rows = []
        self._error = None
        self._buffer = b""
        self._busy = False
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.connect(os.path.join(directory, f".s.PGSQL.{port}"))
        parameters = {"user": user, "database": database, "application_name": application, "client_encoding": "UTF8"}
        body = b"".join(k.encode() + b"\0" + v.encode() + b"\0" for k, v in parameters.items()) + b"\0"
        self._socket.sendall(struct.pack("!ii", len(body) + 8, 196608) + body)
        self._busy = True
        self.wait()

    def query(self, sql):
        """Runs one or more statements; returns the rows of all of them, values as str or None."""
        self.send(sql)
        return self.wait()

    def value(self, sql):
        return self.query(sql)[0][0]

    def send(self, sql):
        """Starts statements without waiting for them."""
        assert not self._busy
        body = sql.encode() + b"\0"
        self._rows, self._error, self._busy = [], None, True
        self._socket.sendall(b"Q" + struct.pack("!i", len(body) + 4) + body)

    def exchange(self, messages):
        """Sends ready messages; returns the rows that came up to the next ReadyForQuery."""
        assert not self._busy
        self._rows, self._error, self._busy = [], None, True
        self._socket.sendall(messages)
        return self.wait()

    def wait(self, timeout=None):
        """The rows of what was sent; None if it has not ended within `timeout` seconds."""
        end = None if timeout is None else time.monotonic() + timeout
        while self._busy:
            left = None if end is None else end - time.monotonic()
            if left is not None and left <= 0:
                return None
            if not select.select([self._socket], [], [], left)[0]:
                return None
            data = self._socket.recv(1 << 16)
            if not data:
                raise ConnectionError("the server closed the connection")
            self._buffer += data
            self._messages()
        if self._error:
            raise self._error
        return self._rows

    def close(self):
        try:
            self._socket.sendall(b"X" + struct.pack("!i", 4))
        except OSError:
            pass  # The server has already gone: the socket is closed either way.
        self._socket.close()

    def _messages(self):
        while len(self._buffer) >= 5:
            length = struct.unpack_from("!i", self._buffer, 1)[0] + 1
            if len(self._buffer) < length:
                return
            kind, body = self._buffer[:1], self._buffer[5:length]
            self._buffer = self._buffer[length:]
            self._message(kind, body)

    def _message(self, kind, body):
        if kind == b"D":
            self._rows.append(_row(body))
        elif kind == b"N":
            fields = _fields(body)
            self.notices.append((fields.get("V") or fields.get("S"), fields.get("M")))
        elif kind == b"E":
            self._error = self._error or ServerError(_fields(body))
        elif kind == b"Z":
            self.status, self._busy = body.decode(), False
        elif kind == b"R" and struct.unpack("!i", body[:4])[0] != 0:
            raise ConnectionError("the server asks for a password")


def pipeline(connection, statements):
    """Sends statements in the extended protocol with one Sync behind them, as pipelines do."""
    messages = b""
    for statement in statements:
        for kind, body in ((b"P", b"\0" + statement.encode() + b"\0\0\0"), (b"B", b"\0\0\0\0\0\0\0\0"),
                           (b"E", b"\0\0\0\0\0")):
            messages += kind + struct.pack("!i", len(body) + 4) + body
    return connection.exchange(messages + b"S" + struct.pack("!i", 4))


def _row(body):
    values, at = [], 2
    for _ in range(struct.unpack_from("!h", body)[0]):
        length = struct.unpack_from("!i", body, at)[0]
        at += 4
        values.append(None if length < 0 else body[at : at + length].decode())
        at += max(length, 0)
    return values


def _fields(body):
    return {part[:1].decode(): part[1:].decode() for part in body.split(b"\0") if part}


def split_statements(sql):
    """The statements of a script; knows quotes, comments, dollar quotes, brackets and BEGIN ATOMIC."""
    token = re.compile(
        r"""'(?:[^']|'')*' | "(?:[^"]|"")*" | --[^\n]* | /\*.*?\*/ | (\$\w*\$).*?\1 | (;) | ([()]) | .""",
        re.S | re.X,
    )
    found, start, depth = [], 0, 0
    for match in token.finditer(sql):
        if match.group(3):
            depth += 1 if match.group(3) == "(" else -1
        if not match.group(2) or depth > 0:
            continue
        text = sql[start : match.start()]
        if re.search(r"\bbegin\s+atomic\b", text, re.I) and not re.search(r"\bend\s*$", text, re.I):
            continue
        found.append(text.strip())
        start = match.end()
    found.append(sql[start:].strip())
    return [text for text in found if text]
