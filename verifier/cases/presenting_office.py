"""Use-case: what an administrator looks at before changing what the office knows. Read only."""

from __future__ import annotations

import io
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import Image

from verifier.cases.presenting_registry import current_registry
from verifier.errors import InvalidInputError, NotFoundError
from verifier.inputs import check_table
from verifier.record import Registry, Specimen
from verifier.seals.specimens import check_specimen
from verifier.store.database import Database

MOST_PROBLEMS = 200
"""Lines of an import that are shown; whoever sees so many mends the file first."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do: rows that can be used, and what is wrong with the others."""

    name: str
    usable: int
    problems: tuple[str, ...]
    more: int = 0
    """Problems beyond those shown."""

    @property
    def is_good(self) -> bool:
        """Whether it can be imported as it is."""
        return self.usable > 0 and not self.problems


def preview(name: str, content: bytes) -> Preview:
    """Return what importing a CSV as `name` (records, makers, announcements, ccc) would do."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.csv"
        path.write_bytes(content)
        try:
            usable, problems = check_table(path, name)
        except InvalidInputError as error:
            usable, problems = 0, (error.detail,)
    return Preview(name, usable, problems[:MOST_PROBLEMS], max(len(problems) - MOST_PROBLEMS, 0))


@dataclass(frozen=True, slots=True)
class RegisteredSeal:
    """A registered impression and how well it can be compared with."""

    specimen: Specimen
    problems: tuple[str, ...]
    """Codes of `seals.specimens.check_specimen`; empty where it is good."""


def registered_seals(database: Database, after: int, limit: int) -> tuple[Registry, tuple[RegisteredSeal, ...]]:
    """Return the office's registry, and up to `limit` of its impressions by maker, behind the first `after`."""
    registry = current_registry(database)
    ordered = sorted(registry.specimens, key=lambda one: (one.manufacturer, one.status != "active", one.sha256))
    return registry, tuple(
        RegisteredSeal(one, _quality(_Impression(one.sha256, one))) for one in ordered[after : after + limit]
    )


def impression_picture(database: Database, sha256: str, side: int) -> bytes:
    """Return a registered impression as PNG, at most `side` pixels wide and high; raises NotFoundError."""
    for one in current_registry(database).specimens:
        if one.sha256 == sha256:
            written = io.BytesIO()
            picture = Image.fromarray(one.pixels)
            picture.thumbnail((side, side))
            picture.save(written, "PNG")
            return written.getvalue()
    raise NotFoundError("impression")


@dataclass(frozen=True, slots=True)
class _Impression:
    """An impression by its digest: its quality is found once."""

    sha256: str
    specimen: Specimen

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Impression) and other.sha256 == self.sha256

    def __hash__(self) -> int:
        return hash(self.sha256)


@lru_cache(maxsize=4096)
def _quality(impression: _Impression) -> tuple[str, ...]:
    return check_specimen(impression.specimen.pixels, impression.specimen.dpi)
