import pytest

from tests.unit.opening.builders import encoded, letter, page_picture, pdf
from verifier.errors import EmptyFileError, LimitExceededError, UnsupportedFormatError
from verifier.opening import limits
from verifier.opening.sniff import sniff


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "WEBP"])
def test_pictures_are_told_by_their_content(kind):
    assert sniff(encoded(page_picture(), kind)) == f"image/{kind.lower()}"


def test_a_pdf_may_have_a_few_bytes_before_its_header():
    assert sniff(b"\n\n" + pdf(letter)) == "application/pdf"


@pytest.mark.parametrize("document", [b"", b"\n \t\r\n", b"\x00" * 100])
def test_nothing_but_blanks_is_an_empty_file(document):
    with pytest.raises(EmptyFileError):
        sniff(document)


@pytest.mark.parametrize(
    ("document", "said"),
    [
        (b"Dear Sirs, here is our letter", "plain text"),
        ("出口国别：哈萨克斯坦".encode() * 40, "plain text"),
        (b"PK\x03\x04" + bytes(100), "ZIP"),
        (b"GIF89a" + bytes(100), "GIF"),
        (b"\x00\x00\x00\x18ftypheic" + bytes(99), "HEIC"),
        (b"\x93\xfe\x81 nonsense", "unknown"),
    ],
)
def test_what_cannot_be_read_is_named_in_the_advice(document, said):
    with pytest.raises(UnsupportedFormatError, match=said):
        sniff(document)


def test_a_picture_that_is_a_pdf_as_well_is_neither():
    with pytest.raises(UnsupportedFormatError):
        sniff(encoded(page_picture(), "JPEG")[:200] + pdf(letter))


def test_too_many_bytes_are_refused_before_they_are_looked_at():
    with pytest.raises(LimitExceededError):
        sniff(b"%PDF-1.7" + b"x" * limits.MAX_BYTES)
