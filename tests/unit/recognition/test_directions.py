"""Words of both directions in one line."""

from __future__ import annotations

from verifier.recognition.directions import in_logical_order, in_reading_order
from verifier.recognition.tesseract_crops import Word


def line(*words: str) -> list[Word]:
    """Return words that stand side by side from left to right."""
    return [Word(text, 0.9, 100.0 * place, 100.0 * place + 80) for place, text in enumerate(words)]


def texts(*words: str) -> list[str]:
    """Return what is read, in order."""
    return [word.text for word in in_reading_order(line(*words))]


def test_lines_from_left_to_right_stay() -> None:
    words = line("г.", "Алматы")
    assert in_reading_order(words) == words


def test_a_run_against_the_line_is_turned_round_and_is_one_word() -> None:
    assert texts("Contact:", "الحربي", "فيصل", "Tel:", "+966") == ["Contact:", "فيصل الحربي", "Tel:", "+966"]
    turned = in_reading_order(line("Contact:", "الحربي", "فيصل"))[1]
    assert (turned.left, turned.right) == (100.0, 280.0)


def test_a_line_between_words_from_right_to_left_runs_so_as_a_whole() -> None:
    assert texts("الرياض", "Najd", "LLC", "شركة") == ["شركة Najd LLC الرياض"]


def test_marks_of_direction_are_left_out() -> None:
    assert texts("\u200eIraq\u200f", "-", "\u200fالعراق\u200e") == ["Iraq", "-", "العراق"]


def test_characters_from_left_to_right_are_turned_but_for_numbers() -> None:
    assert in_logical_order("دادغب") == "بغداد"
    assert in_logical_order("12عراش") == "شارع12"
    assert in_logical_order("+966") == "+966"
