"""Blobs: named by content alone, whole or absent, and honest about what became of them."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.errors import NotFoundError, StoreError
from verifier.store.blobs import Blobs


@pytest.fixture
def blobs(tmp_path: Path) -> Blobs:
    """Return an empty folder of blobs."""
    return Blobs(tmp_path / "blobs")


def test_content_comes_back_under_its_digest(blobs: Blobs) -> None:
    sha256 = blobs.put(b"letter")
    assert sha256 == hashlib.sha256(b"letter").hexdigest()
    assert blobs.read(sha256) == b"letter"
    assert blobs.put(b"letter") == sha256
    assert list(blobs.every()) == [sha256]


def test_what_was_not_adopted_leaves_nothing(blobs: Blobs) -> None:
    with blobs.incoming() as arriving:
        arriving.write(b"half a let")
    assert list(blobs.every()) == []
    assert list((blobs.folder / "incoming").iterdir()) == []


def test_altered_content_is_noticed(blobs: Blobs) -> None:
    sha256 = blobs.put(b"letter")
    blobs.path(sha256).write_bytes(b"forged")
    with pytest.raises(StoreError, match="altered"):
        blobs.read(sha256)


def test_missing_content_is_an_error_of_the_store(blobs: Blobs) -> None:
    sha256 = blobs.put(b"letter")
    blobs.remove(sha256)
    blobs.remove(sha256)
    with pytest.raises(StoreError, match="cannot be read"):
        blobs.read(sha256)


@given(st.text())
def test_no_text_becomes_a_path(text: str) -> None:
    blobs = Blobs(Path("/nowhere"))
    try:
        path = blobs.path(text)
    except NotFoundError:
        return
    assert path == Path("/nowhere") / text[:2] / text[2:4] / text


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "A" * 64, "0" * 63, "0" * 65, "0" * 62 + "/."])
def test_only_digests_are_names(blobs: Blobs, name: str) -> None:
    with pytest.raises(NotFoundError):
        blobs.path(name)


def test_abandoned_uploads_are_swept_and_young_ones_left(blobs: Blobs) -> None:
    arriving = blobs.incoming()
    assert blobs.sweep() == 0
    assert blobs.sweep(older_than_seconds=-1) == 1
    arriving.forget()


def test_a_folder_that_cannot_be_written_is_an_error_of_the_store(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError):
        Blobs(tmp_path / "file" / "blobs").put(b"letter")


def test_what_was_altered_is_mended_by_the_next_upload_of_the_same_bytes(blobs: Blobs) -> None:
    digest = blobs.put(b"letter")
    blobs.path(digest).chmod(0o600)
    blobs.path(digest).write_bytes(b"other!")
    assert blobs.put(b"letter") == digest
    assert blobs.read(digest) == b"letter"
    assert not list((blobs.folder / "incoming").iterdir())
