"""Reading engines as a user would call them, one process each: a page's path in, what it read out.

Run: python -m tests.benchmarks.reading_engines NAME THREADS; a path a line on stdin, a JSON string a line on stdout.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from PIL import Image

from tests.benchmarks.side_by_side import serve
from verifier.recognition.backends import cpu_has_bf16

Engine = Callable[[Path], str]
PictureEngine = Callable[[Image.Image], str]
"""Reads a page whose resolution stands in `info["dpi"]`."""
PAGE_INCHES = 8.27
"""A4's width: what a script takes for a picture that states no resolution."""
OCRMYPDF = os.environ.get("OCRMYPDF", "ocrmypdf")


def ours(backend: str) -> Callable[[int], Engine]:
    """Return our reader on a backend: opening in the sandbox, orientation and second reader included."""

    def load(threads: int) -> Engine:
        os.environ["VERIFIER_BACKEND"] = backend
        from verifier.assembly import build_verifier
        from verifier.record import Registry
        from verifier.sandbox import Sandbox

        verifier = build_verifier(Registry(), Sandbox(), threads=threads)

        def read(path: Path) -> str:
            images = verifier.reader.read(verifier.open(path.read_bytes()).pages)
            return "\n".join(line.text for image in images for line in image.page.lines)

        return read

    return load


def rapidocr(engine: str) -> Callable[[int], PictureEngine]:
    """Return RapidOCR's default call on ONNX Runtime or OpenVINO, threads apart."""

    def load(threads: int) -> PictureEngine:
        import numpy
        from rapidocr import EngineType, RapidOCR

        key = "intra_op_num_threads" if engine == "onnxruntime" else "inference_num_threads"
        parameters = {f"EngineConfig.{engine}.{key}": threads, "Global.log_level": "critical"}
        if engine == "openvino":
            parameters |= {f"{stage}.engine_type": EngineType.OPENVINO for stage in ("Det", "Cls", "Rec")}
        reader = RapidOCR(params=parameters)

        def read(picture: Image.Image) -> str:
            found = reader(numpy.asarray(picture.convert("RGB"))[:, :, ::-1])
            return "\n".join(found.txts or ())

        return read

    return load


def pytesseract(threads: int) -> PictureEngine:
    """Return Tesseract as a user would tune it: column of text, true resolution, both languages."""
    os.environ["OMP_THREAD_LIMIT"] = str(threads)
    import pytesseract

    def read(picture: Image.Image) -> str:
        dpi = round(float(picture.info["dpi"][0]))
        return str(pytesseract.image_to_string(picture, lang="chi_sim+eng", config=f"--psm 4 --dpi {dpi}"))

    return read


def ocrmypdf(threads: int) -> Engine:
    """Return ocrmypdf's own command with its text sidecar; it reads pixels even where a page has text."""

    def read(path: Path) -> str:
        with tempfile.TemporaryDirectory() as folder:
            text = Path(folder) / "text.txt"
            command = [OCRMYPDF, "-q", "-l", "chi_sim+eng", "--jobs", str(threads), "--output-type", "pdf"]
            if path.suffix != ".pdf":
                command += ["--image-dpi", str(_dpi_of(path))]  # it refuses pictures that state none
            command += ["--force-ocr", "--sidecar", str(text), str(path), str(Path(folder) / "out.pdf")]
            subprocess.run(command, check=True, env=os.environ | {"OMP_THREAD_LIMIT": str(threads)})
            return text.read_text(encoding="utf-8")

    return read


def _dpi_of(path: Path) -> int:
    """Return the resolution that a picture states, else that of a page of A4 as wide as it."""
    with Image.open(path) as picture:
        return round(float(picture.info.get("dpi", (picture.width / PAGE_INCHES,))[0]))


def of_file(load: Callable[[int], PictureEngine]) -> Callable[[int], Engine]:
    """Return the loader of an engine that opens a picture's file itself."""

    def loaded(threads: int) -> Engine:
        read = load(threads)

        def read_file(path: Path) -> str:
            with Image.open(path) as picture:
                return read(picture)

        return read_file

    return loaded


ENGINES: dict[str, Callable[[int], Engine]] = {
    "ours bf16": ours("openvino bf16"),
    "ours f32": ours("onnxruntime f32"),
    "rapidocr": of_file(rapidocr("onnxruntime")),
    "rapidocr openvino": of_file(rapidocr("openvino")),
    "pytesseract": of_file(pytesseract),
    "ocrmypdf": ocrmypdf,
}


def available() -> list[str]:
    """Return the engines that this machine can run."""
    absent = {"ours bf16": not cpu_has_bf16(), "ocrmypdf": shutil.which(OCRMYPDF) is None}
    return [name for name in ENGINES if not absent.get(name)]


if __name__ == "__main__":
    sys.exit(serve(ENGINES[sys.argv[1]](int(sys.argv[2]))))
