"""The papers that an office asks for with a modified vehicle: models/modification_checklist.toml, as data."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache

from verifier.errors import ConfigurationError
from verifier.examination import Examination
from verifier.formats.gazetteer import fold
from verifier.rules.catalogue import models_path

FILE = "modification_checklist.toml"
DEFAULT = "default"
TOP_LINES = 12
"""Lines of a paper among which it says what it is."""


@dataclass(frozen=True, slots=True)
class Item:
    """One paper that is asked for, and how a document is known as it."""

    id: str
    name: str
    name_zh: str
    kinds: frozenset[str]
    words: tuple[str, ...]

    def is_met_by(self, seen: Examination) -> bool:
        """Return whether a document is this paper."""
        if seen.letter.kind in self.kinds:
            return True
        lines = [fold(line.text) for page in seen.pages[:1] for line in page.lines[:TOP_LINES]]
        lines += [fold(seen.letter.title.text)] if seen.letter.title else []
        return any(word in line for word in self.words for line in lines)


@dataclass(frozen=True, slots=True)
class Checklist:
    """What one office asks for; while it is not confirmed, nothing fails by it."""

    items: tuple[Item, ...]
    confirmed: bool


@lru_cache(maxsize=8)
def checklist(office: str = DEFAULT) -> Checklist:
    """Return an office's checklist, the default one where it has none of its own.

    Raises ConfigurationError where the file is missing or broken.
    """
    try:
        offices = tomllib.loads(models_path(FILE).read_text(encoding="utf-8"))["offices"]
        table = offices.get(office) or offices[DEFAULT]
        items = tuple(
            Item(
                str(item["id"]),
                str(item["name"]),
                str(item["name_zh"]),
                frozenset(map(str, item["kinds"])),
                tuple(map(fold, item["words"])),
            )
            for item in table["items"]
        )
        return Checklist(items, bool(table["confirmed"]))
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError, AttributeError) as error:
        raise ConfigurationError(f"models/{FILE}: {error}") from error
