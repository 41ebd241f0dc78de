"""Every hostile file costs a child and nothing else: the same sandbox opens an ordinary letter afterwards."""

import io
import multiprocessing
import os
import resource
import signal
import struct
import threading
import time
import zlib

import numpy as np
import pytest
from PIL import Image

from tests.unit.opening.builders import OTHER_VIN, VIN, encoded, letter, page_picture, pdf
from verifier import errors
from verifier.opening import open_document
from verifier.opening.confine import Allowance
from verifier.opening.refusals import OpeningSlowError
from verifier.sandbox import Sandbox

pytestmark = pytest.mark.integration
LETTER = pdf(letter)


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox(Allowance(cpu_seconds=2)) as running:
        yield running


@pytest.fixture
def survivor(sandbox):
    """Yield the sandbox and see that it still works afterwards."""
    yield sandbox
    assert sandbox.open(LETTER).pages[0].born_digital


def raw_pdf(*objects: bytes) -> bytes:
    """Return a PDF of these objects, the first of which is the catalogue."""
    written = io.BytesIO()
    written.write(b"%PDF-1.7\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(written.tell())
        written.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    table = written.tell()
    written.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for offset in offsets:
        written.write(b"%010d 00000 n \n" % offset)
    written.write(b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table))
    return written.getvalue()


def stream(content: bytes, entries: bytes = b"") -> bytes:
    packed = zlib.compress(content, 9)
    return b"<</Length %d/Filter/FlateDecode%s>>\nstream\n%s\nendstream" % (len(packed), entries, packed)


PAGES = (b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>")


def page_with(content: bytes, *others: bytes, resources: bytes = b"") -> bytes:
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<%s>>>>" % resources
    return raw_pdf(*PAGES, page, stream(content), *others)


def doubling_forms(levels: int) -> bytes:
    """Return a PDF whose forms draw each other twice: 2 to the power of `levels` strokes."""
    forms = []
    for level in range(levels):
        inner = b"/F Do /F Do" if level + 1 < levels else b"0 0 m 500 500 l S"
        resources = b"/Resources<</XObject<</F %d 0 R>>>>" % (6 + level)
        entries = b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]" + resources
        forms.append(stream(inner, entries))
    return page_with(b"/F Do", *forms, resources=b"/XObject<</F 5 0 R>>")


def nested_forms(levels: int) -> bytes:
    """Return a PDF of forms within forms, each drawing the next."""
    forms = []
    for level in range(levels):
        resources = b"/Resources<</XObject<</F %d 0 R>>>>" % min(6 + level, 4 + levels)
        entries = b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]" + resources
        forms.append(stream(b"/F Do", entries))
    return page_with(b"/F Do", *forms, resources=b"/XObject<</F 5 0 R>>")


def flate_bomb() -> bytes:
    return page_with(b"0 0 m 1 1 l S\n" * 30_000_000)


def huge_picture_in_pdf() -> bytes:
    entries = b"/Type/XObject/Subtype/Image/Width 60000/Height 60000/ColorSpace/DeviceGray/BitsPerComponent 8"
    return page_with(
        b"595 0 0 842 0 0 cm /I Do",
        stream(bytes(60000 * 100), entries),
        resources=b"/XObject<</I 5 0 R>>",
    )


def deep_arrays() -> bytes:
    return page_with(b"[" * 200_000 + b"]" * 200_000 + b" TJ")


def looping_page_tree() -> bytes:
    return raw_pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>")


def one_bit_png(side: int, rows: int) -> bytes:
    """Return a PNG that claims side × side pixels, with so many of its rows."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    packed = zlib.compress(bytes((side // 8 + 1) * rows), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


HOSTILE = {
    "doubling forms": doubling_forms(40),
    "nested forms": nested_forms(400),
    "huge picture in a PDF": huge_picture_in_pdf(),
    "looping page tree": looping_page_tree(),
    "png of 196 megapixels": one_bit_png(14_000, 14_000),
    "png of 10 gigapixels": one_bit_png(100_000, 10),
    "truncated": LETTER[: len(LETTER) // 2],
    "encrypted": pdf(letter, password="secret"),
    "text": b"%PDF-like text, but none",
    "empty": b"",
    "noise behind a header": b"%PDF-1.7\n" + bytes(range(256)) * 40 + b"\n%%EOF",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_and_the_sandbox_lives(survivor, name):
    started = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    with pytest.raises((errors.UnreadableDocumentError, errors.SandboxError)):
        survivor.open(HOSTILE[name])
    assert resource.getrusage(resource.RUSAGE_SELF).ru_utime - started < 2


def test_odd_but_harmless_files_are_opened(survivor):
    assert survivor.open(deep_arrays()).pages[0].pixels.min() == 255


def test_a_bomb_ends_with_its_allowance_of_cpu_time():
    with Sandbox(Allowance(cpu_seconds=1, cpu_seconds_most=1)) as small:
        with pytest.raises((errors.SandboxError, errors.LimitExceededError)):
            small.open(flate_bomb())
        with pytest.raises((errors.SandboxError, errors.LimitExceededError)):
            small.open(doubling_forms(60))
        assert small.open(LETTER).pages


def test_memory_is_bounded():
    with Sandbox(Allowance(memory_bytes=400_000_000)) as small:
        with pytest.raises(errors.SandboxError):
            small.open(encoded(Image.new("RGB", (6300, 6300)), "PNG"))
        assert small.open(LETTER).pages


def test_a_document_that_only_waits_is_tried_twice_and_given_up():
    with Sandbox(Allowance(cpu_seconds=20, cpu_seconds_most=20, wall_seconds=0.05)) as hasty:
        started = time.monotonic()
        with pytest.raises(OpeningSlowError) as busy:
            hasty.open(doubling_forms(60))
        assert busy.value.retryable
        assert time.monotonic() - started < 5
        assert hasty.status().running


def test_it_opens_what_the_opener_opens(sandbox):
    frames = [page_picture(), page_picture(colour="grey")]
    tiff = encoded(frames[0], "TIFF", save_all=True, append_images=frames[1:], dpi=(100, 100))
    for document in (LETTER, tiff, encoded(page_picture(), "JPEG")):
        near, far = open_document(document), sandbox.open(document)
        assert (near.sha256, near.media_type, near.findings) == (far.sha256, far.media_type, far.findings)
        for one, other in zip(near.pages, far.pages, strict=True):
            assert np.array_equal(one.pixels, other.pixels)
            assert one.layer == other.layer
            assert (one.dpi, one.scale_known) == (other.dpi, other.scale_known)


def test_a_zygote_that_died_is_started_again(sandbox):
    assert sandbox.open(LETTER).pages
    os.kill(sandbox.zygote_pid, signal.SIGKILL)
    assert sandbox.open(LETTER).pages


def test_threads_take_turns(sandbox):
    documents = [LETTER, encoded(page_picture(), "PNG")] * 3
    seen = [None] * len(documents)

    def work(index):
        seen[index] = sandbox.open(documents[index]).media_type

    threads = [threading.Thread(target=work, args=(index,)) for index in range(len(documents))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == ["application/pdf", "image/png"] * 3


def _open_in_fork(sandbox, answers):
    answers.put((sandbox.open(LETTER).pages[0].number, sandbox.zygote_pid))
    sandbox.close()


def test_a_forked_worker_has_a_zygote_of_its_own(sandbox):
    sandbox.open(LETTER)
    ours = sandbox.zygote_pid
    context = multiprocessing.get_context("fork")
    answers = context.SimpleQueue()
    worker = context.Process(target=_open_in_fork, args=(sandbox, answers))
    worker.start()
    worker.join(60)
    number, theirs = answers.get()
    assert number == 1
    assert theirs != ours
    assert sandbox.open(LETTER).pages
    assert sandbox.zygote_pid == ours


def test_the_status_says_what_this_system_offers(sandbox):
    status = sandbox.status()
    assert status.running
    assert status.isolated == (not status.allowed)
    assert len(status.denied) + len(status.allowed) == 6


def test_an_ordinary_letter_costs_little_more_behind_the_wall():
    with Sandbox(Allowance(second_opinion=False)) as running:
        running.open(LETTER)
        behind = min(_seconds(running.open) for _ in range(7))
    before = min(_seconds(open_document) for _ in range(7))
    assert behind - before < 0.2  # 0.02 on a quiet machine


def _seconds(opener):
    started = time.perf_counter()
    opener(LETTER)
    return time.perf_counter() - started


def test_two_parsers_that_read_different_numbers_are_told(sandbox):
    def draw(sheet):
        letter(sheet)
        sheet.drawString(72, 500, OTHER_VIN)

    assert sandbox.open(pdf(draw)).findings == ()
    lie = b"/Span <</ActualText (%s)>> BDC (%s) Tj EMC" % (VIN.encode(), OTHER_VIN.encode())
    faces = b"/Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"
    document = page_with(b"BT /F1 12 Tf 72 700 Td " + lie + b" ET", resources=faces)
    conflict, *others = sorted(sandbox.open(document).findings, key=lambda one: one.code != "parser_conflict")
    assert [other.code for other in others] == ["actual_text"]
    assert (conflict.code, conflict.text, conflict.shown) == ("parser_conflict", OTHER_VIN, VIN)
