"""CPU per scanned page: the whole verifier beside RapidOCR's default call, same pages, same run, one thread.

Run: python -m tests.benchmarks.reading PAGE.jpg ... --records … --seals … --lists …
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.process_tree import Cost, measure
from tests.benchmarks.side_by_side import ONE_THREAD

RAPIDOCR = """
import sys
import numpy
from PIL import Image
from rapidocr import RapidOCR
engine = RapidOCR(params={"EngineConfig.onnxruntime.intra_op_num_threads": 1, "Global.log_level": "critical"})
for path in sys.argv[1:]:
    engine(numpy.asarray(Image.open(path).convert("RGB"))[:, :, ::-1])
"""
"""What a user would write; one thread, so that CPU seconds compare."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """CPU seconds a page, start-up taken off, and the verifier's peak memory over all its processes."""

    pages: int
    ours: float
    rapidocr: float
    peak_pss_mb: float

    @property
    def ratio(self) -> float:
        """How many times more CPU RapidOCR takes."""
        return self.rapidocr / self.ours


def compare(pages: list[Path], inputs: list[str]) -> Comparison:
    """Return what both take for the same single-page images."""
    with tempfile.TemporaryDirectory() as folder:
        empty = Path(folder) / "empty.pdf"
        empty.write_bytes(b"")
        idle = _verify([empty], inputs, folder)
        busy = _verify(pages, inputs, folder)
    rapid_idle = measure([sys.executable, "-c", RAPIDOCR], environment=ONE_THREAD)
    rapid_busy = measure([sys.executable, "-c", RAPIDOCR, *map(str, pages)], environment=ONE_THREAD)
    return Comparison(
        pages=len(pages),
        ours=(busy.cpu_seconds - idle.cpu_seconds) / len(pages),
        rapidocr=(rapid_busy.cpu_seconds - rapid_idle.cpu_seconds) / len(pages),
        peak_pss_mb=busy.peak_pss_mb,
    )


def _verify(paths: list[Path], inputs: list[str], home: str) -> Cost:
    command = [sys.executable, "-m", "verifier", "verify", *map(str, paths), *inputs, "--jobs", "1", "--json"]
    return measure(command, environment=ONE_THREAD | {"VERIFIER_HOME": home})
