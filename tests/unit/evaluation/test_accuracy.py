"""The accuracy report: what stands in it, for generated letters and for an office's own."""

from __future__ import annotations

from verifier.evaluation.accuracy import PASSING, whole_report
from verifier.evaluation.figures import Trial
from verifier.evaluation.run import Evaluation
from verifier.evaluation.truth import Truth


def _evaluation(*, kept_aside: bool) -> Evaluation:
    truths = (Truth("a.jpg", True), Truth("b.jpg", True, kept_aside=kept_aside), Truth("c.jpg", True, "flagged"))
    trials = [
        Trial(PASSING, passed, truth.groups, f"{truth.file}: []")
        for passed, truth in zip((True, False), truths, strict=False)
    ]
    costs = [Trial("cost letter.issuer", False, ()), Trial("cost seal.text", True, ())]
    return Evaluation(truths, (), (*trials, *costs))


def test_error_budget_tells_what_a_check_costs_alone() -> None:
    evaluation = _evaluation(kept_aside=True)
    assert evaluation.costs == (("letter.issuer", 1, 1), ("seal.text", 1, 0))
    report = whole_report(evaluation, "make x")
    assert "| letter.issuer | 0.500 (1/2; 95 % 0.095–0.905) | 0.500 (1/2; 95 % 0.095–0.905) |" in report
    assert "b.jpg" not in report, "what is kept aside is counted and not named"
    assert "3 letters, 3 of them genuine; of these 1 honestly need a person" in report


def test_parts_are_told_apart_only_where_letters_are_kept_aside() -> None:
    assert "| figure | all | tuning | kept aside | worst group |" in whole_report(_evaluation(kept_aside=True), "x")
    own = whole_report(_evaluation(kept_aside=False), "x")
    assert "| figure | all | worst group |" in own
    assert "Generated" not in own
