"""Engines go where there is room: no thread is tied to a core that another process may be using, and how many threads
read changes nothing that is read."""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from verifier.recognition.backends import Backend, best_backend
from verifier.recognition.engine import RecognisedText
from verifier.recognition.ppocr import PpOcr, load_ppocr

BACKENDS = sorted({Backend.ONNXRUNTIME_F32, best_backend()})
LOOK = """
import threading
from tests.integration.test_threads import cores_of_threads, read_noise
from verifier.recognition.backends import Backend
from verifier.recognition.ppocr import load_ppocr
engine = load_ppocr(1, Backend({backend!r}))  # while it loads, OpenVINO looks at each core from there
reading = threading.Thread(target=read_noise, args=(engine,))
reading.start()
found = set()
while reading.is_alive():
    found |= cores_of_threads()
print(*found)
"""


def read_noise(engine: PpOcr) -> tuple[RecognisedText, ...]:
    """Return what the first reader makes of six noisy strips, after a look at a page of noise."""
    noise = np.random.default_rng(7)
    page = np.repeat(noise.integers(0, 256, (400, 600, 1), np.uint8), 3, axis=2)
    engine.detector.detect(page)
    return engine.recogniser.recognise([page[:48, : 90 * (k + 1)] for k in range(6)])


def cores_of_threads(*, main_only: bool = False) -> set[str]:
    """Return the lists of cores on which threads of this process may run."""
    found = set()
    for status in Path("/proc/self").glob("status" if main_only else "task/*/status"):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):  # a thread that ended meanwhile
            found |= set(re.findall(r"^Cpus_allowed_list:\s*(\S+)$", status.read_text(), re.MULTILINE))
    return found


@pytest.mark.parametrize("backend", BACKENDS)
def test_no_engine_ties_a_thread_to_a_core(backend: Backend) -> None:
    if len(os.sched_getaffinity(0)) < 2:
        pytest.skip("needs two cores")
    (mine,) = cores_of_threads(main_only=True)
    command = [sys.executable, "-c", LOOK.format(backend=str(backend))]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout.split() == [mine]


@pytest.mark.parametrize("backend", BACKENDS)
def test_more_threads_read_the_same(backend: Backend) -> None:
    assert read_noise(load_ppocr(2, backend)) == read_noise(load_ppocr(1, backend))
