"""Names of what reports and the service speak of in codes. `N_` marks what the catalogues translate."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from verifier.web.pages.check_names import CHECKS
from verifier.web.pages.translating import N_

OUTCOMES = {
    "pass": N_("passed"),
    "fail": N_("failed"),
    "unsure": N_("unsure"),
    "note": N_("note"),
    "skipped": N_("not looked at"),
}

VERDICTS = {
    "verified": N_("Verified"),
    "flagged": N_("Flagged"),
    "unreadable": N_("Unreadable"),
    "none": N_("Not processed"),
    "queued": N_("Waiting"),
    "deleted": N_("Deleted"),
}

KINDS = {
    "confirmation_letter": N_("Confirmation letter"),
    "modification_proof": N_("Proof of modification"),
    "registration_certificate": N_("Registration certificate"),
    "other": N_("Other paper"),
    "unknown": N_("Unknown paper"),
}

STATUSES = {
    "covered": N_("Covered"),
    "missing": N_("Letter missing"),
    "not_required": N_("No letter needed"),
    "transitional": N_("Transitional, an official decides"),
    "official": N_("With an official"),
}

SEVERITIES = {"high": N_("High"), "medium": N_("Medium"), "low": N_("Low")}

MENDERS = {
    "exporter": N_("For you to mend"),
    "office": N_("For the office"),
    "official": N_("For an official"),
    "nobody": N_("For information"),
}

FIELDS = {
    "number": N_("Letter number"),
    "issuer": N_("Issuer"),
    "issued_on": N_("Date of issue"),
    "valid_until": N_("Valid until"),
    "addressee": N_("Addressee"),
    "exporter": N_("Exporter"),
    "export_country": N_("Export country"),
    "vin": N_("VIN"),
    "brand": N_("Brand"),
    "model": N_("Model"),
    "registration_date": N_("Registration date"),
    "transfer_date": N_("Transfer date"),
    "name": N_("Name"),
    "address": N_("Address"),
    "contact": N_("Contact"),
    "phone": N_("Telephone"),
    "country": N_("Country"),
    "owner": N_("Owner"),
    "manufacturer": N_("Manufacturer"),
    "mortgaged": N_("Mortgaged"),
    "chassis_brand": N_("Chassis brand"),
    "chassis_model": N_("Chassis model"),
    "modified_brand": N_("Modified brand"),
    "modified_model": N_("Modified model"),
    "announcement": N_("Product announcement"),
    "ccc_certificate": N_("CCC certificate"),
}

SHAPES = {"round": N_("round"), "oval": N_("oval"), "square": N_("square")}
COLOURS = {"red": N_("red"), "other": N_("other colour"), "none": N_("no colour")}
SEAL_KINDS = {
    "official": N_("official seal"),
    "special_purpose": N_("special-purpose seal"),
    "personal": N_("personal seal"),
    "unknown": N_("unknown seal"),
}
MEDIA = {
    "ink": N_("ink on paper"),
    "pdf_image": N_("picture in the file"),
    "vector": N_("drawn in the file"),
    "e_seal": N_("electronic seal"),
    "unknown": N_("unknown medium"),
}
LIKENESS = {"same": N_("same"), "different": N_("different"), "unsure": N_("unsure")}
COMPARISONS = {
    "matches": N_("every comparable character agrees"),
    "other_seal": N_("another seal"),
    "character_differs": N_("a character differs"),
    "hidden_under_print": N_("characters under print"),
    "no_specimen": N_("no impression registered"),
    "poor_image": N_("picture too poor"),
    "red_print": N_("red print over it"),
    "no_colour": N_("without colour"),
}
SPECIMEN_STATUSES = {"active": N_("in use"), "retired": N_("retired"), "lost": N_("lost")}
LISTS = {
    "makers": N_("Listed vehicle makers"),
    "announcements": N_("Product announcements"),
    "ccc": N_("CCC certificates"),
    "records": N_("Vehicle records"),
}
FINDINGS = {
    "hidden_text": N_("Text that cannot be seen"),
    "layer_conflict": N_("Text behind the page says otherwise"),
    "layer_unreadable": N_("Text behind the page in an alphabet of its own"),
    "parser_conflict": N_("Two readers of the file disagree"),
    "homoglyph": N_("Letters of another alphabet"),
    "annotation": N_("Annotation"),
    "form_field": N_("Form field"),
    "overlay": N_("Object laid over the page"),
    "optional_content": N_("Layer that can be switched off"),
    "revision": N_("Saved again later"),
    "active_content": N_("Active content"),
    "embedded_file": N_("File inside the file"),
    "javascript": N_("Script"),
    "launch": N_("Starts a program"),
    "xfa": N_("Dynamic form"),
    "signature": N_("Electronic signature"),
    "drawn_image": N_("Picture placed on the page"),
    "drawn_path": N_("Drawing placed on the page"),
    "cut_picture": N_("Scan cut off by its page"),
    "see_through": N_("Picture with print under transparent places"),
    "stacked_scan": N_("Scan laid over another scan"),
    "structure_unreadable": N_("Structure of the file cannot be read"),
}
REASONS = {
    "R01": N_("A VIN differs from the application"),
    "R02": N_("The letter does not list every vehicle"),
    "R03": N_("The export country is missing or differs"),
    "R04": N_("Service outlets are missing or not in the export country"),
    "R05": N_("The issuer is not the vehicle's manufacturer"),
    "R06": N_("The seal is missing, of the wrong kind, or not the manufacturer's"),
    "R07": N_("Brand, model or dates differ from the registration certificate"),
    "R08": N_("The dates of the letter do not fit"),
    "R09": N_("Pages are missing or cannot be read; scan again at 300 dpi in colour"),
    "R10": N_("The file was changed or holds what its pages do not show; send the original"),
    "R11": N_("The letter, its number or its seal was used elsewhere"),
    "R12": N_("Papers of the modification are missing"),
    "R99": N_("Another reason, as written below"),
}
"""Codes of this service: the notice has none."""
OUTCOMES_OF_CASES = {"approve": N_("Approve"), "reject": N_("Reject"), "return": N_("Return for resubmission")}
CASE_STATES = {
    "open": N_("Open"),
    "awaiting_second": N_("Awaits a second person"),
    "decided": N_("Decided"),
    "closed": N_("Closed without decision"),
}
CASE_REASONS = {
    "flagged": N_("Flagged"),
    "control": N_("Control of the machine"),
    "decided_earlier": N_("Decided earlier, now judged otherwise"),
}
RULING_STATES = {
    "proposed": N_("proposed"),
    "final": N_("final"),
    "refused": N_("refused by the second person"),
    "withdrawn": N_("taken back"),
}
ROLES = {
    "exporter": N_("Exporter"),
    "official": N_("Official"),
    "senior_official": N_("Senior official"),
    "auditor": N_("Auditor"),
    "admin": N_("Administrator"),
}
SCOPES = {
    "read": N_("read"),
    "upload": N_("send letters"),
    "decide": N_("decide"),
    "manage": N_("manage"),
}
QUALITY = {
    "no_seal": N_("no seal found"),
    "several_seals": N_("several seals"),
    "coarse": N_("below 200 dpi"),
    "no_colour": N_("without colour"),
    "faint": N_("faint"),
    "broken": N_("rim broken"),
    "overprinted": N_("print over it"),
    "cut_off": N_("cut off"),
    "odd_size": N_("unusual size"),
}
LAYOUT_STATES = {"proposed": N_("not confirmed"), "confirmed": N_("confirmed")}
LAYOUT_NOTES = {
    "layout_unconfirmed": N_("Its character boxes await confirmation"),
    "characters_differ": N_("The number of boxes differs from the number of characters of the maker's name"),
    "other_text": N_("The text differs from the maker's name"),
    "ink_left_out": N_("Some of the text's ink lies outside the boxes"),
    "rim_moved": N_("The rim is now found elsewhere, so the confirmed boxes no longer fit; confirm anew"),
}
ACTS = {
    "uploaded": N_("received"),
    "judged": N_("judged"),
    "judge again": N_("asked to be judged again"),
    "proposed": N_("proposed a decision"),
    "decided": N_("decided"),
    "seconded": N_("agreed as second"),
    "refused": N_("refused as second"),
    "taken back": N_("took the decision back"),
    "corrected": N_("corrected a reading"),
    "correction taken back": N_("took a correction back"),
    "deleted": N_("deleted the content"),
    "case opened": N_("opened a case"),
    "case closed": N_("closed the case"),
}
JOB_STATES = {"waiting": N_("waiting"), "leased": N_("in hand"), "done": N_("done")}
EVENTS = {
    "uploaded": N_("Received"),
    "started": N_("Being read"),
    "judged": N_("Judged"),
    "deleted": N_("Deleted"),
}

TABLES: Mapping[str, Mapping[str, str]] = {
    "check": CHECKS,
    "outcome": OUTCOMES,
    "verdict": VERDICTS,
    "kind": KINDS,
    "status": STATUSES,
    "severity": SEVERITIES,
    "mend_by": MENDERS,
    "field": FIELDS,
    "shape": SHAPES,
    "colour": COLOURS,
    "seal_kind": SEAL_KINDS,
    "medium": MEDIA,
    "likeness": LIKENESS,
    "comparison": COMPARISONS,
    "specimen": SPECIMEN_STATUSES,
    "list": LISTS,
    "finding": FINDINGS,
    "reason": REASONS,
    "ruling": OUTCOMES_OF_CASES,
    "case_state": CASE_STATES,
    "case_reason": CASE_REASONS,
    "ruling_state": RULING_STATES,
    "role": ROLES,
    "scope": SCOPES,
    "quality": QUALITY,
    "layout": LAYOUT_STATES,
    "layout_note": LAYOUT_NOTES,
    "act": ACTS,
    "job": JOB_STATES,
    "event": EVENTS,
}


def called(gettext: Callable[[str], str], table: str, key: object) -> str:
    """Return what a code is called; a code without a name is shown as it is."""
    name = TABLES[table].get("none" if key is None else str(key))
    return str(key or "—") if name is None else gettext(name)
