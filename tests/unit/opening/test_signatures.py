"""Signatures: the issuer's own holds, whatever was changed since does not, and what is odd cannot be told."""

from __future__ import annotations

import io
import re

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils.generic import ArrayObject, NumberObject, pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from tests.unit.opening import builders
from tests.unit.opening.signing import authority, identity, signed
from verifier.errors import ConfigurationError
from verifier.opening.signatures import read_anchors, signature_findings

MAKER = "北辰汽车有限公司"


def letter() -> bytes:
    return builders.pdf(builders.letter)


def meanings(document: bytes, *, trusted: bool = True) -> list[tuple[str, str]]:
    anchors = (authority().asn1,) if trusted else ()
    return [(finding.detail, finding.text) for finding in signature_findings(document, anchors)]


@pytest.mark.parametrize("kind", ["rsa", "ecdsa"])
def test_the_issuers_own_signature_is_trusted_by_its_anchor_only(kind):
    document = signed(letter(), identity(MAKER, kind))
    assert meanings(document) == [("trusted", MAKER)]
    assert meanings(document, trusted=False) == [("untrusted", MAKER)]


def test_a_second_signature_leaves_the_first_for_a_person():
    once = signed(letter(), identity(MAKER), "First")
    twice = signed(once, identity("天津远航贸易有限公司"), "Second")
    assert meanings(twice) == [("cannot_tell", MAKER), ("trusted", "天津远航贸易有限公司")]


def test_one_changed_byte_under_the_signature_is_altered():
    document = signed(letter(), identity(MAKER))
    changed = document.replace(b"ReportLab", b"ReportLob", 1)
    assert changed != document
    assert meanings(changed) == [("altered", MAKER)]


def test_a_page_changed_by_an_update_after_signing_is_altered():
    writer = IncrementalPdfFileWriter(io.BytesIO(signed(letter(), identity(MAKER))))
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    page[pdf_name("/MediaBox")] = ArrayObject([NumberObject(n) for n in (0, 0, 300, 300)])
    writer.update_container(page)
    changed = io.BytesIO()
    writer.write(changed)
    assert meanings(changed.getvalue()) == [("altered", MAKER)]


def test_a_file_saved_anew_no_longer_holds():
    with pikepdf.open(io.BytesIO(signed(letter(), identity(MAKER)))) as file:
        again = io.BytesIO()
        file.save(again)
    assert all(detail in ("altered", "cannot_tell") for detail, _ in meanings(again.getvalue()))


def test_a_signature_that_covers_nothing_cannot_be_told():
    document = re.sub(rb"/ByteRange ?\[[^\]]*\]", lambda m: b"/ByteRange [0 0 0 0".ljust(len(m[0]) - 1) + b"]",
                      signed(letter(), identity(MAKER)))  # fmt: skip
    assert all(detail in ("altered", "cannot_tell") for detail, _ in meanings(document))


def test_a_file_without_signature_yields_that_it_cannot_be_told():
    assert meanings(letter()) == [("cannot_tell", "")]


@settings(max_examples=25)
@given(st.binary(max_size=200), st.integers(0, 10_000))
def test_whatever_the_bytes_no_exception_leaves(junk, at):
    whole = signed(letter(), identity(MAKER))
    spot = at % len(whole)
    for document in (junk, whole[:spot], whole[:spot] + junk + whole[spot + len(junk) :]):
        found = signature_findings(document, (authority().asn1,))
        assert found
        assert all(finding.detail in ("trusted", "altered", "cannot_tell") for finding in found)


def test_anchors_are_read_from_a_folder(tmp_path):
    (tmp_path / "authority.pem").write_bytes(authority().pem)
    (tmp_path / "notes.txt").write_text("not looked at")
    assert [anchor.subject.native["organization_name"] for anchor in read_anchors(tmp_path)] == ["Test Authority"]
    (tmp_path / "broken.crt").write_bytes(b"no certificate")
    with pytest.raises(ConfigurationError, match=r"broken\.crt"):
        read_anchors(tmp_path)
