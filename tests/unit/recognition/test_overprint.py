"""The overprint reader's model: the measured file or an error, and better than the first reader at what it is for."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from verifier.errors import MissingEngineError
from verifier.page import Pixels
from verifier.recognition.overprint import MODEL, load_overprint_reader, overprint_version
from verifier.recognition.ppocr import load_ppocr
from verifier.settings import models_folder

WENKAI = "/usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf"
"""A face that training never saw."""
LINES = (
    "川南凯越商用车有限公司", "安平三江汽车有限公司", "广和汽车工业股份有限公司", "福清启明汽车工业有限公司",
    "2026年2月20日", "二〇二六年三月十二日",
)  # fmt: skip


def signed(text: str, seed: int) -> Pixels:
    """Return a line of print that a pen crosses."""
    rng = np.random.default_rng(seed)
    image = Image.new("L", (44 * len(text) + 40, 60), 250)
    ImageDraw.Draw(image).text((20, 8), text, font=ImageFont.truetype(WENKAI, 40), fill=30)
    pixels = np.asarray(image).copy()
    points = np.stack([np.linspace(40, 260, 9) + rng.normal(0, 12, 9), 30 + rng.normal(0, 26, 9)], 1)
    curve = cv2.resize(points.astype(np.float32), (2, 120), interpolation=cv2.INTER_CUBIC)
    cv2.polylines(pixels, [np.round(curve).astype(np.int32)], False, 35.0, 4, cv2.LINE_AA)
    return np.repeat(cv2.GaussianBlur(pixels, (0, 0), 0.7)[:, :, None], 3, axis=2).astype(np.uint8)


def test_it_reads_more_crossed_lines_than_the_first_reader() -> None:
    wanted = [text for text in LINES for _ in range(4)]
    crops = [signed(text, seed) for seed, text in enumerate(wanted)]
    readers = (load_ppocr().recogniser, load_overprint_reader(models_folder()))
    first, second = (
        sum(read.text == text for read, text in zip(reader.recognise(crops), wanted, strict=True)) for reader in readers
    )
    assert second >= first + len(wanted) // 6
    assert second >= 0.7 * len(wanted)


def test_another_file_or_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MissingEngineError, match="missing"):
        overprint_version(tmp_path)
    (tmp_path / MODEL).write_bytes(b"another")
    with pytest.raises(MissingEngineError, match="not the measured one"):
        load_overprint_reader(tmp_path)
