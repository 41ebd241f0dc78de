"""One letter's truth and report become trials: each figure tried once or more."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.evaluation.figures import Trial
from verifier.evaluation.truth import TrueApplication, Truth
from verifier.formats.names import normalise_name
from verifier.page import turned_point, unwarped_point
from verifier.report import ApplicationReport, Outcome, Report, ReportPage, VehicleStatus, Verdict

COST = "cost "
"""A genuine letter flagged by a check; "right" where another one flagged it too."""
FLAGGING = (Outcome.FAIL, Outcome.UNSURE)
SEAL_NEAR = 0.15
"""A seal is found where its middle is, to within this share of its size."""
SURE_DPI = 200
"""Colour scans from this resolution are what an office sends that wants no questions."""


def trials_of(truth: Truth, report: Report) -> Iterator[Trial]:
    """Yield what this letter says about every figure."""
    yield from _fields(truth, report)
    yield from _verdicts(truth, report)


def application_trials(truth: TrueApplication, report: ApplicationReport) -> Iterator[Trial]:
    """Yield whether an application's verdict and the status of each of its vehicles came out as expected."""
    groups = (("case", truth.case),)
    seen = {vehicle.vin: str(vehicle.status) for vehicle in report.vehicles}
    example = f"{truth.application} ({truth.case})"
    yield Trial("application verdict", report.verdict == truth.verdict, groups, f"{example}: {report.verdict}")
    for vin, status in truth.statuses.items():
        yield Trial(
            "vehicle status", seen.get(vin) == status, groups, f"{example}: {vin} {seen.get(vin)}, not {status}"
        )
        if status != VehicleStatus.COVERED:
            wrongly = seen.get(vin) == VehicleStatus.COVERED
            yield Trial("not wrongly covered", not wrongly, groups, f"{example}: {vin}")


def _trial(figure: str, right: bool, truth: Truth, seen: object = "") -> Trial:
    return Trial(figure, right, truth.groups, f"{truth.file}: {seen}")


def _fields(truth: Truth, report: Report) -> Iterator[Trial]:
    expected, seen = truth.fields, report.fields
    for name in ("number", "issuer", "issued_on", "export_country"):
        wanted = getattr(expected, name)
        if wanted:
            value = seen[name].value if seen.get(name) else ""
            yield _trial(name, _same(value, wanted), truth, value)
    vins = [vehicle["vin"].value for vehicle in seen.get("vehicles", ())]
    for vehicle in expected.vehicles:
        yield _trial("vin", vehicle.vin in vins, truth, vehicle.vin)
    extra = [vin for vin in vins if vin not in {vehicle.vin for vehicle in expected.vehicles}]
    if expected.vehicles:
        yield _trial("no extra vin", not extra, truth, extra)
    countries = {v["vin"].value: v["export_country"].value for v in seen.get("vehicles", ()) if v.get("export_country")}
    for vehicle in expected.vehicles:
        if vehicle.export_country:
            found = countries.get(vehicle.vin, "")
            yield _trial("vehicle's country", found == vehicle.export_country, truth, f"{vehicle.vin} {found}")
    yield from _boxes(truth, report)
    yield from _seals(truth, report)
    outlets = seen.get("outlets", ())
    for outlet in expected.outlets:
        for name in ("name", "address", "phone"):
            wanted = getattr(outlet, name)
            if wanted:
                values = [one[name].value for one in outlets if one.get(name)]
                right = any(_same(value, wanted) for value in values)
                yield _trial(f"outlet {name}", right, truth, f"{wanted} | {values}")


def _boxes(truth: Truth, report: Report) -> Iterator[Trial]:
    """Yield whether each VIN that was read is shown where it stands: its middle within the reported box."""
    fields = {v["vin"].value: v["vin"] for v in report.fields.get("vehicles", ())}
    pages = {page.number: page for page in report.pages}
    for vin, field in fields.items():
        outlines = [(box.page, box.outline) for box in truth.boxes if box.text == vin]
        if outlines and field.box and field.page in pages:
            places = [
                upright_point(middle(outline), pages[field.page]) for page, outline in outlines if page == field.page
            ]
            box = field.box
            right = any(box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1 for x, y in places)
            yield _trial("vin box", right, truth, vin)


def _seals(truth: Truth, report: Report) -> Iterator[Trial]:
    """Yield whether each seal was found: a reported box whose middle lies near the true one's."""
    pages = {page.number: page for page in report.pages}
    for seal in truth.seals:
        if seal.page not in pages:
            continue
        x, y = upright_point(middle(seal.outline), pages[seal.page])
        boxes = [found.box for found in report.seals if found.page == seal.page]
        right = any(
            abs((b.x0 + b.x1) / 2 - x) < SEAL_NEAR * b.width and abs((b.y0 + b.y1) / 2 - y) < SEAL_NEAR * b.height
            for b in boxes
        )
        yield _trial("seal found", right, truth, f"page {seal.page}, {len(boxes)} seen")


def middle(outline: tuple[tuple[float, float], ...]) -> tuple[float, float]:
    """Return the mean of an outline's points."""
    return sum(x for x, _ in outline) / len(outline), sum(y for _, y in outline) / len(outline)


def upright_point(point: tuple[float, float], page: ReportPage) -> tuple[float, float]:
    """Return where a point of the file's own page stands on the upright page that boxes refer to."""
    return unwarped_point(*turned_point(*point, page.rotation), page.homography)


def _same(value: str, wanted: str) -> bool:
    return normalise_name(value.replace("+", "")) == normalise_name(wanted.replace("+", ""))


def _verdicts(truth: Truth, report: Report) -> Iterator[Trial]:
    flagging = sorted({check.id for check in report.checks if check.outcome in FLAGGING})
    if truth.should_pass:
        passed = report.verdict is Verdict.VERIFIED
        yield _trial("genuine verified", passed, truth, flagging)
        if truth.capture.colour == "colour" and truth.capture.dpi >= SURE_DPI:
            kind = "print over the arc" if truth.seal_over_print else "no print over the arc"
            yield _trial(f"genuine verified, colour ≥{SURE_DPI} dpi, {kind}", passed, truth, flagging)
        for identity in flagging:
            yield _trial(f"{COST}{identity}", len(flagging) > 1, truth)
    if not truth.genuine:
        yield _trial("forgery not verified", report.verdict is not Verdict.VERIFIED, truth, truth.defect)
        if truth.must_trip:
            yield _trial("planted check trips", bool(set(truth.must_trip) & set(flagging)), truth, flagging)
