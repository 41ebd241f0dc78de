"""What a reading engine is: small protocols, and what engines give back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from verifier.page import Pixels


@dataclass(frozen=True, slots=True, eq=False)
class DetectedText:
    """A rotated rectangle around one run of text.

    `corners` has shape (4, 2), float64, pixels of the image given, clockwise from the corner that is
    top-left when the text stands upright. `score` is the mean text probability inside.
    """

    corners: NDArray[np.float64]
    score: float


@dataclass(frozen=True, slots=True)
class RecognisedText:
    """The text of one crop.

    `edges` are the len(text) + 1 borders between its characters as fractions of the crop's width;
    `confidence` is the smallest of `character_confidences` (spaces apart), 0.0 where nothing was read.
    """

    text: str
    confidence: float
    edges: tuple[float, ...]
    character_confidences: tuple[float, ...]
    centres: tuple[float, ...] = ()
    """Middles of the characters, as fractions of the crop's width; empty where an engine gives only borders."""

    @property
    def mean_confidence(self) -> float:
        """How sure the engine is of the text's characters on the whole; 0.0 where nothing was read."""
        return sum(self.character_confidences) / max(len(self.character_confidences), 1)


class TextDetector(Protocol):
    """Finds runs of text on a page."""

    def detect(self, image: Pixels) -> tuple[DetectedText, ...]:
        """Return the runs of text, in no particular order."""
        ...

    def detect_within(self, image: Pixels, zone: tuple[int, int, int, int]) -> tuple[DetectedText, ...]:
        """Return the runs of text in a part of an image (left, top, right, bottom), seen closer; in its pixels."""
        ...


class TextRecogniser(Protocol):
    """Reads crops that hold one line of upright text each."""

    def recognise(self, crops: Sequence[Pixels], *, width_scale: float = 1.0) -> tuple[RecognisedText, ...]:
        """Return one result per crop, in their order; `width_scale` < 1 squeezes crops to read faster."""
        ...


class SecondReader(Protocol):
    """An engine independent of the first one."""

    @property
    def version(self) -> str:
        """Engine and version."""
        ...

    def read_vins(self, crops: Sequence[Pixels]) -> tuple[RecognisedText, ...]:
        """Return what stands in each crop, seen as capital letters and digits."""
        ...

    def read_lines(self, crops: Sequence[Pixels], language: str) -> tuple[RecognisedText, ...]:
        """Return what stands in each crop, read with a language's data ("rus", "rus+kaz", "ara")."""
        ...
