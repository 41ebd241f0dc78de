"""Labels of proofs of modification, put together from words for a product and words for what is said of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import TypedDict


class ProductWords(TypedDict):
    """The table `product_labels` of labels.toml."""

    patterns: list[str]
    product: dict[str, list[str]]
    said: dict[str, list[str]]
    when: dict[str, list[str]]


def field_labels(words: ProductWords, fields: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
    """Yield (label, field) of all labels; those of the table `fields`, written out, come last and win."""
    yield from _product_labels(words)
    for name, labels in fields.items():
        yield from ((label, name) for label in labels)


def _product_labels(words: ProductWords) -> Iterator[tuple[str, str]]:
    """Yield (label, field) of every combination: ("底盘商标", "chassis_brand"); what is said alone is of any vehicle.

    Chinese words join without white, Latin ones with it; scripts are not mixed within a label.
    """
    for part, said_alone in words["said"].items():
        yield from ((word, part) for word in said_alone)
    for role, part in product(words["product"], words["said"]):
        for pattern, said in product(words["patterns"], words["said"][part]):
            for word in (words["when"] if "{when}" in pattern else words["product"])[role]:
                if word.isascii() == said.isascii() == (" " in pattern):
                    yield pattern.format(product=word, when=word, said=said), f"{role}_{part}"
