"""What was measured over the letters of the bench: cost a page, and what each program got right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.scripts import Claims, digits_of
from tests.benchmarks.side_by_side import Taken
from verifier.evaluation.figures import Rate
from verifier.evaluation.truth import Truth

OURS = "ours"
DENSE_PX = 15_000
"""A dense page has this much text line at a height of 48 px, as in samples/bench.toml."""
FIGURES = ("VIN exact", "country", "date", "number", "phone", "forged accepted", "genuine accepted")
UNSEALED = ("forged accepted, seal apart", "genuine accepted, seal apart")


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of the bench: its file, its truth, how many pages it has."""

    path: Path
    truth: Truth
    pages: int


@dataclass(frozen=True, slots=True)
class Bench:
    """What every program took for every letter, repeat by repeat, and what it said of it."""

    letters: tuple[Letter, ...]
    programs: tuple[str, ...]
    repeats: tuple[dict[str, dict[str, Taken]], ...]
    """By letter's file name, then by program."""

    def per_page(self, name: str, what: str = "cpu_seconds", *, dense: bool = False) -> list[float]:
        """Return seconds a page, one figure a repeat."""
        chosen = [letter for letter in self.letters if not dense or self.is_dense(letter)]
        pages = sum(letter.pages for letter in chosen)
        return [
            sum(_seconds(repeat[letter.path.name][name], what) for letter in chosen) / pages if pages else float("nan")
            for repeat in self.repeats
        ]

    def ratio(self, name: str, *, dense: bool = False) -> list[float]:
        """Return how many times more CPU than ours a program takes, one figure a repeat."""
        both = zip(self.per_page(name, dense=dense), self.per_page(OURS, dense=dense), strict=True)
        return [theirs / mine for theirs, mine in both]

    def is_dense(self, letter: Letter) -> bool:
        """Return whether a letter's pages hold at least `DENSE_PX` of text line each, as ours sees them."""
        return bool(self.repeats[0][letter.path.name][OURS].said["line_px"] >= DENSE_PX * letter.pages)

    def peak_mb(self, name: str) -> float:
        """Return the largest memory of a program."""
        return max(taken[name].peak_mb for repeat in self.repeats for taken in repeat.values())

    def claims(self, name: str) -> Iterator[tuple[Truth, Claims]]:
        """Yield the truth of each letter with what a program said of it."""
        for letter in self.letters:
            yield letter.truth, Claims(**self.repeats[0][letter.path.name][name].said)

    def rate(self, name: str, figure: str) -> Rate:
        """Return a program's rate of one of `FIGURES` or `UNSEALED`."""
        return Rate.of(
            right for truth, said in self.claims(name) for trial, right in trials(truth, said) if trial == figure
        )


def _seconds(taken: Taken, what: str) -> float:
    return float(taken.said[what]) if what == "seal_seconds" else float(getattr(taken, what))


def trials(truth: Truth, said: Claims) -> Iterator[tuple[str, bool]]:
    """Yield (figure, outcome) of everything that is counted on one letter."""
    fields = truth.fields
    yield from (("VIN exact", vehicle.vin in said.vins) for vehicle in fields.vehicles)
    if fields.export_country:
        yield "country", said.country == fields.export_country
    if fields.issued_on:
        yield "date", said.issued_on == fields.issued_on
    if fields.number:
        yield "number", said.number == fields.number
    yield from (("phone", digits_of(outlet.phone) in said.phones) for outlet in fields.outlets if outlet.phone)
    if not truth.genuine:
        yield from zip(("forged accepted", UNSEALED[0]), (said.accepted, said.accepted_unsealed), strict=True)
    elif truth.should_pass:
        yield from zip(("genuine accepted", UNSEALED[1]), (said.accepted, said.accepted_unsealed), strict=True)
