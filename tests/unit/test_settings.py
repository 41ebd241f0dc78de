from pathlib import Path

import pytest

from verifier.errors import ConfigurationError
from verifier.recognition.backends import Backend, best_backend, cpu_has_bf16
from verifier.settings import Settings, chosen_backend, official_mode


@pytest.mark.parametrize("backend", list(Backend))
def test_backend_is_chosen_by_name(backend: Backend) -> None:
    assert chosen_backend({"VERIFIER_BACKEND": str(backend)}) is backend


def test_machine_decides_where_nobody_did() -> None:
    assert chosen_backend({}) is None
    assert cpu_has_bf16() or best_backend() is Backend.ONNXRUNTIME_F32


def test_unknown_backend_is_named_with_what_there_is() -> None:
    with pytest.raises(ConfigurationError, match=r"onnxruntime f32.*openvino bf16.*'cuda'"):
        chosen_backend({"VERIFIER_BACKEND": "cuda"})


def test_number_of_jobs_must_be_a_number() -> None:
    with pytest.raises(ConfigurationError, match="VERIFIER_JOBS"):
        Settings.from_environment({"VERIFIER_JOBS": "many"})
    settings = Settings.from_environment({"VERIFIER_HOME": "/srv", "VERIFIER_JOBS": "3"})
    assert settings.jobs == 3
    assert settings.home == Path("/srv")


@pytest.mark.parametrize(("given", "expected"), [(None, False), ("", False), ("0", False), ("1", True)])
def test_official_mode_is_asked_for_by_one_word(given, expected):
    assert official_mode({} if given is None else {"VERIFIER_OFFICIAL": given}) is expected


@pytest.mark.parametrize("given", ["yes", "true", "2", " 1"])
def test_a_misspelt_wish_for_official_mode_is_refused(given):
    with pytest.raises(ConfigurationError, match="VERIFIER_OFFICIAL"):
        official_mode({"VERIFIER_OFFICIAL": given})
