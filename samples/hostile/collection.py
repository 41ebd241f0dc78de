"""The three sets, gathered from the modules that make them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from samples.hostile import (
    edges,
    honest_pdfs,
    honest_pictures,
    others,
    pdf_content,
    pdf_faces,
    pdf_structure,
    pictures,
)


@dataclass(frozen=True, slots=True)
class Sample:
    """A file: what is odd about it, how it is made, and the code it must be refused with (None: any, or opened)."""

    name: str
    make: Callable[[], bytes]
    code: str | None = None


def hostile_files() -> Iterator[Sample]:
    """Yield every hostile file, in the same order each time."""
    for module in (pdf_structure, pdf_content, pdf_faces, pictures, others):
        kind = module.__name__.rpartition(".")[2]
        for name, make in module.FILES.items():
            yield Sample(f"{kind}/{name}", make)


def edge_files() -> Iterator[Sample]:
    """Yield for each limit a file just within it, named `… within`, and one just beyond it with its code."""
    for limit, edge in edges.EDGES.items():
        yield Sample(f"{limit} within", edge.within, "")
        yield Sample(f"{limit} beyond", edge.beyond, edge.code)


def honest_files() -> Iterator[Sample]:
    """Yield the odd files that a person would read without noticing anything."""
    for module in (honest_pdfs, honest_pictures):
        for name, make in module.files():
            yield Sample(name, make, "")
