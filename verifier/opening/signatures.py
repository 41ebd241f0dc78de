"""PDF signatures, validated by pyHanko: who signed, whether it still holds, and whether it covers the whole file.

Runs in the sandbox child after the document was handed over: like the second parser it has an allowance of its own,
and where it dies the file merely has a signature that nobody validated. No network, no revocation lists: what a
certificate's issuer has withdrawn since is for the office to ask.
"""

from __future__ import annotations

import io
import logging
import warnings
from collections.abc import Iterator
from pathlib import Path

from asn1crypto import x509
from cryptography.exceptions import UnsupportedAlgorithm
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.general import UnacceptableSignerError
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import PathError, ValidationError

from verifier.errors import ConfigurationError
from verifier.examination import Finding
from verifier.opening.drawn import clipped_text
from verifier.opening.parts import PARSER_FAILURES

Anchors = tuple[x509.Certificate, ...]
CODE = "signature_status"
TRUSTED, UNTRUSTED, ALTERED, CANNOT_TELL = "trusted", "untrusted", "altered", "cannot_tell"
MOST_SIGNATURES = 20
_FAILURES = (
    *PARSER_FAILURES,
    PdfError,
    PathError,
    SignatureValidationError,
    UnacceptableSignerError,
    UnsupportedAlgorithm,
    ValidationError,
    NotImplementedError,
    RecursionError,
    MemoryError,
)
_ANCHOR_FILES = (".pem", ".crt", ".cer", ".der")


def read_anchors(folder: Path) -> Anchors:
    """Return the certificates (PEM or DER) of a folder; raises ConfigurationError naming the file that is none."""
    found: list[x509.Certificate] = []
    try:
        files = sorted(path for path in folder.iterdir() if path.suffix.lower() in _ANCHOR_FILES)
    except OSError as error:
        raise ConfigurationError(f"the folder of trust anchors {folder} cannot be read") from error
    for path in files:
        try:
            found += load_certs_from_pemder_data(path.read_bytes())
        except (*PARSER_FAILURES, OSError) as error:
            raise ConfigurationError(f"{path.name} holds no certificate") from error
    return tuple(found)


def signature_findings(document: bytes, anchors: Anchors) -> tuple[Finding, ...]:
    """Return a `signature_status` for each signature, at least one; `text` names the signer as its certificate does.

    `detail`: `trusted` (holds, covers the whole file, or what follows it changed nothing that shows, and its
    certificate leads to an anchor), `untrusted` (the same without an anchor), `altered` (the signed bytes differ, or
    what was added since changes a page), `cannot_tell` (anything else, every exception among
    it, and fields filled in or further signatures added afterwards).
    """
    logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
    logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return tuple(_findings(document, anchors)) or (Finding(CODE, detail=CANNOT_TELL),)
    except _FAILURES as error:
        return (Finding(CODE, detail=CANNOT_TELL, shown=type(error).__name__),)


def _findings(document: bytes, anchors: Anchors) -> Iterator[Finding]:
    reader = PdfFileReader(io.BytesIO(document), strict=False)
    for signature in reader.embedded_signatures[:MOST_SIGNATURES]:
        try:
            status = validate_pdf_signature(signature, _context(anchors, signature), skip_diff=False)
            yield Finding(CODE, text=_signer(status), detail=_meaning(status))
        except _FAILURES as error:
            yield Finding(CODE, detail=CANNOT_TELL, shown=type(error).__name__)


def _context(anchors: Anchors, signature: EmbeddedPdfSignature) -> ValidationContext:
    return ValidationContext(
        trust_roots=list(anchors), other_certs=list(signature.other_embedded_certs), allow_fetching=False
    )


def _signer(status: PdfSignatureStatus) -> str:
    """Return the organisation of the signing certificate, its common name where it has none."""
    subject = status.signing_cert.subject.native
    name = subject.get("organization_name") or subject.get("common_name") or ""
    return clipped_text(name if isinstance(name, str) else " ".join(map(str, name)))


def _meaning(status: PdfSignatureStatus) -> str:
    """Return what a status means; fields filled in or notes added after signing may change what a page shows."""
    if not (status.intact and status.valid) or status.modification_level is ModificationLevel.OTHER:
        return ALTERED
    harmless = status.modification_level in (ModificationLevel.NONE, ModificationLevel.LTA_UPDATES)
    whole = status.coverage is SignatureCoverageLevel.ENTIRE_FILE
    if not whole and not (harmless and status.coverage is SignatureCoverageLevel.ENTIRE_REVISION):
        return CANNOT_TELL
    return TRUSTED if status.trusted else UNTRUSTED
