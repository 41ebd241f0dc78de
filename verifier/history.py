"""What other documents of the run or archive say: the few traces that comparisons across files need."""

from __future__ import annotations

from dataclasses import dataclass, field

from verifier.examination import Examination, Seal
from verifier.formats.names import normalise_name
from verifier.letter import Kind

SEALED_KINDS = frozenset({Kind.CONFIRMATION_LETTER, Kind.MODIFICATION_PROOF})
"""Papers that a company seals for one set of vehicles: its ink belongs to that paper alone."""


@dataclass(frozen=True, slots=True)
class Trace:
    """One document as other documents see it. Values are normalised; missing ones are None or empty."""

    sha256: str
    part_index: int
    name: str
    content: str
    """Digest of what it claims (number, issuer, VINs, countries): equal content is the same letter again."""
    number: str | None
    issuer: str | None
    vins: frozenset[str]
    countries: frozenset[str]
    applications: frozenset[str]
    page_pictures: frozenset[str]
    """`Page.pixels_sha256` of its pages."""
    inks: tuple[bytes, ...] = ()
    """Normalised ink of its official seals (`Seal.ink`)."""
    kind: str = "confirmation_letter"
    """Numbers and vehicles are compared among papers of one kind: a letter and a proof of one vehicle agree."""

    @property
    def key(self) -> tuple[str, int]:
        """What tells documents apart: their file, and which part of it they are."""
        return self.sha256, self.part_index


@dataclass(frozen=True, slots=True)
class History:
    """Traces of every other document, indexed by what may be reused."""

    traces: tuple[Trace, ...] = ()
    by_number: dict[str, tuple[int, ...]] = field(default_factory=dict)
    by_vin: dict[str, tuple[int, ...]] = field(default_factory=dict)
    by_picture: dict[str, tuple[int, ...]] = field(default_factory=dict)
    ink_hits: dict[tuple[str, int], tuple[int, ...]] = field(default_factory=dict)
    """By a document's `key`: the traces whose seals carry the very same ink pixels (found beforehand)."""

    @classmethod
    def of(cls, traces: tuple[Trace, ...], ink_hits: dict[tuple[str, int], tuple[int, ...]] | None = None) -> History:
        """Return the index over `traces`; `ink_hits` as described at the field."""
        by_number: dict[str, list[int]] = {}
        by_vin: dict[str, list[int]] = {}
        by_picture: dict[str, list[int]] = {}
        for index, trace in enumerate(traces):
            if trace.number:
                by_number.setdefault(trace.number, []).append(index)
            for vin in trace.vins:
                by_vin.setdefault(vin, []).append(index)
            for picture in trace.page_pictures:
                by_picture.setdefault(picture, []).append(index)
        return cls(
            traces,
            {key: tuple(value) for key, value in by_number.items()},
            {key: tuple(value) for key, value in by_vin.items()},
            {key: tuple(value) for key, value in by_picture.items()},
            ink_hits or {},
        )


def ink_names(seen: Examination, seal: Seal, issuer: str) -> frozenset[str]:
    """Return the names under which a seal is looked for: the paper's issuer, and what the seal itself reads."""
    if seen.letter.kind not in SEALED_KINDS or not seal.ink:
        return frozenset()
    return frozenset({issuer, normalise_name(seal.text)} if seal.text else {issuer})
