"""The small warm process that opens untrusted documents, each in a child of its own.

Started by `verifier.sandbox` as a fresh program, so that it holds parsers and nothing else: no models, no
threads, no connections. It forks one child per document, waits for it, kills it when it takes too long, and
says how it ended. When the process that started it goes, its control socket closes and it goes too.
"""

from __future__ import annotations

import gc
import io
import os
import select
import signal
import socket
import struct
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import msgspec
import pikepdf
from PIL import Image

from verifier.errors import SandboxError, VerifierError
from verifier.examination import OpenedPage
from verifier.opening.confine import (
    PACKED_BYTES,
    Allowance,
    die_with_parent,
    grant_cpu,
    isolate,
    limit,
    unpack,
    used_cpu_seconds,
)
from verifier.opening.document import open_parts, open_whole
from verifier.opening.opinion import second_opinion
from verifier.opening.parts import Ending
from verifier.opening.signatures import Anchors, read_anchors, signature_findings
from verifier.opening.wire import (
    EndingMessage,
    FailureMessage,
    OpinionMessage,
    WireError,
    framed,
    page_message,
)
from verifier.page import LayerWord

ENDED = struct.Struct("<i?")
"""How a child ended: its wait status, and whether it was killed for taking too long."""
HELLO_LENGTH = struct.Struct("<I")
OPINION_CPU_SECONDS = 2.0
"""For the second parser, over all its pages: forty times what an ordinary page takes."""
SIGNATURE_CPU_SECONDS = 3.0
"""For all signatures: one takes a tenth of a second, comparing revisions a few."""
_WARM_FACES = b"<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"


def main() -> None:
    """Serve the control socket whose descriptor is the first argument, until it closes.

    A second argument names the folder of certificates that signatures are trusted by.
    """
    control = socket.socket(fileno=int(sys.argv[1]))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    anchors = read_anchors(Path(sys.argv[2])) if len(sys.argv) > 2 else ()
    _warm_up()
    notes = isolate()
    gc.collect()
    gc.freeze()
    hello = msgspec.msgpack.encode(notes)
    control.sendall(HELLO_LENGTH.pack(len(hello)) + hello)
    while True:
        request, descriptors, _, _ = socket.recv_fds(control, PACKED_BYTES, 2)
        if len(request) < PACKED_BYTES or len(descriptors) != 2:
            return
        order = _Order(unpack(request), anchors, descriptors[0], descriptors[1])
        control.sendall(ENDED.pack(*_serve(order, control)))


@dataclass(frozen=True, slots=True)
class _Order:
    """One document to open: what it may cost, whom its signatures are trusted by, where it comes from and goes."""

    allowance: Allowance
    anchors: Anchors
    document: int
    results: int


def _warm_up() -> None:
    """Open a page of our own in each format, so that no child pays for loading faces, codecs and tables."""
    for name in ("PNG", "JPEG", "TIFF", "WEBP"):
        picture = io.BytesIO()
        Image.new("RGB", (64, 64), "white").save(picture, name)
        open_whole(picture.getvalue())
    with pikepdf.new() as file:
        page = file.add_blank_page()
        page.obj["/Resources"] = pikepdf.Object.parse(_WARM_FACES)
        page.contents_add(b"BT /F1 12 Tf 72 700 Td (warm) Tj ET")
        written = io.BytesIO()
        file.save(written)
    open_whole(written.getvalue())


def _serve(order: _Order, control: socket.socket) -> tuple[int, bool]:
    """Open one document in a child; return how the child ended."""
    alive, life = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(alive)
        control.close()
        _child(order)
    for descriptor in (order.document, order.results, life):
        os.close(descriptor)
    try:
        ended_in_time = bool(select.select([alive], [], [], order.allowance.wall_seconds)[0])
    finally:
        os.close(alive)
    if not ended_in_time:
        os.kill(child, signal.SIGKILL)
    return os.waitpid(child, 0)[1], not ended_in_time


def _child(order: _Order) -> None:
    """Open the document and hand it over; never returns."""
    code = 1
    try:
        die_with_parent()
        with open(order.document, "rb") as source, open(order.results, "wb", buffering=0) as sink:
            content = source.read()
            limit(order.allowance)
            _hand_over(content, _whole(sink), order)
        code = 0
    except (BrokenPipeError, WireError):
        code = 2
    finally:
        os._exit(code)


Send = Callable[[bytes | memoryview], None]


def _whole(sink: io.FileIO) -> Send:
    """Return a function that writes all of what it is given."""

    def send(data: bytes | memoryview) -> None:
        left = memoryview(data)
        while left:
            left = left[sink.write(left) :]

    return send


def _hand_over(content: bytes, send: Send, order: _Order) -> None:
    allowance = order.allowance
    layers: dict[int, tuple[LayerWord, ...]] = {}
    signed = False
    try:
        for part in open_parts(content):
            if isinstance(part, Ending):
                send(framed(EndingMessage(part.media_type, part.findings, part.signed)))
                signed = part.signed
            else:
                _send_page(part, send)
                layers[part.number] = part.layer
                grant_cpu(allowance, allowance.cpu_seconds + part.number * allowance.cpu_seconds_per_page)
    except VerifierError as error:
        send(framed(FailureMessage(error.code, error.detail)))
    except BrokenPipeError:
        raise
    except Exception as error:  # noqa: BLE001  # the child's edge: whatever a parser raises is told, not lost
        send(framed(FailureMessage(SandboxError.code, type(error).__name__)))
    else:
        if signed:
            grant_cpu(allowance, used_cpu_seconds() + SIGNATURE_CPU_SECONDS)
            send(framed(OpinionMessage(signature_findings(content, order.anchors))))
        if allowance.second_opinion and any(layers.values()):
            grant_cpu(allowance, used_cpu_seconds() + OPINION_CPU_SECONDS)
            send(framed(OpinionMessage(second_opinion(content, layers))))


def _send_page(page: OpenedPage, send: Send) -> None:
    send(framed(page_message(page)))
    send(memoryview(page.pixels.data).cast("B"))


if __name__ == "__main__":
    main()
