"""Each limit has a code of its own with advice in both languages, and the parent knows every one of them."""

from __future__ import annotations

import pytest

from verifier import errors
from verifier.opening import refusals
from verifier.opening.wire import FailureMessage
from verifier.sandbox import error_of

KINDS = errors.LimitExceededError.__subclasses__()


def test_every_code_is_said_once():
    codes = [kind.code for kind in KINDS]
    assert len(codes) == len(set(codes)) == 6


@pytest.mark.parametrize("kind", KINDS)
def test_a_refusal_says_what_to_do_and_comes_back_over_the_wire(kind):
    assert issubclass(kind, errors.UnreadableDocumentError)
    assert kind.cause != errors.LimitExceededError.cause
    assert kind.cause_zh != errors.LimitExceededError.cause_zh
    assert kind.advice
    assert kind.advice_zh
    assert type(error_of(FailureMessage(kind.code, "x"))) is kind


def test_a_busy_machine_is_not_the_files_fault():
    assert refusals.OpeningSlowError.retryable
    assert not errors.SandboxError.retryable
    assert refusals.UnsafeSandboxError.exit_code == 2
