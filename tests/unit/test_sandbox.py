import pytest

from verifier import errors
from verifier.opening.confine import Allowance, pack, unpack
from verifier.opening.limits import MAX_BYTES
from verifier.opening.wire import FailureMessage
from verifier.sandbox import Sandbox, error_of


@pytest.mark.parametrize("kind", errors.UnreadableDocumentError.__subclasses__())
def test_the_openers_errors_travel_by_name(kind):
    told = error_of(FailureMessage(kind.code, "page 3"))
    assert type(told) is kind
    assert told.detail == "page 3"


@pytest.mark.parametrize("code", ["configuration", "store_failed", "", "opening_failed", "__class__"])
def test_any_other_name_is_a_sandbox_error(code):
    assert type(error_of(FailureMessage(code, "x"))) is errors.SandboxError


def test_a_detail_is_held_short_and_printable():
    told = error_of(FailureMessage("file_damaged", "\x1b[2J\n" + "x" * 10_000))
    assert told.detail.isprintable()
    assert len(told.detail) <= 200


def test_an_allowance_travels_whole():
    allowance = Allowance(1_000_000_000, 3, 0.25, 9, 12.5, second_opinion=False)
    assert unpack(pack(allowance)) == allowance


def test_too_many_bytes_start_nothing():
    with Sandbox() as sandbox:
        with pytest.raises(errors.LimitExceededError):
            sandbox.open(bytes(MAX_BYTES + 1))
        assert not sandbox.is_running
