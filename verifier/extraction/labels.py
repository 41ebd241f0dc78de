"""The words that letters put before a value: loaded from models/, found in cells."""

from __future__ import annotations

import csv
import hashlib
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from verifier.errors import ConfigurationError
from verifier.extraction.product_labels import field_labels
from verifier.formats.chinese import has_chinese
from verifier.formats.countries import country_names
from verifier.formats.gazetteer import Gazetteer, fold

_FILES = ("labels.toml", "countries.csv", "cities.csv", "places.csv")
"""Names of places.csv, kept by hand, win over those of cities.csv."""


@dataclass(frozen=True, slots=True)
class WordLabel:
    """A label known by its words: one of every group, none of `none`."""

    name: str
    groups: tuple[re.Pattern[str], ...]
    none: re.Pattern[str] | None

    @classmethod
    def of(cls, name: str, groups: Iterable[Iterable[str]], none: Iterable[str]) -> WordLabel:
        """Return the label of words; a word that is not Chinese begins a word of the label, white in it is optional."""
        return cls(name, tuple(map(_any_of, groups)), _any_of(none) if none else None)

    def fits(self, text: str) -> bool:
        """Return whether a label has the words."""
        return all(group.search(text) for group in self.groups) and not (self.none and self.none.search(text))


@dataclass(frozen=True, slots=True)
class Saying:
    """Ways of saying one thing, and what beside them makes it harmless."""

    says: tuple[re.Pattern[str], ...]
    but: re.Pattern[str]

    @classmethod
    def of(cls, says: Iterable[str], but: str) -> Saying:
        """Return the saying of regular expressions, case aside."""
        return cls(_patterns(says), re.compile(but, re.I))

    def find(self, sentence: str) -> re.Match[str] | None:
        """Return where a sentence says so, None where it does not or harmlessly."""
        found = next((match for pattern in self.says if (match := pattern.search(sentence))), None)
        return found if found and not self.but.search(sentence) else None


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    forms = (re.escape(w) if has_chinese(w) else r"(?<![^\W\d_])" + r"\s?".join(map(re.escape, w)) for w in words)
    return re.compile("|".join(forms), re.I)


@dataclass(frozen=True, slots=True)
class Labels:
    """Everything extraction knows about words, as data."""

    version: str
    kinds: Mapping[str, Gazetteer]
    title_words: Mapping[str, tuple[tuple[str, ...], ...]]
    fields: Gazetteer
    latin_words: frozenset[str]
    """The words of labels in Latin letters, small: a label's twin in another language is made of them."""
    word_labels: tuple[WordLabel, ...]
    destinations: tuple[str, ...]
    outlet_sections: tuple[str, ...]
    inner_headings: tuple[str, ...]
    reservations: tuple[re.Pattern[str], ...]
    """Sentences that take a letter back, where nothing of `reservations_unless` stands in them."""
    reservations_unless: tuple[re.Pattern[str], ...]
    plain_reservations: tuple[Saying, ...]
    """Sentences that do so whatever conditions stand beside them."""
    reservations_alone: tuple[str, ...]
    """Words that do so where they stand alone."""
    countries: Gazetteer
    places: Gazetteer
    chief_places: Gazetteer
    """The places of places.csv alone: whoever names one of these means it and no namesake elsewhere."""

    @classmethod
    def load(cls, folder: Path) -> Labels:
        """Return the labels, countries and places of a models folder.

        Raises ConfigurationError where a file is missing or not as it should be.
        """
        try:
            contents = {name: (folder / name).read_bytes() for name in _FILES}
            table = tomllib.loads(contents["labels.toml"].decode())
            names = [_pairs(contents[name].decode()) for name in _FILES[1:]]
            return cls(
                version=hashlib.sha256(b"".join(contents.values())).hexdigest()[:12],
                kinds={kind: Gazetteer.of((word, kind) for word in words) for kind, words in table["kinds"].items()},
                title_words={
                    kind: tuple(tuple(map(fold, group)) for group in groups)
                    for kind, groups in table["title_words"].items()
                },
                fields=Gazetteer.of(field_labels(table["product_labels"], table["fields"])),
                latin_words=_latin_words(word for words in table["fields"].values() for word in words),
                word_labels=tuple(
                    WordLabel.of(row["name"], row["words"], row.get("none", ())) for row in table["word_labels"]
                ),
                destinations=tuple(fold(words) for words in table["sentences"]["destination"]),
                outlet_sections=tuple(fold(words) for words in table["sentences"]["outlet_section"]),
                inner_headings=tuple(fold(words) for words in table["sentences"]["inner_heading"]),
                reservations=_patterns(table["reservations"]["sentences"]),
                reservations_unless=_patterns(table["reservations"]["unless"]),
                plain_reservations=tuple(Saying.of(row["says"], row["but"]) for row in table["reservations"]["plain"]),
                reservations_alone=tuple(map(fold, table["reservations"]["alone"])),
                countries=country_names(names[0]),
                places=Gazetteer.of([*_alike_together(names[1]), *names[2]]),
                chief_places=Gazetteer.of(names[2]),
            )
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, re.error) as error:
            raise ConfigurationError(f"models folder: {error}") from error


def _latin_words(labels: Iterable[str]) -> frozenset[str]:
    return frozenset(word.casefold() for label in labels for word in re.findall(r"[A-Za-zÀ-ÿ]{2,}", label))


def _patterns(written: Iterable[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.I) for pattern in written)


def name_by_words(text: str, labels: Labels) -> str | None:
    """Return what a label that is in no list is about, as its words tell."""
    return next((one.name for one in labels.word_labels if one.fits(text)), None)


def _alike_together(cities: Iterable[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    """Return names of cities, those that differ in accents alone with the countries of all: San Jose, San José."""
    codes: dict[str, dict[str, None]] = {}
    for name, code in cities:
        codes.setdefault(fold(name), {}).update(dict.fromkeys(code.split("/")))
    return ((name, "/".join(sorted(found))) for name, found in codes.items())


def _pairs(text: str) -> list[tuple[str, str]]:
    return [(row["name"], row["code"]) for row in csv.DictReader(text.splitlines())]
