"""Uploads as they arrive: however the bytes are cut, the same files; whatever the bytes are, our own errors only."""

from __future__ import annotations

import asyncio
import hashlib
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verifier.errors import RequestError, TooLargeError, VerifierError
from verifier.store.blobs import Blobs
from verifier.web.multipart import LARGEST_FIELD, MOST_FIELDS, MOST_FILES, received_form

KIND = "multipart/form-data; boundary=edge"


def _part(name: str, content: bytes, filename: str | None = None) -> bytes:
    given_name = f'; filename="{filename}"' if filename is not None else ""
    return f'--edge\r\nContent-Disposition: form-data; name="{name}"{given_name}\r\n\r\n'.encode() + content + b"\r\n"


async def _cut(body: bytes, sizes: list[int]) -> AsyncIterator[bytes]:
    start = 0
    for size in sizes:
        yield body[start : start + size]
        start += size
    yield body[start:]


Received = tuple[list[tuple[str, str, int]], dict[str, str]]


def _receive(body: bytes, sizes: list[int] | None = None, kind: str = KIND) -> Received:
    """Return files as (name, digest, size) and fields; nothing may be left behind."""

    async def run(blobs: Blobs) -> Received:
        async with received_form(kind, _cut(body, sizes or []), blobs) as form:
            return [(f.name, f.file.sha256, f.file.size) for f in form.files], form.fields

    with tempfile.TemporaryDirectory() as folder:
        blobs = Blobs(Path(folder))
        try:
            return asyncio.run(run(blobs))
        finally:
            assert list(Path(folder).glob("incoming/*")) == []


@settings(max_examples=40)
@given(
    contents=st.lists(st.binary(max_size=400), min_size=1, max_size=3),
    sizes=st.lists(st.integers(1, 60), max_size=30),
)
def test_however_it_is_cut_the_same_files_arrive(contents: list[bytes], sizes: list[int]) -> None:
    contents = [content.replace(b"--edge", b"") for content in contents]
    parts = [_part("file", content, f"{n}.pdf") for n, content in enumerate(contents)]
    body = b"".join([*parts, _part("application", "申请-1".encode()), b"--edge--\r\n"])
    files, fields = _receive(body, sizes)
    assert fields == {"application": "申请-1"}
    assert files == [(f"{n}.pdf", hashlib.sha256(c).hexdigest(), len(c)) for n, c in enumerate(contents)]


@settings(max_examples=60)
@given(st.binary(max_size=300), st.binary(max_size=60), st.lists(st.integers(1, 40), max_size=8))
def test_whatever_arrives_only_our_errors_leave(noise: bytes, tail: bytes, sizes: list[int]) -> None:
    for body in (noise, _part("file", b"x", "a") + noise, _part("file", noise, "a")[:-2] + tail):
        try:
            _receive(body, sizes)
        except VerifierError as error:
            assert error.http_status in (400, 413)  # noqa: PT017  # most noise is refused, some of it is a form


@pytest.mark.parametrize(
    "body",
    [
        b"".join(_part("file", b"x", str(n)) for n in range(MOST_FILES + 1)),
        b"".join(_part(str(n), b"x") for n in range(MOST_FIELDS + 1)),
        _part("application", b"x" * (LARGEST_FIELD + 1)),
    ],
    ids=["files", "fields", "field"],
)
def test_more_than_may_be_is_refused(body: bytes) -> None:
    with pytest.raises(TooLargeError):
        _receive(body + b"--edge--\r\n")


@pytest.mark.parametrize(
    "kind",
    [
        "",
        "text/plain",
        "multipart/form-data",
        "multipart/form-data; boundary=" + "x" * 400,
        "multipart/mixed; boundary=b",
    ],
)
def test_other_bodies_are_refused(kind: str) -> None:
    with pytest.raises(RequestError):
        _receive(b"", kind=kind)


def test_a_body_that_ends_early_is_refused() -> None:
    with pytest.raises(RequestError, match="too early"):
        _receive(_part("file", b"x", "a"))
