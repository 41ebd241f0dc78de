"""What a user would write instead of a verifier: an engine's text, plain expressions, matchTemplate for the seal.

Run: python -m tests.benchmarks.scripts NAME FOLDER; a letter's path a line on stdin, a JSON object a line on stdout.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import partial
from pathlib import Path

import cv2
import numpy as np
import pypdfium2
from babel import Locale
from PIL import Image, ImageSequence

from tests.benchmarks.reading_engines import PAGE_INCHES, ocrmypdf, pytesseract, rapidocr
from tests.benchmarks.side_by_side import serve
from tests.proofs.harness import JUDGED_ON, known_of
from verifier.history import History
from verifier.record import Records, Registry, Specimen
from verifier.report import Verdict

DRAWN_DPI = 200
SAME_SEAL = 0.8
"""The threshold of OpenCV's own tutorial on template matching."""
VIN = re.compile(r"(?<![A-Z0-9])[A-HJ-NPR-Z0-9]{17}(?![A-Z0-9])")
DATE = re.compile(r"(20\d\d)\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})")
NUMBER = re.compile(r"(?:编\s*号|文\s*号|No\.|Ref\.?)\s*[:：]?\s*([^\s,，;；]{4,40})")
PHONE = re.compile(r"\+?\d[\d ()-]{7,18}\d")
LANGUAGES = ("zh", "en")
HOME = "CN"
"""Every letter names the country it comes from."""


@dataclass(frozen=True, slots=True)
class Claims:
    """What a program says of one letter."""

    vins: tuple[str, ...]
    country: str | None
    number: str | None
    issued_on: str | None
    phones: tuple[str, ...]
    accepted: bool
    """Whether it takes the letter for genuine, seal and all."""
    accepted_unsealed: bool
    """The same without its seal step; ours has none without."""
    seal_seconds: float = 0.0
    """CPU seconds of the seal step; ours does not part it."""
    line_px: float = 0.0
    """Length of the text lines in pixels, at a line height of 48; ours only."""


def pages_of(path: Path) -> list[Image.Image]:
    """Return a file's pages as pictures that state their resolution."""
    if path.suffix == ".pdf":
        with pypdfium2.PdfDocument(path) as document:
            pages = [page.render(scale=DRAWN_DPI / 72).to_pil() for page in document]
        for page in pages:
            page.info["dpi"] = (DRAWN_DPI, DRAWN_DPI)
        return pages
    with Image.open(path) as file:
        pages = [frame.copy() for frame in ImageSequence.Iterator(file)]
    for page in pages:
        page.info.setdefault("dpi", (page.width / PAGE_INCHES,) * 2)
    return pages


# --- plain expressions ------------------------------------------------------------------------------------


def country_names() -> dict[str, str]:
    """Return Babel's names of countries without spaces, by name, longest first."""
    named = {
        _joined(name): code
        for language in LANGUAGES
        for code, name in Locale(language).territories.items()
        if len(code) == 2 and code.isalpha() and code != HOME
    }
    return dict(sorted(named.items(), key=lambda pair: -len(pair[0])))


def claims_in(text: str, countries: dict[str, str]) -> Claims:
    """Return what plain expressions find in a letter's text.

    >>> said = claims_in("编号：AB-001 致约旦: LSVAU2A37N2183294 电话 +962 6 551 0000，2026年3月9日", country_names())
    >>> said.vins, said.country, said.number, said.issued_on, said.phones
    (('LSVAU2A37N2183294',), 'JO', 'AB-001', '2026-03-09', ('96265510000',))
    """
    joined = _joined(text)
    dates = [_iso(*map(int, found)) for found in DATE.findall(text)]
    number = NUMBER.search(text)
    return Claims(
        vins=tuple(dict.fromkeys(VIN.findall(text))),
        country=next((code for name, code in countries.items() if name in joined), None),
        number=number.group(1) if number else None,
        issued_on=next((one for one in reversed(dates) if one), None),
        phones=tuple(digits_of(found) for found in PHONE.findall(text)),
        accepted=False,
        accepted_unsealed=False,
    )


def _joined(text: str) -> str:
    return "".join(text.split())


def digits_of(phone: str) -> str:
    """Return a telephone number as it is compared."""
    return "".join(c for c in phone if c.isdigit())


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def agrees(claims: Claims, records: Records) -> bool:
    """Return whether every VIN is on record with the country, and the letter is of before it was received."""
    found = [record for vin in claims.vins for record in records.of_vin(vin)]
    issued = date.fromisoformat(claims.issued_on) if claims.issued_on else None
    return (
        bool(claims.vins)
        and issued is not None
        and {record.vin for record in found} == set(claims.vins)
        and all(record.export_country == claims.country for record in found)
        and all(issued <= (record.received_on or JUDGED_ON) for record in found)
    )


def has_seal(pages: Sequence[Image.Image], specimens: Sequence[Specimen]) -> bool:
    """Return whether a registered impression, at the page's resolution, is found by plain template matching."""
    for page in pages:
        grey, dpi = np.asarray(page.convert("L")), float(page.info["dpi"][0])
        for specimen in specimens:
            scale = dpi / specimen.dpi
            template = cv2.resize(cv2.cvtColor(specimen.pixels, cv2.COLOR_RGB2GRAY), None, fx=scale, fy=scale)
            if template.shape[0] > grey.shape[0] or template.shape[1] > grey.shape[1]:
                continue
            if cv2.matchTemplate(grey, template, cv2.TM_CCOEFF_NORMED).max() >= SAME_SEAL:
                return True
    return False


# --- programs ---------------------------------------------------------------------------------------------


def script(read: Callable[[Path, Sequence[Image.Image]], str], folder: Path) -> Callable[[Path], object]:
    """Return a script over a reader: text, expressions, records, then the seal of the maker that the text names."""
    cv2.setNumThreads(1)
    records, registry = known_of(folder)
    countries = country_names()

    def answer(path: Path) -> object:
        pages = pages_of(path)
        text = read(path, pages)
        claims = claims_in(text, countries)
        began = time.process_time()
        sealed = has_seal(pages, _specimens_named(_joined(text), registry))
        taken = time.process_time() - began
        agreed = agrees(claims, records)
        return asdict(claims) | {
            "accepted": agreed and sealed, "accepted_unsealed": agreed, "seal_seconds": taken,
        }  # fmt: skip

    return answer


def _specimens_named(text: str, registry: Registry) -> list[Specimen]:
    return [specimen for specimen in registry.specimens if _joined(specimen.manufacturer) in text]


def _read_pictures(read: Callable[[Image.Image], str], _path: Path, pages: Sequence[Image.Image]) -> str:
    return "\n".join(read(page) for page in pages)


def _read_file(read: Callable[[Path], str], path: Path, _pages: Sequence[Image.Image]) -> str:
    return read(path)


def ours(folder: Path) -> Callable[[Path], object]:
    """Return the whole verifier: sandbox, reading, extraction, seals, tampering, rules."""
    from verifier.assembly import build_verifier
    from verifier.sandbox import Sandbox

    records, registry = known_of(folder)
    verifier = build_verifier(registry, Sandbox(), threads=1)

    def answer(path: Path) -> object:
        (seen, *others) = verifier.examine(path.read_bytes())
        reports = [verifier.judge(one, records, History(), JUDGED_ON, name=path.name) for one in (seen, *others)]
        letter = seen.letter
        accepted = all(report.verdict is Verdict.VERIFIED for report in reports)
        sizes = [
            (line.box.x1 - line.box.x0) * page.width_mm / ((line.box.y1 - line.box.y0) * page.height_mm)
            for page in seen.pages
            for line in page.lines
        ]
        return asdict(
            Claims(
                vins=tuple(vehicle.vin.value for vehicle in letter.vehicles),
                country=letter.export_country.value if letter.export_country else None,
                number=letter.number.value if letter.number else None,
                issued_on=letter.issued_on.value if letter.issued_on else None,
                phones=tuple(digits_of(outlet.phone.value) for outlet in letter.outlets if outlet.phone),
                accepted=accepted,
                accepted_unsealed=accepted,
                line_px=48 * sum(sizes),
            )
        )

    return answer


PROGRAMS: dict[str, Callable[[Path], Callable[[Path], object]]] = {
    "ours": ours,
    "rapidocr": lambda folder: script(partial(_read_pictures, rapidocr("onnxruntime")(1)), folder),
    "rapidocr openvino": lambda folder: script(partial(_read_pictures, rapidocr("openvino")(1)), folder),
    "pytesseract": lambda folder: script(partial(_read_pictures, pytesseract(1)), folder),
    "ocrmypdf": lambda folder: script(partial(_read_file, ocrmypdf(1)), folder),
}


if __name__ == "__main__":
    sys.exit(serve(PROGRAMS[sys.argv[1]](Path(sys.argv[2]))))
