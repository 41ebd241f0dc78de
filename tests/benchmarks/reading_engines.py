"""Reading engines as a user would call them, one process each: a page's path in, what it read out.

Run: python -m tests.benchmarks.reading_engines NAME THREADS; a path a line on stdin, a JSON object a line on stdout.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

Engine = Callable[[Path], str]
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


def rapidocr(engine: str) -> Callable[[int], Engine]:
    """Return RapidOCR's default call on ONNX Runtime or OpenVINO, threads apart."""

    def load(threads: int) -> Engine:
        import numpy
        from PIL import Image
        from rapidocr import EngineType, RapidOCR

        key = "intra_op_num_threads" if engine == "onnxruntime" else "inference_num_threads"
        parameters = {f"EngineConfig.{engine}.{key}": threads, "Global.log_level": "critical"}
        if engine == "openvino":
            parameters |= {f"{stage}.engine_type": EngineType.OPENVINO for stage in ("Det", "Cls", "Rec")}
        reader = RapidOCR(params=parameters)

        def read(path: Path) -> str:
            found = reader(numpy.asarray(Image.open(path).convert("RGB"))[:, :, ::-1])
            return "\n".join(found.txts or ())

        return read

    return load


def pytesseract(threads: int) -> Engine:
    """Return Tesseract as a user would tune it: column of text, true resolution, both languages."""
    os.environ["OMP_THREAD_LIMIT"] = str(threads)
    import pytesseract
    from PIL import Image

    def read(path: Path) -> str:
        with Image.open(path) as image:
            dpi = round(float(image.info["dpi"][0]))
            return str(pytesseract.image_to_string(image, lang="chi_sim+eng", config=f"--psm 4 --dpi {dpi}"))

    return read


def ocrmypdf(threads: int) -> Engine:
    """Return ocrmypdf's own command with its text sidecar."""

    def read(path: Path) -> str:
        with tempfile.TemporaryDirectory() as folder:
            text = Path(folder) / "text.txt"
            command = [OCRMYPDF, "-q", "-l", "chi_sim+eng", "--jobs", str(threads), "--output-type", "pdf"]
            command += ["--sidecar", str(text), str(path), str(Path(folder) / "out.pdf")]
            subprocess.run(command, check=True, env=os.environ | {"OMP_THREAD_LIMIT": str(threads)})
            return text.read_text(encoding="utf-8")

    return read


ENGINES: dict[str, Callable[[int], Engine]] = {
    "ours bf16": ours("openvino bf16"),
    "ours f32": ours("onnxruntime f32"),
    "rapidocr": rapidocr("onnxruntime"),
    "rapidocr openvino": rapidocr("openvino"),
    "pytesseract": pytesseract,
    "ocrmypdf": ocrmypdf,
}


def main() -> int:
    """Read pages until stdin ends."""
    read = ENGINES[sys.argv[1]](int(sys.argv[2]))
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what an engine prints is no answer
    answers.write(json.dumps("ready") + "\n")
    answers.flush()
    for line in sys.stdin:
        answers.write(json.dumps(read(Path(line.rstrip("\n")))) + "\n")
        answers.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
