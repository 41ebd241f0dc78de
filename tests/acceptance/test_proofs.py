"""A small sample of the proofs: the same code on a few letters, from generator to figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from samples.generate import chosen_letters, write_set
from samples.planning import careful_plan
from tests.proofs import prove_04
from tests.proofs.harness import JUDGED_ON, known_of
from verifier.evaluation.accuracy import PASSING, REFUSING, whole_report
from verifier.evaluation.pictures import draw_failures
from verifier.evaluation.run import Evaluation, evaluate

SEED, GENUINE = 43, 3
DEFECTS = ("wrong_country", "vin_bad_check_digit", "seal_missing", "text_layer_lies_vin")
PAIR = "number_reused"
LETTERS = GENUINE + len(DEFECTS) + 2
"""Chosen, not drawn: what is tried here is the harness, on letters whose outcome nobody disputes."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of fresh letters with their truth."""
    made = tmp_path_factory.mktemp("letters")
    plans = chosen_letters(GENUINE, (*DEFECTS, PAIR), SEED)
    write_set(plans, made, 1, makers=list(dict.fromkeys(plan.maker for plan in plans)))
    return made


@pytest.fixture(scope="module")
def evaluation(folder: Path) -> Evaluation:
    """Return how the verifier does on them."""
    records, registry = known_of(folder)
    return evaluate(
        folder, records, registry, JUDGED_ON, cache=folder / "cache", jobs=1, progress=lambda _done, _total: None
    )


def test_no_forgery_comes_out_verified(evaluation: Evaluation) -> None:
    assert evaluation.rate(REFUSING).n == len(DEFECTS) + 2
    assert evaluation.rate(REFUSING).value == 1.0, evaluation.failures(REFUSING)
    assert evaluation.rate("planted check trips").value == 1.0, evaluation.failures("planted check trips")


def test_vins_are_read_and_genuine_letters_pass(evaluation: Evaluation) -> None:
    assert evaluation.rate("vin").value >= 0.95
    assert evaluation.rate(PASSING).n == GENUINE
    assert evaluation.rate(PASSING).hits >= GENUINE - 1, evaluation.failures(PASSING)


def test_report_and_pictures_are_written(evaluation: Evaluation, folder: Path) -> None:
    report = whole_report(evaluation, "verifier evaluate letters")
    assert f"{LETTERS} letters" in report
    pictures = draw_failures(evaluation, folder, folder / "failures", ["planted check trips", PASSING, "issuer"])
    assert all(path.stat().st_size > 10_000 for path in pictures)


def test_second_run_comes_from_the_kept_readings(evaluation: Evaluation, folder: Path) -> None:
    records, registry = known_of(folder)
    done: list[int] = []
    again = evaluate(
        folder, records, registry, JUDGED_ON, cache=folder / "cache", jobs=1, progress=lambda n, _total: done.append(n)
    )
    assert done == [LETTERS]  # nothing was examined again
    assert again.reports == evaluation.reports


def test_reading_is_counted_on_a_few_letters(folder: Path) -> None:
    tally = prove_04.tallied(folder, 3, "onnxruntime f32", lambda index: careful_plan(index, SEED), folder / "cache")
    assert tally.letters == 3
    assert not tally.wrong_passing
    assert sum(map(len, tally.vins.values())) >= 3
    assert max(tally.stored) < 8000
    assert all(wrong <= 0.1 * count for wrong, count in tally.characters.values() if count > 200)
