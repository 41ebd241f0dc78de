"""The licence of every package that is delivered, from its own metadata, held against a list of those that may be.

Run: make licences
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).parents[2]
DELIVERED = ("requirements.txt", "requirements-bf16.txt", "requirements-cluster.txt")
ALLOWED = (
    "0bsd", "apache", "bsd", "cc0-1.0", "isc", "lgpl", "mit", "mozilla public license 2.0", "mpl-2.0", "psf-2.0",
    "python software foundation", "unlicense", "zlib", "hpnd",
)  # fmt: skip
"""How permissible licences begin, in small letters. LGPL packages are linked as they come, unchanged."""
_PINNED = re.compile(r"^([A-Za-z0-9][A-Za-z0-9_.-]*)(?:\[.*?\])?==([^\s;\\]+)", re.MULTILINE)
_JOINED = re.compile(r"\s+(?:AND|OR|WITH)\s+|\s*,\s*|[()]")
_SAYS_NOTHING = {"osi approved", "dependency licenses", ""}


@dataclass(frozen=True, slots=True)
class Licensed:
    """A package, its version, and what its metadata says of its licence: one text a licence."""

    name: str
    version: str
    licences: tuple[str, ...]

    @property
    def is_allowed(self) -> bool:
        """Whether it states a licence and all that it states may be; GPL and AGPL may not."""
        stated = [licence.lower().removeprefix("gnu library or lesser ") for licence in self.licences]
        return bool(stated) and all(_may_be(licence) for licence in stated)


def _may_be(licence: str) -> bool:
    return licence.startswith(ALLOWED) or "(lgpl)" in licence or licence.startswith("3-clause bsd")


def pinned(file: Path) -> tuple[tuple[str, str], ...]:
    """Return (name, version) of every package that a requirements file pins."""
    return tuple(_PINNED.findall(file.read_text(encoding="utf-8")))


def delivered() -> Iterator[Licensed]:
    """Yield every delivered package that is installed here; what is not installed is named without licences."""
    for name, version in sorted({one for file in DELIVERED if (ROOT / file).exists() for one in pinned(ROOT / file)}):
        yield Licensed(name, version, _licences(name))


def _licences(name: str) -> tuple[str, ...]:
    try:
        about = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return ()
    classifiers = [
        text.rpartition("::")[2].strip() for text in about.get_all("Classifier") or () if "License ::" in text
    ]
    stated = about.get("License-Expression") or (about.get("License") or "").partition("\n")[0]
    texts = _JOINED.split(stated) if len(stated) < 60 and stated else classifiers
    return tuple(text.strip() for text in texts if text.strip().lower() not in _SAYS_NOTHING)


def main() -> int:
    """Print every package with its licence; return 1 where one may not be delivered."""
    packages = list(delivered())
    for one in packages:
        mark = " " if one.is_allowed else "×"
        sys.stdout.write(f"{mark} {one.name:<32} {one.version:<14} {'; '.join(one.licences) or 'states none'}\n")
    return 0 if all(one.is_allowed for one in packages) else 1


if __name__ == "__main__":
    sys.exit(main())
