"""What of a report whom it is shown to may know: nothing of other parties, and an exporter nothing for officials.

What compares with others is made anew from the catalogue of texts with the others' values left out; what is not
known to be about the document alone counts as a comparison.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from verifier.formats.names import normalise_name
from verifier.report import Outcome
from verifier.rules.catalogue import make_check
from verifier.store import application_offices, bearing, cases, people
from verifier.store import documents as uploads
from verifier.store.documents import StoredUpload
from verifier.store.people import Person, Role

WITHHELD = "—"
REUSE_CHECKS = frozenset(
    ["document.duplicate", "document.page_reuse", "letter.number_reuse", "vin.reuse", "seal.reuse"]
)
"""Their texts name other documents: in `expected` where `found` is the own value, else in `found`."""
NAMED_IN_EXPECTED = frozenset(["letter.number_reuse", "vin.reuse"])
_COMPARED = frozenset(["letter.issued_on", "letter.validity", "vin.model_year", "record.found"])
"""Checks of the document's own families whose texts may hold what a record says."""
_OWN_FAMILIES = ("document.", "letter.", "vin.", "seal.")
_TEXTS = ("message", "message_zh", "advice", "advice_zh")

ReportJson = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Shown:
    """What may be named to somebody about one document."""

    person: Person
    names: frozenset[str]
    """Names of related documents that the person may see."""
    applications: frozenset[str]
    vins: frozenset[str]
    """Vehicles of the person's own applications."""
    elsewhere: str
    """Where others are, in the words that may be said."""
    knows_records: bool
    """Whether every record that the document was compared with is the person's to see."""

    @property
    def is_exporter(self) -> bool:
        return self.person.role is Role.EXPORTER


def disclosed(
    connection: Connection, upload: StoredUpload, reports: Sequence[ReportJson], person: Person
) -> list[ReportJson]:
    """Return the reports on a document as this person may see them, in the same order and shape."""
    return [_disclosed(report, upload, _shown(connection, upload, report, person)) for report in reports]


def _shown(connection: Connection, upload: StoredUpload, report: ReportJson, person: Person) -> _Shown:
    vins = {vehicle["vin"]["value"] for vehicle in report["fields"]["vehicles"] if vehicle["vin"]}
    near = {vin for check in report["checks"] if check["id"] == "record.vin" for vin in _listed(check["expected"])}
    named = application_offices.applications_naming(connection, vins | near)
    numbers = {*report["applications"], *(number for _, number, _ in named if number)}
    mine = _own_applications(connection, numbers, person)
    about = [(number, applicant) for vin, number, applicant in named if vin in vins]
    reuses = any(_tells_of_others(check) for check in report["checks"])
    names, elsewhere = _related(connection, upload, person) if reuses else (frozenset(), WITHHELD)
    return _Shown(
        person=person,
        names=names,
        applications=mine,
        vins=frozenset(vin for vin, number, _ in named if number in mine),
        elsewhere=elsewhere,
        knows_records=set(report["applications"]) <= mine
        and all(number in mine if number else _is_own(applicant, person) for number, applicant in about),
    )


def _own_applications(connection: Connection, numbers: Iterable[str], person: Person) -> frozenset[str]:
    if person.role is Role.EXPORTER:
        return application_offices.applications_of_exporter(connection, person.organisation, numbers)
    return application_offices.applications_of_office(connection, numbers, person.office_id)


def _is_own(applicant: str | None, person: Person) -> bool:
    """Return whether a record of no application may be seen: by officials, and by the exporter that it names."""
    return person.role is not Role.EXPORTER or normalise_name(applicant or "") == normalise_name(person.organisation)


def _related(connection: Connection, upload: StoredUpload, person: Person) -> tuple[frozenset[str], str]:
    """Return the names of related documents that the person may see, and where the others are."""
    digests = bearing.bearing_on_stored(connection, upload.sha256) | {upload.sha256}
    exporter = person.role is Role.EXPORTER
    owners = frozenset({person.organisation_id}) if exporter else people.owners_of_office(connection, person.office_id)
    found = [one for one in uploads.uploads_of(connection, sorted(digests)) if one.id != upload.id]
    names = frozenset(one.name for one in found if one.name and one.owner in owners)
    if exporter:
        return names, WITHHELD
    others = sorted({_place(connection, one) for one in found if one.owner not in owners})
    return names, ", ".join(others) or WITHHELD


def _place(connection: Connection, upload: StoredUpload) -> str:
    """Return office and case number of another office's document: all that is said of it."""
    office = people.office_of(connection, upload.owner)
    if office is None:
        return WITHHELD
    number = max((case.id for case in cases.cases_of(connection, upload.id)), default=None)
    name = people.get_organisation(connection, office).name
    return name if number is None else f"{name} #{number}"


# --- one report -----------------------------------------------------------------------------------------


def _disclosed(report: ReportJson, upload: StoredUpload, shown: _Shown) -> ReportJson:
    kept = {*shown.applications, upload.application_number}
    changed = report | {
        "applications": [number for number in report["applications"] if number in kept],
        "checks": [_check(check, shown) for check in report["checks"] if _is_for(check, shown)],
    }
    if not shown.knows_records:
        changed["record_digest"] = ""
    if shown.is_exporter:
        changed["seals"] = [seal | {"score": None} for seal in report["seals"]]
    return changed


def _is_for(check: ReportJson, shown: _Shown) -> bool:
    return not (shown.is_exporter and check["audience"] == "official")


def _tells_of_others(check: ReportJson) -> bool:
    quiet = check["outcome"] in (Outcome.PASS, Outcome.SKIPPED)
    return check["id"] in REUSE_CHECKS and not quiet


def _check(check: ReportJson, shown: _Shown) -> ReportJson:
    if _tells_of_others(check):
        which = "expected" if check["id"] in NAMED_IN_EXPECTED else "found"
        own = shown.applications if check["id"] == "document.duplicate" else shown.names
        return _with(check, **{which: _others(check[which], own, shown.elsewhere)})
    if check["id"] == "record.vin" and not set(_listed(check["expected"])) <= shown.vins:
        return _with(check, expected=WITHHELD)
    about_itself = check["id"].startswith(_OWN_FAMILIES) and check["id"] not in _COMPARED
    if about_itself or shown.knows_records:
        return check
    subject = {key: value for key, value in (check["subject"] or {}).items() if key != "application"}
    return _with(
        check | {"subject": subject or None}, found=_hidden(check["found"]), expected=_hidden(check["expected"])
    )


def _hidden(value: str | None) -> str | None:
    return None if value is None else WITHHELD


def _listed(value: str | None) -> list[str]:
    return value.split(", ") if value else []


def _others(value: str | None, own: frozenset[str], elsewhere: str) -> str:
    """Return a list of names with those that may not be told replaced by where they are."""
    if value in own:
        return value or ""
    kept = [name for name in _listed(value) if name in own]
    return ", ".join([*kept, elsewhere] if len(kept) < len(_listed(value)) or not kept else kept)


def _with(check: ReportJson, **values: str | None) -> ReportJson:
    """Return a check with other values, its texts made anew with them."""
    changed = check | values
    found, expected = changed["found"], changed["expected"]
    try:
        made = make_check(
            check["id"], Outcome(check["outcome"]), check["reason"], subject=changed["subject"], found=found,
            expected=expected,
        )  # fmt: skip
    except KeyError:  # an earlier version of the catalogue had it
        return changed | dict.fromkeys(_TEXTS, "")
    return changed | {name: getattr(made, name) for name in _TEXTS}
