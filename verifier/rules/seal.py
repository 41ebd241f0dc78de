"""Checks of the seal: all must hold for one and the same seal; further seals are listed and do not fail."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.examination import Likeness, Seal, SealComparison
from verifier.formats.names import carved_text, unit_word
from verifier.report import Check, Evidence, Outcome
from verifier.rules.case import Case, Rule, evidence_of_seal
from verifier.rules.catalogue import failed, make_check, passed, skipped, unsure
from verifier.rules.seal_text import check_text
from verifier.rules.signing import signed_by_issuer
from verifier.rules.the_seal import in_force, is_official, specimens_of, the_seal

USUAL_MM = (36.0, 46.0)
"""Diameters of official seals with the tolerance of scanners (38 to 42 by rule)."""
SMALLEST_MM = 30.0
"""Below this no company's official seal is made."""
SMALL_FOR_SHEET = 0.8
"""Where only the sheet's shape tells the scale (photos), a seal under this share of the least diameter is doubted: of
18 genuine photographed seals none measured under 38 mm."""
LARGEST_FOR_SHEET_MM = 52.0
"""Above this even a guessed scale says that a seal is none: of 18 genuine photographed ones none measured over
45 mm."""
SPECIMEN_TOLERANCE = 0.06
"""Share by which a seal may differ from its registered diameter."""
MOST_EVEN = 0.009
"""Up to this unevenness (`SealComparison.uneven`) a seal is the registered scan itself: of 216 stampings of worn dies,
some as clean as those of a registry, the least had 0.0094, of 220 seals of genuine letters 0.016; of 63 plain copies on
bare paper at 200 and 300 dpi none had more, of 29 at 150 dpi four, all of quality 60."""


def check_present(case: Case) -> Iterator[Check]:
    """Some seal of a company, or at least some seal."""
    seal = the_seal(case)
    if seal is None:
        yield failed("seal.present", "none")
    else:
        yield passed("seal.present", evidence=evidence_of_seal(seal))


def check_kind(case: Case) -> Iterator[Check]:
    """Only the official seal counts: not a special-purpose, personal or sales unit's one."""
    seal = the_seal(case)
    if seal is None:
        yield unsure("seal.kind", "no_seal")
        return
    evidence = evidence_of_seal(seal)
    unit = _sales_unit(seal, case)
    if seal.kind in ("special_purpose", "personal"):
        yield failed("seal.kind", seal.kind, found=seal.inner_text or seal.text or "", evidence=evidence)
    elif unit:
        yield failed("seal.kind", "sales_unit", found=seal.text, evidence=evidence)
    elif not is_official(seal, case):
        yield unsure("seal.kind", "unknown", evidence=evidence)
    else:
        yield passed("seal.kind", evidence=evidence)


def _sales_unit(seal: Seal, case: Case) -> bool:
    return bool(seal.text and unit_word(seal.text) and case.maker_named(seal.text) is None)


def check_colour(case: Case) -> Iterator[Check]:
    """Red; black in a colour scan is a copy, no colour at all cannot be told."""
    seal = the_seal(case)
    if seal is None:
        yield unsure("seal.colour", "no_seal")
        return
    evidence = evidence_of_seal(seal)
    if seal.printed_black:
        yield failed("seal.colour", "black", evidence=evidence)
    elif seal.colour == "red":
        yield passed("seal.colour", evidence=evidence)
    elif seal.colour == "other":
        yield unsure("seal.colour", "other_colour", evidence=evidence)
    else:
        yield unsure("seal.colour", "no_colour", evidence=evidence)


def check_medium(case: Case) -> Iterator[Check]:
    """Ink on scanned paper; a seal drawn into a digital page proves nothing without a valid signature."""
    seal = the_seal(case)
    if seal is None:
        yield unsure("seal.medium", "no_seal")
        return
    evidence = evidence_of_seal(seal)
    if seal.medium == "ink" or signed_by_issuer(case):
        yield passed("seal.medium", evidence=evidence)
    else:
        told = seal.printed or "unknown" if seal.medium == "unknown" else "drawn"
        yield unsure("seal.medium", told, found=seal.medium, evidence=evidence)


def check_specimen(case: Case) -> Iterator[Check]:
    """The registered impression of the maker that the letter names; its valid signature stands in for it."""
    seal, name = the_seal(case), case.issuer_name or ""
    if signed_by_issuer(case):
        yield skipped("seal.specimen", "signed")
        return
    if seal is None:
        yield unsure("seal.specimen", "no_seal")
        return
    details = {"expected": name, "evidence": evidence_of_seal(seal)}
    compared = seal.comparison
    if not compared or not specimens_of(case) or (compared.likeness is Likeness.SAME and not in_force(compared, case)):
        yield unsure("seal.specimen", "not_registered", **details)
    elif compared.likeness is Likeness.SAME:
        yield passed("seal.specimen", **details)
    else:
        outcome = Outcome.FAIL if compared.likeness is Likeness.DIFFERENT else Outcome.UNSURE
        yield make_check(
            "seal.specimen",
            outcome,
            _reason(compared.reason),
            found=_characters(compared, name),
            expected=name,
            evidence=_evidence_of_tile(seal, compared),
        )


def _characters(compared: SealComparison, name: str) -> str:
    """Return the characters that a comparison stumbled over, quoted; empty where they cannot be named."""
    carved = carved_text(name, compared.characters)
    if not carved:
        return ""
    worst = (compared.worst_character,) if compared.worst_character is not None else ()
    places = {"character_differs": worst, "hidden_under_print": compared.hidden}.get(compared.reason, ())
    return f" “{''.join(carved[place] for place in places)}”" if places else ""


def _evidence_of_tile(seal: Seal, compared: SealComparison) -> tuple[Evidence, ...]:
    """Return where the seal stands, after it where the character that differs does."""
    tile = compared.worst_box if compared.reason == "character_differs" else None
    return (*evidence_of_seal(seal), *((Evidence(seal.page, tile, ""),) if tile else ()))


_REASONS = frozenset({"other_seal", "character_differs", "hidden_under_print", "red_print", "poor_image", "no_colour"})


def _reason(given: str) -> str:
    if given == "no_specimen":
        return "not_registered"
    return given if given in _REASONS else "poor_image"


def check_size(case: Case) -> Iterator[Check]:
    """36 to 46 mm, or the registered diameter ±6 %; a drawn seal's size means nothing beside a valid signature."""
    seal = the_seal(case)
    if signed_by_issuer(case):
        yield skipped("seal.size", "signed")
        return
    if seal is None:
        yield skipped("seal.size", "no_seal")
        return
    page = next(page for page in case.seen.pages if page.number == seal.page)
    evidence = evidence_of_seal(seal)
    found = f"{seal.diameter_mm:.1f}"
    registered = [s.diameter_mm for s in specimens_of(case) if s.diameter_mm]
    low, high = USUAL_MM
    if registered:
        low, high = min(registered) * (1 - SPECIMEN_TOLERANCE), max(registered) * (1 + SPECIMEN_TOLERANCE)
    usual = f"{low:.0f}–{high:.0f}"
    if not page.scale_known:
        if seal.diameter_mm < max(low * SMALL_FOR_SHEET, SMALLEST_MM):
            yield unsure("seal.size", "small_for_sheet", found=found, expected=usual, evidence=evidence)
        elif seal.diameter_mm > max(high, LARGEST_FOR_SHEET_MM):
            yield unsure("seal.size", "large_for_sheet", found=found, expected=usual, evidence=evidence)
        else:
            yield skipped("seal.size", "scale_unknown", evidence=evidence)
        return
    if seal.diameter_mm < SMALLEST_MM:
        yield failed("seal.size", "too_small", found=found, expected=usual, evidence=evidence)
    elif low <= seal.diameter_mm <= high:
        yield passed("seal.size", found=found, evidence=evidence)
    else:
        yield unsure("seal.size", "unusual", found=found, expected=usual, evidence=evidence)


def check_reuse(case: Case) -> Iterator[Check]:
    """The same ink pixels in a document with other content, or in the scan of the registered impression."""
    seal = the_seal(case)
    if seal is None:
        yield skipped("seal.reuse", "no_seal")
        return
    evidence = evidence_of_seal(seal)
    elsewhere = case.facts.reuse.same_ink
    rows = [failed("seal.reuse", "same_ink", found=other.name, evidence=evidence) for other in elsewhere]
    if _is_registered_scan(seal) and not signed_by_issuer(case):
        rows.append(unsure("seal.reuse", "same_as_registered", evidence=evidence))
    yield from rows or [passed("seal.reuse")]


def _is_registered_scan(seal: Seal) -> bool:
    """Return whether a seal's ink is that of the scan it is compared with: no die gives the same ink twice.

    The impression may have been cut from this very letter: the registry does not know, so a person looks.
    """
    return seal.comparison is not None and seal.comparison.uneven <= MOST_EVEN


CHECKS: tuple[Rule, ...] = (
    check_present,
    check_kind,
    check_colour,
    check_medium,
    check_specimen,
    check_text,
    check_size,
    check_reuse,
)
