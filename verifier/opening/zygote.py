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

from verifier.errors import SandboxError, VerifierError
from verifier.examination import OpenedPage
from verifier.opening.confine import (
    PACKED_BYTES,
    Allowance,
    Walls,
    die_with_parent,
    grant_cpu,
    hold,
    isolate,
    unpack,
    used_cpu_seconds,
)
from verifier.opening.document import open_parts
from verifier.opening.opinion import second_opinion
from verifier.opening.parts import Ending
from verifier.opening.preload import load_everything
from verifier.opening.probes import denied_probes
from verifier.opening.signatures import Anchors, read_anchors, signature_findings
from verifier.opening.wire import (
    Ended,
    EndingMessage,
    FailureMessage,
    Hello,
    OpinionMessage,
    WireError,
    framed,
    page_message,
)
from verifier.page import LayerWord

HELLO_LENGTH = struct.Struct("<I")
RSS_UNIT = 1 if sys.platform == "darwin" else 1024
"""`ru_maxrss` counts bytes on macOS, kilobytes elsewhere."""
OPINION_CPU_SECONDS = 2.0
"""For the second parser, over all its pages: forty times what an ordinary page takes."""
SIGNATURE_CPU_SECONDS = 3.0
"""For all signatures: one takes a tenth of a second, comparing revisions a few."""


def main() -> None:
    """Serve the control socket whose descriptor is the first argument, until it closes.

    A second argument names the folder of certificates that signatures are trusted by.
    """
    control = socket.socket(fileno=int(sys.argv[1]))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    anchors = read_anchors(Path(sys.argv[2])) if len(sys.argv) > 2 else ()
    load_everything()
    walls = isolate()
    denied = denied_probes(lambda: hold(Allowance(), walls))
    gc.collect()
    gc.freeze()
    hello = msgspec.msgpack.encode(Hello(walls.notes, denied))
    control.sendall(HELLO_LENGTH.pack(len(hello)) + hello)
    while True:
        request, descriptors, _, _ = socket.recv_fds(control, PACKED_BYTES, 2)
        if len(request) < PACKED_BYTES or len(descriptors) != 2:
            return
        order = _Order(unpack(request), walls, anchors, descriptors[0], descriptors[1])
        control.sendall(_serve(order, control).packed())


@dataclass(frozen=True, slots=True)
class _Order:
    """One document to open: what it may cost, behind what, trusted by whom, where it comes from and goes."""

    allowance: Allowance
    walls: Walls
    anchors: Anchors
    document: int
    results: int


def _serve(order: _Order, control: socket.socket) -> Ended:
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
    _, status, used = os.wait4(child, 0)
    return Ended(status, not ended_in_time, used.ru_utime + used.ru_stime, used.ru_maxrss * RSS_UNIT)


def _child(order: _Order) -> None:
    """Open the document and hand it over; never returns."""
    code = 1
    try:
        die_with_parent()
        with open(order.document, "rb") as source, open(order.results, "wb", buffering=0) as sink:
            content = source.read()
            hold(order.allowance, order.walls)
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
