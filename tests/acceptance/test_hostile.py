"""A small sample of the proof of the walls: some of every set, a hundred mutants, none through `verify`."""

from __future__ import annotations

import pytest

from samples.hostile import edge_files, honest_files, hostile_files
from samples.hostile.mutation import mutant
from samples.hostile.seeds import seeds
from tests.proofs.hostile_runs import Answer, answered, answers
from tests.proofs.mutants import Block, counted
from tests.proofs.prove_14 import (
    MOST_BYTES,
    MOST_CPU_SECONDS,
    MOST_SECONDS,
    Proof,
    Run,
    Verified,
    compared,
    document,
)
from verifier.opening.confine import Allowance
from verifier.sandbox import Sandbox

pytestmark = pytest.mark.acceptance
DEAR = {
    "bytes", "pixels in all", "pixels of an embedded picture", "objects of a file", "objects of a page",
    "pages within", "pixels within", "frames within",
}  # fmt: skip
"""Limits whose files take seconds to make or open: left to the proof."""


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox(Allowance(cpu_seconds=1)) as running:
        yield running


@pytest.fixture(scope="module")
def roomy():
    with Sandbox() as running:
        yield running


@pytest.fixture(scope="module")
def hostile(sandbox) -> list[Answer]:
    """Return the answers to one hostile file in eight."""
    return answers(sandbox, [*hostile_files()][3::8])


@pytest.fixture(scope="module")
def mutants(sandbox) -> Block:
    """Return what became of a hundred mutants."""
    return counted(sandbox, 0, 100)


def test_the_sets_are_as_large_as_the_proof_asks():
    assert len(list(hostile_files())) >= 80
    honest = list(honest_files())
    assert len(honest) == len({sample.name for sample in honest}) >= 500


def test_every_hostile_file_is_answered_within_its_allowance(hostile):
    assert max(answer.seconds for answer in hostile) <= MOST_SECONDS
    assert max(answer.cpu_seconds for answer in hostile) <= MOST_CPU_SECONDS
    assert max(answer.peak_bytes for answer in hostile) <= MOST_BYTES
    assert len({answer.code for answer in hostile}) > 3


@pytest.mark.parametrize("sample", list(edge_files()), ids=lambda sample: sample.name)
def test_a_limit_holds_on_both_sides(sample, roomy):
    if any(sample.name.startswith(limit) for limit in DEAR):
        pytest.skip("takes seconds to make; see make prove-14")
    assert answered(roomy, sample.name, sample.make()).code == sample.code


def test_no_odd_honest_file_is_refused(sandbox):
    assert [answer for answer in answers(sandbox, [*honest_files()][5::30]) if answer.code] == []


def test_no_mutant_crashes_who_asked_for_it(mutants):
    assert mutants.crashes == ()
    assert mutants.n == 100
    assert len(mutants.answers) >= 3


def test_a_mutant_is_the_same_each_time():
    made = [mutant(seeds(), 14, index) for index in range(50)]
    assert made == [mutant(seeds(), 14, index) for index in range(50)]
    assert len(set(made)) == 50


def test_two_runs_are_compared_without_their_seconds():
    one = '{"verdict": "flagged", "seconds": {"total": 1}}'
    slower = one.replace("1", "9")
    assert compared(Run(1, (one,)), Run(1, (slower,)), 1).equal
    assert not compared(Run(1, (one,)), Run(1, (slower.replace("flagged", "verified"),)), 1).equal


def test_the_document_says_what_was_found(hostile, mutants):
    proof = Proof(
        "", ("open",), hostile, [], [Answer("x", "", "", 0.1, 0.1, 1, 0)], [mutants],
        Verified(2, 2, (3, 3), True, 0.5, {"unreadable": 2}), {"a.pdf": 12.3},
    )  # fmt: skip
    text = document(proof)
    assert "| probes denied | 1/6: open | 6/6 |" in text
    assert "| honest files refused | 0.000 (0/1; 95 %" in text
    assert "| overhead, a.pdf | 12 ms of processor time | ≤ 40 ms |" in text
