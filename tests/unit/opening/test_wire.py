import io
import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.examination import Finding, OpenedPage
from verifier.opening.limits import MAX_PAGE_PIXELS
from verifier.opening.wire import (
    LENGTH,
    MAX_DOCUMENT_MESSAGE_BYTES,
    MAX_MESSAGE_BYTES,
    EndingMessage,
    FailureMessage,
    OpinionMessage,
    PageMessage,
    Received,
    WireError,
    decode,
    framed,
    page_message,
)
from verifier.page import Box, LayerWord

WORD = LayerWord("LSG", Box(0.1, 0.2, 0.3, 0.4), "white")
PAGE = OpenedPage(
    1, np.arange(60 * 50 * 3, dtype=np.uint8).reshape(60, 50, 3), 200.0, True, True, (WORD,), tuple(range(1, 65))
)
ENDING = EndingMessage("application/pdf", (Finding("annotation", 1, Box(0, 0, 1, 1)),), True)


def received(*data):
    source = io.BytesIO(b"".join(data))

    def read_into(buffer):
        if source.readinto(buffer) < len(buffer):
            raise EOFError

    return Received(read_into)


def whole_page(page=PAGE):
    return framed(page_message(page)) + page.pixels.tobytes()


def test_what_is_handed_over_arrives_whole():
    taken = received(whole_page(), framed(ENDING), framed(OpinionMessage((Finding("parser_conflict", 1),))))
    assert [taken.take(), taken.take(), taken.take()] == [True, True, True]
    (page,) = taken.pages
    assert (page.pixels == PAGE.pixels).all()
    assert page.layer == PAGE.layer
    assert page.steps == PAGE.steps
    assert [finding.code for finding in taken.ending.findings] == ["annotation", "parser_conflict"]
    assert taken.ending.signed


def test_a_failure_ends_it():
    taken = received(framed(FailureMessage("file_damaged", "page 2")))
    assert not taken.take()
    assert taken.failure == FailureMessage("file_damaged", "page 2")


@pytest.mark.parametrize(
    "message",
    [
        PageMessage(1, 0, 100, 200.0, True, True, ()),
        PageMessage(1, -5, -5, 200.0, True, True, ()),
        PageMessage(1, MAX_PAGE_PIXELS, 2, 200.0, True, True, ()),
        PageMessage(1, 100, 100, math.nan, True, True, ()),
        PageMessage(1, 100, 100, 200.0, True, True, (LayerWord("x", Box(0, 0, math.inf, 1)),)),
        PageMessage(1, 100, 100, 1e9, True, True, ()),
        PageMessage(1, 100, 100, 200.0, True, True, (), (1,) * 63),
        PageMessage(1, 100, 100, 200.0, True, True, (), (0,) * 64),
        PageMessage(1, 100, 100, 200.0, True, True, (), (65536,) * 64),
        EndingMessage("application/pdf", (Finding("annotation", 1, Box(math.nan, 0, 1, 1)),), False),
        EndingMessage("text/html", (), False),
    ],
)
def test_impossible_numbers_are_not_believed(message):
    with pytest.raises(WireError):
        decode(framed(message)[LENGTH.size :])


def test_frames_out_of_turn_are_not_taken():
    second = OpenedPage(2, PAGE.pixels, 200.0, True, True)
    thrice = [whole_page(), framed(ENDING), *[framed(OpinionMessage(()))] * 3]
    for frames in ([whole_page(second)], [whole_page(), whole_page()], [framed(OpinionMessage(()))], thrice):
        taken = received(*frames)
        with pytest.raises(WireError):
            all(taken.take() for _ in frames)
    taken = received(whole_page(), framed(ENDING), framed(ENDING))
    taken.take()
    taken.take()
    with pytest.raises(WireError):
        taken.take()


@pytest.mark.parametrize("number", [-1, 0, 2, 10**9])
def test_a_finding_on_a_page_that_was_not_handed_over_is_not_taken(number):
    taken = received(whole_page(), framed(EndingMessage("application/pdf", (Finding("annotation", number),), False)))
    taken.take()
    with pytest.raises(WireError):
        taken.take()


def test_messages_are_bounded_together_as_well():
    words = (replace(WORD, text="x" * (MAX_MESSAGE_BYTES - 1000)),)
    pages = [replace(PAGE, number=number, layer=words) for number in (1, 2, 3)]
    assert MAX_DOCUMENT_MESSAGE_BYTES < 3 * (MAX_MESSAGE_BYTES - 1000)
    taken = received(*map(whole_page, pages))
    taken.take()
    taken.take()
    with pytest.raises(WireError, match="too long"):
        taken.take()


def test_a_length_beyond_bounds_is_not_awaited():
    with pytest.raises(WireError):
        received(LENGTH.pack(MAX_MESSAGE_BYTES + 1)).take()


@given(st.binary(max_size=200))
def test_no_bytes_make_anything_but_a_message_or_a_refusal(body):
    try:
        decode(body)
    except WireError:
        return
