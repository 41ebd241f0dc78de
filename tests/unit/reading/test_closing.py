"""Lines beside a seal are looked at closer, and only what the closer look saw whole takes another's place."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from verifier.reading.closing import closing_zones, doubtful_zones, is_doubtful, looked_closer, settled
from verifier.reading.lines import SeenLine
from verifier.recognition.engine import DetectedText, RecognisedText

DPI = 200
PAGE = np.full((2339, 1654, 3), 250, np.uint8)


def run(x0: float, y0: float, x1: float, y1: float) -> DetectedText:
    return DetectedText(np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], float), 0.7)


class Closer:
    """A detector that sees given runs when it looks closer."""

    def __init__(self, *runs: DetectedText) -> None:
        self.runs = runs

    def detect(self, image: np.ndarray) -> tuple[DetectedText, ...]:
        raise AssertionError("the page was looked at already")

    def detect_within(self, image: np.ndarray, zone: tuple[int, int, int, int]) -> tuple[DetectedText, ...]:
        return self.runs


ZONE = (600, 1500, 1600, 1900)
NAME, PART, DATE = run(800, 1600, 1300, 1640), run(1000, 1600, 1300, 1640), run(900, 1650, 1200, 1690)


def test_a_round_seal_has_a_zone_and_a_red_headline_has_none() -> None:
    page = PAGE.copy()
    cv2.circle(page, (1200, 1700), 155, (214, 40, 44), 9)
    cv2.rectangle(page, (300, 150), (1350, 230), (214, 40, 44), -1)
    ((x0, y0, x1, y1),) = closing_zones(page, DPI)
    assert x0 < 1200 - 155 - 300
    assert x1 == PAGE.shape[1]
    assert 1400 < y0 < 1700 - 155
    assert 1700 + 155 < y1 < 2000


@pytest.mark.parametrize("ink", [(30, 30, 30), (40, 60, 190)])
def test_other_ink_has_no_zone(ink: tuple[int, int, int]) -> None:
    page = PAGE.copy()
    cv2.circle(page, (1200, 1700), 155, ink, 9)
    assert closing_zones(page, DPI) == ()


def test_a_broken_line_gives_way_to_the_whole_one_and_its_neighbour_stays() -> None:
    kept, fresh = looked_closer([PART, DATE], [ZONE], PAGE, Closer(NAME))
    assert kept == [1]
    assert fresh == [NAME]


def test_a_line_that_was_missed_is_added() -> None:
    kept, fresh = looked_closer([DATE], [ZONE], PAGE, Closer(NAME))
    assert (kept, fresh) == ([0], [NAME])


def test_a_line_of_which_only_a_part_was_seen_closer_stays() -> None:
    assert looked_closer([NAME], [ZONE], PAGE, Closer(PART)) == ([0], [])
    assert looked_closer([NAME], [ZONE], PAGE, Closer(PART, run(800, 1600, 990, 1640)))[0] == []


def test_what_both_looks_saw_stays_as_read() -> None:
    assert looked_closer([NAME, DATE], [ZONE], PAGE, Closer(run(802, 1601, 1299, 1640))) == ([0, 1], [])


def test_a_run_that_the_zone_cuts_takes_no_place() -> None:
    across = run(400, 1600, 1000, 1640)
    assert looked_closer([across], [ZONE], PAGE, Closer(run(600, 1600, 1000, 1640))) == ([0], [])
    assert looked_closer([across], [ZONE], PAGE, Closer(run(640, 1600, 1000, 1640))) == ([0], [])


def read(text: str, confidence: float) -> RecognisedText:
    edges = tuple(np.linspace(0, 1, len(text) + 1))
    return RecognisedText(text, confidence, edges, (confidence,) * len(text))


def line(text: str, confidence: float) -> SeenLine:
    return SeenLine((800, 1600, 1300, 1640), PAGE[:40, :500], read(text, confidence))


@pytest.mark.parametrize(
    ("first", "other", "kept"),
    [
        (("汽车有限公司", 0.83), ("渤腾汽车有限公司", 0.7), "渤腾汽车有限公司"),
        (("汽车有限公司", 0.83), ("渤濤汽车有限公司", 0.4), "汽车有限公司"),
        (("渤腾汽东有限公司", 0.5), ("渤腾汽车有限公司", 0.9), "渤腾汽车有限公司"),
        (("渤腾汽车有限公司", 0.9), ("渤腾汽车有限", 0.95), "渤腾汽车有限公司"),
        (("渤腾汽车有限公司", 0.5), ("渤腾汽车有限", 0.95), "渤腾汽车有限"),
    ],
)
def test_the_reading_that_lost_less_is_kept(first: tuple[str, float], other: tuple[str, float], kept: str) -> None:
    assert settled(line(*first), read(*other)).read.text == kept


def test_only_unsure_lines_of_a_zone_are_doubtful() -> None:
    assert is_doubtful(line("汽车有限公司", 0.83), [ZONE])
    assert not is_doubtful(line("汽车有限公司", 0.99), [ZONE])
    assert not is_doubtful(line("汽车有限公司", 0.83), [(0, 0, 500, 500)])


@pytest.mark.parametrize(
    ("lines", "doubtful"),
    [
        ([("渤腾汽车有限公司", 0.99), ("2026年2月28日", 0.97)], False),
        ([("渤腾汽车有限公司", 0.99)], True),
        ([("渤腾汽车有限公司", 0.99), ("2026年2月28日", 0.9)], True),
    ],
)
def test_a_zone_with_two_sure_lines_needs_no_closer_look(lines: list[tuple[str, float]], doubtful: bool) -> None:
    assert doubtful_zones([ZONE], [line(*one) for one in lines]) == ((ZONE,) if doubtful else ())
