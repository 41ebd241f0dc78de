"""What trains the comparator is still cut by the verifier's own code: one seal, two forgeries, their labels."""

import numpy as np

from models.training.tiles import Pen, pairs_of_one_seal


def test_a_drawn_seal_gives_pairs_as_the_comparator_takes_them():
    characters = tuple("汽车有限公司中国东方重庆")
    pen = Pen(characters, characters, {"车": ("东",), "中": ("申",), "公": ("分",), "司": ("同",)})
    pairs, differ = pairs_of_one_seal(np.random.default_rng(3), pen, phones=0.0)
    assert pairs.shape == (len(differ), 4, 64, 64)
    assert pairs.dtype == np.float32
    assert len(differ) % 3 == 0
    assert not differ[: len(differ) // 3].any()
    assert differ.any()
