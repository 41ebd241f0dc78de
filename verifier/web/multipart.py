"""Uploads as they arrive: counted byte by byte, written to disk as they come, bounded in memory whatever is sent."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from fastapi.concurrency import run_in_threadpool
from python_multipart import MultipartParser
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import parse_options_header

from verifier.cases.submissions import Arrived, shown_name
from verifier.errors import RequestError, TooLargeError, TooSlowError, VerifierError
from verifier.opening.limits import MAX_BYTES
from verifier.opening.sniff import sniff
from verifier.store.blobs import Blobs, Incoming

MOST_FILES = 50
"""In one request; larger sets are several requests or `verifier batch`."""
MOST_FIELDS = 20
LARGEST_FIELD = 1024
"""Bytes of one form field."""
LARGEST_REQUEST = 400 * 1024 * 1024
"""All files of one request together."""
WRITE_BYTES = 256 * 1024
"""Gathered before they are written: a hop to a thread for each 64 kB would cost more than the write."""
IDLE_SECONDS = 30.0
"""Without a byte for this long an upload is over."""
LONGEST_SECONDS = 900.0
"""For a whole request: 400 MB at half a megabyte a second. A byte now and then does not hold a connection for ever."""
UNKNOWN_MEDIA = "application/octet-stream"
FILE_FIELDS = frozenset(["file", "files"])

_Part = tuple[str, bytes]
"""("begin" | "header" | "data" | "end", bytes)"""


@dataclass(slots=True)
class Form:
    """What arrived: sealed files, and the other fields by name."""

    files: list[Arrived] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)

    def forget(self) -> None:
        """Remove the arriving names of the files; adopted ones keep their own."""
        for arrived in self.files:
            arrived.file.forget()


@contextlib.asynccontextmanager
async def received_form(content_type: str, body: AsyncIterator[bytes], blobs: Blobs) -> AsyncIterator[Form]:
    """Yield the form that `body` carries; whatever was not adopted by the end is removed.

    Raises RequestError, TooLargeError, TooSlowError, StoreError.
    """
    receiver = _Receiver(blobs, content_type)
    try:
        async for chunk in _in_time(body):
            await receiver.take(chunk)
        yield await receiver.finished()
    finally:
        await run_in_threadpool(receiver.forget)


async def _in_time(body: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    chunks = aiter(body)
    until = time.monotonic() + LONGEST_SECONDS
    while True:
        try:
            chunk = await asyncio.wait_for(anext(chunks), min(IDLE_SECONDS, until - time.monotonic()))
        except StopAsyncIteration:
            return
        except TimeoutError as error:
            raise TooSlowError from error
        yield chunk


class _Receiver:
    """Takes the body's bytes and makes files and fields of them."""

    def __init__(self, blobs: Blobs, content_type: str) -> None:
        self._blobs = blobs
        self._form = Form()
        self._seen = 0
        self._parts: list[_Part] = []
        self._ended = False
        self._header = b""
        self._headers: dict[str, str] = {}
        self._file: tuple[Incoming, str] | None = None
        self._pending = bytearray()
        self._counted = 0
        self._parser = self._made_parser(content_type)

    def _made_parser(self, content_type: str) -> MultipartParser:
        kind, options = parse_options_header(content_type)
        boundary = options.get(b"boundary")
        if kind != b"multipart/form-data" or not boundary:
            raise RequestError("a multipart/form-data body with a boundary is needed")
        note = self._parts.append
        try:
            return MultipartParser(
                boundary,
                {
                    "on_part_begin": lambda: note(("begin", b"")),
                    "on_header_field": lambda data, start, end: note(("header_name", data[start:end])),
                    "on_header_value": lambda data, start, end: note(("header_value", data[start:end])),
                    "on_header_end": lambda: note(("header_end", b"")),
                    "on_headers_finished": lambda: note(("headers", b"")),
                    "on_part_data": lambda data, start, end: note(("data", data[start:end])),
                    "on_part_end": lambda: note(("end", b"")),
                    "on_end": lambda: note(("whole", b"")),
                },
            )
        except FormParserError as error:
            raise RequestError("the multipart boundary cannot be used") from error

    async def take(self, chunk: bytes) -> None:
        """Take the next bytes of the body."""
        self._seen += len(chunk)
        if self._seen > LARGEST_REQUEST:
            raise TooLargeError(f"at most {LARGEST_REQUEST // 2**20} MB a request")
        try:
            self._parser.write(chunk)
        except FormParserError as error:
            raise RequestError("the multipart body is malformed") from error
        parts, self._parts[:] = list(self._parts), []
        for what, data in parts:
            await self._handle(what, data)

    async def _handle(self, what: str, data: bytes) -> None:
        if what == "data":
            await self._data(data)
        elif what == "end":
            await self._end()
        elif what == "headers":
            await self._begin()
        elif what == "whole":
            self._ended = True
        else:
            self._note_header(what, data)

    def _note_header(self, what: str, data: bytes) -> None:
        if what == "begin":
            self._headers, self._header = {}, b""
        elif what == "header_name":
            self._header += data
        elif what == "header_value":
            name = self._header.decode("latin-1").lower()
            self._headers[name] = self._headers.get(name, "") + data.decode("utf-8", "replace")
        else:
            self._header = b""

    async def _begin(self) -> None:
        _, options = parse_options_header(self._headers.get("content-disposition", "").encode())
        self._name = options.get(b"name", b"").decode("utf-8", "replace")
        filename = options.get(b"filename")
        self._pending.clear()
        self._counted = 0
        if filename is None and self._name not in FILE_FIELDS:
            if len(self._form.fields) >= MOST_FIELDS:
                raise TooLargeError(f"at most {MOST_FIELDS} fields a request")
            return
        if len(self._form.files) >= MOST_FILES:
            raise TooLargeError(f"at most {MOST_FILES} files a request")
        name = shown_name((filename or b"").decode("utf-8", "replace"))
        self._file = await run_in_threadpool(self._blobs.incoming), name

    async def _data(self, data: bytes) -> None:
        self._counted += len(data)
        limit = MAX_BYTES if self._file else LARGEST_FIELD
        if self._counted > limit:
            raise TooLargeError(f"at most {limit} bytes in one part")
        self._pending += data
        if self._file and len(self._pending) >= WRITE_BYTES:
            await self._flush(self._file[0])

    async def _flush(self, file: Incoming) -> None:
        data = bytes(self._pending)
        self._pending.clear()
        await run_in_threadpool(file.write, data)

    async def _end(self) -> None:
        if self._file is None:
            try:
                self._form.fields[self._name] = self._pending.decode()
            except UnicodeDecodeError as error:
                raise RequestError("form fields must be UTF-8") from error
            return
        file, name = self._file
        await self._flush(file)
        await run_in_threadpool(file.seal)
        self._form.files.append(Arrived(file, name, media_type_of(file.beginning)))
        self._file = None

    async def finished(self) -> Form:
        """Return the form; raises RequestError where the body ended before its last boundary."""
        if not self._ended:
            raise RequestError("the multipart body ended too early")
        return self._form

    def forget(self) -> None:
        """Remove what was not adopted."""
        if self._file:
            self._file[0].forget()
        self._form.forget()


def media_type_of(beginning: bytes) -> str:
    """Return what a file is by its first bytes, whatever its name says; unknown content is its own kind."""
    try:
        return sniff(beginning)
    except VerifierError:
        return UNKNOWN_MEDIA
