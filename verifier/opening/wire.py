"""The form in which the sandbox child hands over what it opened: bounded frames of plain data.

A frame is four bytes of length, a MessagePack message, and after a page its raw pixels. The child may have
been taken over by the file it opened: the parent believes no number before it has checked it, and decodes
nothing but these types.
"""

from __future__ import annotations

import math
import os
import signal
import struct
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import msgspec
import numpy as np

from verifier.examination import Finding, OpenedPage
from verifier.opening.jpeg import TABLE
from verifier.opening.limits import MAX_DOCUMENT_PIXELS, MAX_PAGE_PIXELS, MAX_PAGES
from verifier.opening.parts import Ending
from verifier.opening.sniff import MEDIA_TYPES
from verifier.page import Box, LayerWord

LENGTH = struct.Struct("<I")
MAX_MESSAGE_BYTES = 32 * 1024 * 1024
"""60,000 words of one character with their boxes are about 4 MB."""
MAX_DOCUMENT_MESSAGE_BYTES = 64 * 1024 * 1024
"""All messages about one document together: a hundred dense pages come to 12 MB."""
MAX_DPI = 10_000.0
MAX_STEP = 65_535
"""Of a JPEG's table of 16 bits."""
CHANNELS = 3
MOST_OPINIONS = 2
"""Signatures, and the second parser."""


class PageMessage(msgspec.Struct, tag="page", frozen=True):
    """A page; `width` × `height` × 3 bytes of pixels follow it."""

    number: int
    width: int
    height: int
    dpi: float
    scale_known: bool
    born_digital: bool
    layer: tuple[LayerWord, ...]
    steps: tuple[int, ...] = ()


class EndingMessage(msgspec.Struct, tag="ending", frozen=True):
    """The file was opened completely."""

    media_type: str
    findings: tuple[Finding, ...]
    signed: bool


class OpinionMessage(msgspec.Struct, tag="opinion", frozen=True):
    """What was found after the ending: signatures, another parser's view of the text; each at most once, or not."""

    findings: tuple[Finding, ...]


class FailureMessage(msgspec.Struct, tag="failure", frozen=True):
    """The opener raised one of its own errors."""

    code: str
    detail: str


class Hello(msgspec.Struct, frozen=True):
    """What the zygote says when it is ready: what this system does not offer, which probes a child was denied."""

    notes: tuple[str, ...]
    denied: tuple[str, ...]


_ENDED = struct.Struct("<i?dQ")
ENDED_BYTES = _ENDED.size


@dataclass(frozen=True, slots=True)
class Ended:
    """How a child ended: its wait status, whether it was killed for taking too long, what it cost."""

    status: int = 0
    too_slow: bool = False
    cpu_seconds: float = 0.0
    peak_bytes: int = 0

    def packed(self) -> bytes:
        """Return it as `ENDED_BYTES` bytes."""
        return _ENDED.pack(self.status, self.too_slow, self.cpu_seconds, self.peak_bytes)

    @classmethod
    def unpacked(cls, packed: bytes) -> Ended:
        """Return what `packed` packed."""
        return cls(*_ENDED.unpack(packed))

    @property
    def reason(self) -> str:
        """What ended a child before it was done."""
        by = os.WTERMSIG(self.status) if os.WIFSIGNALED(self.status) else 0
        if by in (signal.SIGXCPU, signal.SIGKILL):
            return "processor time" if by == signal.SIGXCPU else "processor time or memory"
        return "a parser gave up or crashed" if by else "memory"


Message = PageMessage | EndingMessage | OpinionMessage | FailureMessage
_DECODER: msgspec.msgpack.Decoder[Message] = msgspec.msgpack.Decoder(Message)


class WireError(ValueError):
    """What came is no frame of this form."""


def framed(message: Message) -> bytes:
    """Return the message as a frame, without the pixels that follow a page."""
    body = msgspec.msgpack.encode(message)
    if len(body) > MAX_MESSAGE_BYTES:
        raise WireError("a message too long to hand over")
    return LENGTH.pack(len(body)) + body


def page_message(page: OpenedPage) -> PageMessage:
    """Return what is handed over of a page before its pixels."""
    height, width = page.pixels.shape[:2]
    return PageMessage(
        page.number, width, height, page.dpi, page.scale_known, page.born_digital, page.layer, page.steps
    )


def decode(body: bytes) -> Message:
    """Return the message in `body`; raises WireError where it is none or holds impossible numbers."""
    try:
        message = _DECODER.decode(body)
    except (msgspec.DecodeError, RecursionError) as error:
        raise WireError("not a message") from error
    if isinstance(message, PageMessage):
        _refuse_page(message)
    elif isinstance(message, EndingMessage) and message.media_type not in MEDIA_TYPES:
        raise WireError("a type of file that is not opened")
    elif isinstance(message, EndingMessage | OpinionMessage):
        _refuse_boxes(finding.box for finding in message.findings)
    return message


def _refuse_page(message: PageMessage) -> None:
    sane_size = message.width > 0 and message.height > 0 and message.width * message.height <= MAX_PAGE_PIXELS
    if not (sane_size and 0 < message.dpi <= MAX_DPI):
        raise WireError("a page of impossible size")
    if len(message.steps) not in (0, TABLE) or not all(0 < step <= MAX_STEP for step in message.steps):
        raise WireError("a table of impossible steps")
    _refuse_boxes(word.box for word in message.layer)


def _refuse_boxes(boxes: Iterable[Box | None]) -> None:
    if any(box is not None and not all(map(math.isfinite, box)) for box in boxes):
        raise WireError("a box without place")


class Received:
    """Frames as they arrive, put together; `read_into` fills a buffer or raises EOFError."""

    def __init__(self, read_into: Callable[[memoryview], None]) -> None:
        self._read_into = read_into
        self.pages: list[OpenedPage] = []
        self.ending: Ending | None = None
        self.failure: FailureMessage | None = None
        self.ended = Ended()
        self._opinions_left = MOST_OPINIONS
        self._bytes_left = MAX_DOCUMENT_MESSAGE_BYTES

    def take(self) -> bool:
        """Take one frame and return whether more may follow.

        Raises WireError where it is none, or out of turn, or too much.
        """
        message = decode(self._body())
        if isinstance(message, FailureMessage):
            self.failure = message
            return False
        if isinstance(message, PageMessage):
            self._take_page(message)
            return True
        self._take_ending(message)
        return True

    def _body(self) -> bytes:
        head = bytearray(LENGTH.size)
        self._read_into(memoryview(head))
        (length,) = LENGTH.unpack(head)
        self._bytes_left -= length
        if length > MAX_MESSAGE_BYTES or self._bytes_left < 0:
            raise WireError("a message too long to take")
        body = bytearray(length)
        self._read_into(memoryview(body))
        return bytes(body)

    def _take_page(self, message: PageMessage) -> None:
        in_turn = self.ending is None and message.number == len(self.pages) + 1 <= MAX_PAGES
        pixels_so_far = sum(page.pixels.shape[0] * page.pixels.shape[1] for page in self.pages)
        if not in_turn or pixels_so_far + message.width * message.height > MAX_DOCUMENT_PIXELS:
            raise WireError("a page out of turn")
        pixels = np.empty((message.height, message.width, CHANNELS), dtype=np.uint8)
        self._read_into(memoryview(pixels.data).cast("B"))
        self.pages.append(
            OpenedPage(
                message.number,
                pixels,
                message.dpi,
                message.scale_known,
                message.born_digital,
                message.layer,
                message.steps,
            )
        )

    def _take_ending(self, message: EndingMessage | OpinionMessage) -> None:
        if any(finding.page is not None and not 0 < finding.page <= len(self.pages) for finding in message.findings):
            raise WireError("a finding on a page that is not there")
        if isinstance(message, EndingMessage) and self.ending is None:
            self.ending = Ending(message.media_type, message.findings, message.signed)
        elif isinstance(message, OpinionMessage) and self.ending is not None and self._opinions_left > 0:
            ending = self.ending
            self._opinions_left -= 1
            self.ending = Ending(ending.media_type, (*ending.findings, *message.findings), ending.signed)
        else:
            raise WireError("an ending out of turn")
