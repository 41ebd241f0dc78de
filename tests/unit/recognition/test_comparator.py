"""The comparator's model: the measured file or an error, one logit a pair, none for none."""

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from tests.benchmarks.seals_art import PRINT_FACE
from verifier.errors import MissingEngineError
from verifier.recognition.comparator import MODEL, comparator_version, load_comparator
from verifier.seals.likeness import DIFFERENT_LOGIT, SAME_LOGIT
from verifier.settings import models_folder


def tile(character):
    picture = Image.new("L", (64, 64))
    font = ImageFont.truetype(PRINT_FACE[0], 54, index=PRINT_FACE[1])
    ImageDraw.Draw(picture).text((32, 32), character, font=font, fill=255, anchor="mm")
    return cv2.GaussianBlur(np.asarray(picture, np.float32) / 255, (0, 0), 1.0)


def test_the_same_character_is_the_same_and_a_look_alike_is_not():
    own, nothing = tile("辰"), np.zeros((64, 64), np.float32)
    pairs = np.stack([np.stack([own, other, nothing, other - own]) for other in (own, tile("晨"), tile("展"))])
    same, one, two = load_comparator(models_folder()).compare(pairs)
    assert same < SAME_LOGIT
    assert min(one, two) > DIFFERENT_LOGIT


def test_no_pairs_no_logits():
    assert load_comparator(models_folder()).compare(np.zeros((0, 4, 64, 64), np.float32)).shape == (0,)


def test_another_file_or_none_is_refused(tmp_path):
    with pytest.raises(MissingEngineError, match="missing"):
        comparator_version(tmp_path)
    (tmp_path / MODEL).write_bytes(b"another")
    with pytest.raises(MissingEngineError, match="not the measured one"):
        load_comparator(tmp_path)
