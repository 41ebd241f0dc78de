"""The recogniser runs its model on lines of one width one after the other, and answers in the order it was asked."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from verifier.recognition.ppocr import LINE_HEIGHT, PpOcrRecogniser, padded_width

ALPHABET = tuple("abcdefgh")


class Darkness:
    """A model that says which of `ALPHABET` a crop is: as many as its level; remembers the widths it ran on."""

    def __init__(self) -> None:
        self.widths: list[int] = []

    def __call__(self, batch: NDArray[np.float32]) -> NDArray[np.float32]:
        self.widths.append(batch.shape[3])
        answer = np.zeros((1, 4, len(ALPHABET) + 2), np.float32)
        answer[0, :, 0] = 0.6
        answer[0, 1, 0], answer[0, 1, 1 + round(float(batch[0, 0, 0, 0] + 1) * 127.5)] = 0.0, 0.9
        return answer


def crop(width: int, level: int) -> NDArray[np.uint8]:
    return np.full((LINE_HEIGHT, width, 3), level, np.uint8)


def test_lines_of_one_width_follow_one_another_and_answers_keep_their_order() -> None:
    model, widths = Darkness(), (100, 600, 97, 300, 598, 101)
    read = PpOcrRecogniser(model, ALPHABET).recognise([crop(width, level) for level, width in enumerate(widths)])
    assert [one.text for one in read] == list("abcdef")
    assert model.widths == sorted(padded_width(width) for width in widths)
    assert all(one.confidence == np.float32(0.9) for one in read)


def test_squeezed_lines_run_on_fewer_columns() -> None:
    model = Darkness()
    PpOcrRecogniser(model, ALPHABET).recognise([crop(600, 0)], width_scale=0.5)
    assert model.widths == [padded_width(300)]
