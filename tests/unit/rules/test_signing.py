"""A signature by the issuer stands in for the registered impression; any other is a reason for review or a fail."""

import pytest

from tests.unit.rules.builders import MAKER, examination, judge, rows, seal
from verifier.examination import Finding
from verifier.report import Outcome, Verdict

OTHER = "天津远航贸易有限公司"


def signed(*findings: tuple[str, str], **changes):
    statuses = tuple(Finding("signature_status", text=signer, detail=detail) for detail, signer in findings)
    return examination(signed=True, findings=statuses, **changes)


@pytest.mark.parametrize(
    ("findings", "outcome", "reason"),
    [
        ([("trusted", MAKER)], Outcome.PASS, None),
        ([("trusted", OTHER)], Outcome.FAIL, "other_signer"),
        ([("altered", MAKER)], Outcome.FAIL, "altered"),
        ([("trusted", MAKER), ("altered", MAKER)], Outcome.FAIL, "altered"),
        ([("untrusted", MAKER)], Outcome.UNSURE, "no_anchor"),
        ([("cannot_tell", "")], Outcome.UNSURE, "cannot_tell"),
        ([("trusted", MAKER), ("cannot_tell", "")], Outcome.UNSURE, "cannot_tell"),
        ([], Outcome.UNSURE, "cannot_tell"),
    ],
)
def test_the_signatures_outcome_is_the_contracts(findings, outcome, reason):
    (row,) = rows(judge(signed(*findings)), "document.signature")
    assert (row.outcome, row.reason) == (outcome, reason)


def test_a_drawn_seal_without_specimen_is_verified_under_the_issuers_signature():
    drawn = seal(medium="pdf_image", comparison=None, diameter_mm=25.0)
    report = judge(signed(("trusted", MAKER), seals=(drawn,)))
    assert report.verdict is Verdict.VERIFIED
    skipped = {check.id for check in report.checks if check.reason == "signed"}
    assert skipped == {"seal.specimen", "seal.size"}


@pytest.mark.parametrize("findings", [[("untrusted", MAKER)], [("altered", MAKER)], [("trusted", OTHER)], []])
def test_without_it_the_drawn_seal_stays_for_a_person(findings):
    report = judge(signed(*findings, seals=(seal(medium="pdf_image"),)))
    assert report.verdict is Verdict.FLAGGED
    assert any(check.id == "seal.medium" and check.outcome is Outcome.UNSURE for check in report.checks)
