"""Born-digital letters: the same sheets printed to PDF by ReportLab, Cairo, Chromium or LibreOffice."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import pikepdf
from PIL import Image

from samples.content import SealPlan
from samples.paper.rendering import digital, seal_picture
from samples.paper.sheet import Sheets
from samples.paper.svg import drawing

Place = tuple[int, float, float]
"""(page, x, y) of a seal's middle, mm from the top left."""
SECONDS = 120
_DATE = re.compile(rb"D:\d{14}")
_FIXED_DATE = b"D:20260102030405"
_CHECKSUM = re.compile(rb"(/DocChecksum /)[0-9A-F]{32}")
_ID = re.compile(rb"/ID\s*\[\s*<[0-9A-Fa-f]+>\s*<[0-9A-Fa-f]+>\s*\]")


def born_digital(sheets: Sheets, seal: SealPlan | None, at: Place, producer: str) -> bytes:
    """Return the sheets as a PDF of `producer`, the same bytes each time; FileNotFoundError without its program."""
    if producer == "reportlab":
        return digital(sheets, seal, at)
    pages = [drawing(sheets, number, _picture(seal, at, number)) for number in range(len(sheets.pages))]
    with tempfile.TemporaryDirectory() as folder:
        return _timeless(_PRINTERS[producer](pages, f"{sheets.width_mm}mm {sheets.height_mm}mm", Path(folder)))


def _picture(seal: SealPlan | None, at: Place, page: int) -> tuple[Image.Image, float, float, float] | None:
    if seal is None or at[0] != page:
        return None
    image, side = seal_picture(seal)
    return image, at[1], at[2], side


def _run(program: str, *arguments: str | Path) -> None:
    path = shutil.which(program)
    if path is None:
        raise FileNotFoundError(f"{program} prints some of the letters and is not installed: run make setup-test")
    subprocess.run([path, *map(str, arguments)], check=True, capture_output=True, timeout=SECONDS)


def _cairo(pages: list[str], size: str, folder: Path) -> bytes:
    files = [_written(folder, number, page) for number, page in enumerate(pages)]
    _run("rsvg-convert", "--format", "pdf", "--output", folder / "out.pdf", *files)
    return (folder / "out.pdf").read_bytes()


def _chromium(pages: list[str], size: str, folder: Path) -> bytes:
    style = f"@page{{size:{size};margin:0}}body{{margin:0}}svg{{display:block;break-after:page}}"
    html = f"<!doctype html><meta charset=utf-8><style>{style}</style>" + "".join(pages)
    (folder / "in.html").write_text(html, encoding="utf-8")
    _run(
        "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
        f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={folder / 'out.pdf'}", (folder / "in.html").as_uri(),
    )  # fmt: skip
    return (folder / "out.pdf").read_bytes()


def _libreoffice(pages: list[str], size: str, folder: Path) -> bytes:
    files = [_written(folder, number, page) for number, page in enumerate(pages)]
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    _run("soffice", profile, "--headless", "--convert-to", "pdf:draw_pdf_Export", "--outdir", folder, *files)
    first, *others = [file.with_suffix(".pdf") for file in files]
    if not others:
        return first.read_bytes()
    with pikepdf.open(first) as whole:
        for other in others:
            with pikepdf.open(other) as more:
                whole.pages.extend(more.pages)
        joined = io.BytesIO()
        whole.save(joined, deterministic_id=True)
    return joined.getvalue()


def _written(folder: Path, number: int, page: str) -> Path:
    path = folder / f"{number}.svg"
    path.write_text(page, encoding="utf-8")
    return path


def _timeless(document: bytes) -> bytes:
    """Return the PDF with a fixed date and identifier of the same lengths, so that offsets still hold."""
    document = _CHECKSUM.sub(rb"\g<1>" + b"0" * 32, document)
    zeros = _ID.sub(lambda found: re.sub(rb"[0-9A-Fa-f](?=[0-9A-Fa-f]*>)", b"0", found[0]), document)
    return _DATE.sub(_FIXED_DATE, zeros)


_PRINTERS: dict[str, Callable[[list[str], str, Path], bytes]] = {
    "cairo": _cairo,
    "chromium": _chromium,
    "libreoffice": _libreoffice,
}
PRODUCERS = ("reportlab", *_PRINTERS)
