"""One letter's truth and report become trials: each figure tried once or more."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.evaluation.figures import Trial
from verifier.evaluation.truth import Truth
from verifier.formats.names import normalise_name
from verifier.report import Outcome, Report, Verdict

FLAGGING = (Outcome.FAIL, Outcome.UNSURE)
SURE_DPI = 200
"""Colour scans from this resolution are what an office sends that wants no questions."""


def trials_of(truth: Truth, report: Report) -> Iterator[Trial]:
    """Yield what this letter says about every figure."""
    yield from _fields(truth, report)
    yield from _verdicts(truth, report)


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
    yield _trial("no extra vin", not extra, truth, extra)
    outlets = seen.get("outlets", ())
    for outlet in expected.outlets:
        for name in ("name", "address", "phone"):
            wanted = getattr(outlet, name)
            if wanted:
                values = [one[name].value for one in outlets if one.get(name)]
                right = any(_same(value, wanted) for value in values)
                yield _trial(f"outlet {name}", right, truth, f"{wanted} | {values}")


def _same(value: str, wanted: str) -> bool:
    return normalise_name(value.replace("+", "")) == normalise_name(wanted.replace("+", ""))


def _verdicts(truth: Truth, report: Report) -> Iterator[Trial]:
    flagging = sorted({check.id for check in report.checks if check.outcome in FLAGGING})
    if truth.genuine and truth.expected_verdict == Verdict.VERIFIED:
        passed = report.verdict is Verdict.VERIFIED
        yield _trial("genuine verified", passed, truth, flagging)
        if truth.capture.colour == "colour" and truth.capture.dpi >= SURE_DPI:
            kind = "print over the arc" if truth.seal_over_print else "no print over the arc"
            yield _trial(f"genuine verified, colour ≥{SURE_DPI} dpi, {kind}", passed, truth, flagging)
        for identity in flagging:
            yield _trial(f"cost {identity}", False, truth)
    if not truth.genuine:
        yield _trial("forgery not verified", report.verdict is not Verdict.VERIFIED, truth, truth.defect)
        if truth.must_trip:
            yield _trial("planted check trips", bool(set(truth.must_trip) & set(flagging)), truth, flagging)
