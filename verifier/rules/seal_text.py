"""What the seal says, against the issuer's name."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.examination import Likeness, Seal
from verifier.formats.names import differing_share, is_part_around
from verifier.report import Check
from verifier.rules.case import Case, evidence_of_seal
from verifier.rules.catalogue import failed, passed, unsure
from verifier.rules.the_seal import is_the_issuers, the_seal

SURE_TEXT = 0.80
"""Smallest confidence of a seal's text at which another reading than the issuer's name is a finding."""
CLEARLY_OTHER = 0.2
"""Share of differing characters from which even an unsure reading cannot be the issuer's name."""
EDGE = 0.002
"""A seal whose box comes so near to the page's edge, as a share of the page, is cut by it."""


def check_text(case: Case) -> Iterator[Check]:
    """What the seal's own pixels read is the issuer's name, character for character.

    Where a typeface is misread, what they read is what the issuer's registered impressions are read as, or one letter
    else, every character being surely the same.
    """
    seal, expected = the_seal(case), case.issuer_name
    if seal is None:
        yield unsure("seal.text", "no_seal")
        return
    evidence = evidence_of_seal(seal)
    if seal.text is None:
        yield unsure("seal.text", "not_readable", evidence=evidence)
    elif expected is None:
        yield unsure("seal.text", "no_issuer", found=seal.text, evidence=evidence)
    elif case.reads_issuer(seal):
        yield passed("seal.text", found=case.issuer_name, expected=expected, evidence=evidence)
    elif is_the_issuers(seal, case) and seal.comparison is not None and seal.comparison.reads_alike:
        yield passed("seal.text", found=seal.text, expected=expected, evidence=evidence)
    elif _is_another_name(seal, expected, case):
        yield failed("seal.text", "differs", found=seal.text, expected=expected, evidence=evidence)
    else:
        yield unsure("seal.text", "not_readable", found=f" ({seal.text})", expected=expected, evidence=evidence)


def _is_another_name(seal: Seal, expected: str, case: Case) -> bool:
    """Return whether what was read is another company's name, not this one's misread or seen in part."""
    share = differing_share(seal.text or "", expected)
    sees_all = not _is_seen_in_part(seal) and not is_the_issuers(seal, case)
    if not sees_all and is_part_around(seal.text or "", expected):
        return False
    if is_the_issuers(seal, case):
        return share >= CLEARLY_OTHER and seal.text_confidence >= SURE_TEXT
    return (
        seal.text_confidence >= SURE_TEXT
        or share >= CLEARLY_OTHER * 2
        or (share >= CLEARLY_OTHER and seal.text_confidence >= SURE_TEXT / 2)
    )


def _is_seen_in_part(seal: Seal) -> bool:
    """Return whether the page's edge cuts the seal, or print hides characters of what is not another's seal."""
    box, compared = seal.box, seal.comparison
    cut = min(box.x0, box.y0) <= EDGE or max(box.x1, box.y1) >= 1 - EDGE
    hidden = compared is not None and bool(compared.hidden) and compared.likeness is not Likeness.DIFFERENT
    return cut or hidden
