"""Pictures of what failed: the page as it was read, with the boxes of the checks that flagged it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import cv2
import numpy as np

from verifier.evaluation.run import Evaluation
from verifier.examination import Examination
from verifier.page import Page, Pixels
from verifier.reading.upright import upright_picture
from verifier.report import Outcome, Report
from verifier.sandbox import Sandbox

PICTURE_HEIGHT = 1400
MOST_PICTURES = 40
COLOURS = {Outcome.FAIL: (200, 30, 30), Outcome.UNSURE: (230, 140, 0)}
"""RGB of the boxes, by outcome."""


def draw_failures(evaluation: Evaluation, folder: Path, out: Path, figures: Iterable[str]) -> tuple[Path, ...]:
    """Write a picture of a page of every document that failed one of `figures`; return their paths.

    `folder` holds the letters; `out` is made where it does not exist. Letters kept aside are not shown.
    """
    failed = {trial.example.split(": ", 1)[0] for figure in figures for trial in evaluation.failures(figure)}
    out.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    with Sandbox() as sandbox:
        for truth, report, seen in zip(evaluation.truths, evaluation.reports, evaluation.seen, strict=True):
            wanted = truth.file in failed and not truth.kept_aside
            if wanted and seen is not None and len(written) < MOST_PICTURES:
                page = _flagged_page(report, seen)
                opened = sandbox.open((folder / truth.file).read_bytes())
                picture = _marked(upright_picture(opened.pages[page.number - 1].pixels, page), report, page.number)
                part = f"-{truth.part}" if truth.part > 1 else ""
                path = out / f"{Path(truth.file).stem}{part}.jpg"
                cv2.imwrite(str(path), cv2.cvtColor(picture, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, 70])
                written.append(path)
    return tuple(written)


def _flagged_page(report: Report, seen: Examination) -> Page:
    """Return the first page of this document that a flagging check points to, its first one where none does."""
    pages = {page.number: page for page in seen.pages}
    pointed = (e.page for check in report.checks if check.outcome in COLOURS for e in check.evidence if e.box)
    return next((pages[number] for number in pointed if number in pages), seen.pages[0])


def _marked(pixels: Pixels, report: Report, number: int) -> Pixels:
    scale = PICTURE_HEIGHT / pixels.shape[0]
    picture = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    for check in report.checks:
        if check.outcome in COLOURS:
            for box in (one.box for one in check.evidence if one.page == number and one.box):
                x0, y0, x1, y1 = box.to_pixels(width=picture.shape[1], height=picture.shape[0])
                cv2.rectangle(picture, (x0, y0), (x1, y1), COLOURS[check.outcome], 2)
                cv2.putText(picture, check.id, (x0, y0 - 4), cv2.FONT_HERSHEY_SIMPLEX, 0.45, COLOURS[check.outcome], 1)
    return np.asarray(picture, np.uint8)
