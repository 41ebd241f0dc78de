"""What a PDF's digital signatures say, for the checks that a valid one stands in for."""

from __future__ import annotations

from verifier.examination import Finding
from verifier.formats.names import normalise_name
from verifier.rules.case import Case

CODE = "signature_status"
TRUSTED, UNTRUSTED, ALTERED, CANNOT_TELL = "trusted", "untrusted", "altered", "cannot_tell"
"""How the opener ends a signature's validation (verifier/opening/signatures.py)."""


def signatures(case: Case) -> tuple[Finding, ...]:
    """Return the validated signatures of the document, oldest first; empty where nobody could validate them."""
    return case.findings(CODE)


def signed_by_issuer(case: Case) -> bool:
    """Return whether every signature is valid and trusted, and the letter's issuer made one that covers all of it."""
    found = signatures(case)
    names = {normalise_name(name) for name in (case.issuer_name, _printed_issuer(case)) if name}
    signers = {normalise_name(finding.text) for finding in found}
    return bool(found) and all(finding.detail == TRUSTED for finding in found) and bool(names & signers)


def _printed_issuer(case: Case) -> str | None:
    return case.seen.letter.issuer.value if case.seen.letter.issuer else None
