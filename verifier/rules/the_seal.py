"""Which of a letter's seals its checks are about, and which registered impressions may vouch for it."""

from __future__ import annotations

from verifier.examination import Likeness, Seal, SealComparison
from verifier.record import Specimen
from verifier.rules.case import Case


def the_seal(case: Case) -> Seal | None:
    """Return the seal that the checks are about: the one that fits best, official ones first; no slice of one."""
    whole = (seal for seal in case.seen.seals if not seal.across)
    return max(whole, key=lambda seal: _fitness(seal, case), default=None)


def _fitness(seal: Seal, case: Case) -> tuple[bool, bool, bool, bool, float]:
    likeness = seal.comparison.likeness if seal.comparison else Likeness.UNSURE
    return (
        is_official(seal, case) and likeness is Likeness.SAME and case.reads_issuer(seal),
        likeness is Likeness.SAME,
        is_official(seal, case),
        likeness is not Likeness.DIFFERENT,
        seal.score,
    )


def is_official(seal: Seal, case: Case) -> bool:
    """Return whether a seal is an official one: by what it says, or because a registered impression is the same.

    What is read inside the rim may be print that runs across; the impression was registered with all that it carries.
    """
    compared = seal.comparison
    equals = compared is not None and compared.likeness is Likeness.SAME and in_force(compared, case)
    return seal.kind == "official" or (seal.kind == "unknown" and equals)


def is_the_issuers(seal: Seal, case: Case) -> bool:
    """Return whether the seal equals the issuer's registered impression, every character readable and alike."""
    compared = seal.comparison
    return (
        compared is not None
        and compared.likeness is Likeness.SAME
        and compared.characters_usable == compared.characters
        and in_force(compared, case)
    )


def in_force(compared: SealComparison, case: Case) -> bool:
    """Return whether the impression that a seal equals is the issuer's and may vouch on the day that counts.

    A stored comparison may be older than the registry: since then a seal may have been lost or retired.
    """
    return any(
        s.sha256 == compared.specimen_sha256 and s.manufacturer == compared.manufacturer for s in specimens_of(case)
    )


def specimens_of(case: Case) -> list[Specimen]:
    """Return the issuer's impressions that were in force on the day that counts."""
    maker, day = case.facts.issuer.maker, case.application_date or case.on
    return [
        s
        for s in case.facts.registry.active_specimens(maker)
        if (s.valid_from is None or s.valid_from <= day) and (s.valid_to is None or day <= s.valid_to)
    ]
