"""What the verifier reads with on bad days: absent, altered, hanging, out of memory."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from tests.service.office import Office
from tests.service.recorded import RecordedExaminer, letter
from verifier.errors import MissingEngineError, ProcessingError
from verifier.jobs.worker import Worker
from verifier.recognition import ppocr
from verifier.recognition.comparator import MODEL, load_comparator
from verifier.recognition.tesseract_crops import data_folder
from verifier.recognition.tesseract_program import _called
from verifier.settings import models_folder

pytestmark = pytest.mark.integration


@pytest.mark.parametrize("fault", ["missing", "altered", "cut off", "empty"])
def test_a_model_that_is_not_the_measured_one_is_not_loaded(tmp_path: Path, fault: str) -> None:
    model = Path(shutil.copy(models_folder() / MODEL, tmp_path))
    _spoil(model, fault)
    with pytest.raises(MissingEngineError, match=MODEL) as told:
        load_comparator(tmp_path)
    assert "doctor" in told.value.advice


@pytest.mark.parametrize("fault", ["missing", "altered", "cut off", "empty"])
def test_a_model_of_the_first_reader_is_checked_as_well(tmp_path: Path, fault: str) -> None:
    name = next(iter(ppocr.MODEL_SHA256))
    model = Path(shutil.copy(ppocr.models_folder() / name, tmp_path))
    assert ppocr.checked_model(model) == model
    _spoil(model, fault)
    with pytest.raises(MissingEngineError, match=name):
        ppocr.checked_model(model)


def _spoil(model: Path, fault: str) -> None:
    whole = model.read_bytes()
    model.unlink()
    if fault != "missing":
        model.write_bytes({"altered": whole[:-1] + b"\x00", "cut off": whole[: len(whole) // 2], "empty": b""}[fault])


def test_tesseract_without_its_data_is_named_with_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("verifier.recognition.tesseract_crops.DATA_FOLDERS", (str(tmp_path),))
    monkeypatch.delenv("TESSDATA_PREFIX", raising=False)
    with pytest.raises(MissingEngineError, match="tesseract-ocr"):
        data_folder.__wrapped__()  # as a new process asks: this one remembers where the data is


def test_a_program_that_hangs_is_ended_and_the_document_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hanging = tmp_path / "tesseract"
    hanging.write_text("#!/bin/sh\ncase $1 in --version) echo tesseract 5.5.0;; *) exec sleep 60;; esac\n")
    hanging.chmod(0o755)
    monkeypatch.setattr("pytesseract.pytesseract.tesseract_cmd", str(hanging))
    listing = tmp_path / "crops.txt"
    listing.write_text("")
    began = time.monotonic()
    with pytest.raises(ProcessingError, match="did not answer in time") as told:
        _called(listing, "eng", {}, 1)
    assert told.value.retryable
    assert time.monotonic() - began < 20
    monkeypatch.setattr("pytesseract.pytesseract.tesseract_cmd", str(tmp_path / "nowhere"))
    with pytest.raises(MissingEngineError, match="tesseract-ocr"):
        _called(listing, "eng", {}, 1)


class _Hungry(RecordedExaminer):
    """Asks for more memory than there is, once."""

    asked = 0

    def examine(self, document: bytes):
        type(self).asked += 1
        if type(self).asked == 1:
            np.ones(2**48, dtype=np.uint8)
        return super().examine(document)


def test_a_worker_out_of_memory_puts_the_job_back_and_goes_on(embedded: Office) -> None:
    _Hungry.asked = 0
    embedded.worker = Worker(embedded.database, lambda _: _Hungry(), 20.0)
    first, second = (embedded.hand_in(letter(name)).document_ids[0] for name in ("one", "two"))
    embedded.work()
    assert [embedded.upload(one).verdict for one in (first, second)] == ["flagged", "flagged"]
    assert _Hungry.asked == 3


_LIMITED = """
import resource, sys
from tests.unit.opening.builders import letter, pdf
from verifier.sandbox import Sandbox
with Sandbox() as sandbox:
    sandbox.open(pdf(letter))
    used = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + 10_000_000, resource.RLIM_INFINITY))
    try:
        sandbox.open(pdf(*[letter] * 20))
    except MemoryError:
        print("memory")
    resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    print(len(sandbox.open(pdf(*[letter] * 20)).pages))
"""


def test_a_parent_out_of_memory_in_the_midst_of_a_document_opens_the_next(tmp_path: Path) -> None:
    """What is left in the pipe of the one belongs to nobody: the next document gets a pipe of its own."""
    command = [sys.executable, "-c", _LIMITED]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])
    assert ended.stdout.split() == ["memory", "20"], ended.stderr
