"""Vehicles: identification numbers by GB 16735-2019 with a right check digit, and their registered particulars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from samples.world.maker import Maker

_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_VALUES = {**{d: int(d) for d in "0123456789"}, **dict(zip("ABCDEFGH", range(1, 9), strict=True))}
_VALUES |= {**dict(zip("JKLMN", range(1, 6), strict=True)), "P": 7, "R": 9}
_VALUES |= dict(zip("STUVWXYZ", range(2, 10), strict=True))
_YEARS = {2024: "R", 2025: "S", 2026: "T"}
_BODY = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789"


@dataclass(frozen=True, slots=True)
class Vehicle:
    """One vehicle as a certificate or a letter states it."""

    vin: str
    brand: str
    brand_en: str
    model: str
    registration_date: date
    transfer_date: date


def check_digit(vin: str) -> str:
    """Return the check digit that belongs at position 9 of `vin`."""
    rest = sum(w * _VALUES[c] for w, c in zip(_WEIGHTS, vin, strict=True)) % 11
    return "X" if rest == 10 else str(rest)


def with_check_digit(vin: str) -> str:
    """Return `vin` with its position 9 made right."""
    return vin[:8] + check_digit(vin) + vin[9:]


def new_vin(maker: Maker, year: int, serial: int, rng: np.random.Generator) -> str:
    """Return a valid number; `serial` counts a maker's vehicles, modulo a million."""
    wmi = str(rng.choice(maker.wmi))
    descriptor = "".join(rng.choice(list(_BODY), 5))
    return with_check_digit(f"{wmi}{descriptor}0{_YEARS[year]}{rng.choice(list('ABCDGHK'))}{serial % 1_000_000:06d}")


def new_vehicles(maker: Maker, count: int, applied: date, serial: int, rng: np.random.Generator) -> tuple[Vehicle, ...]:
    """Return `count` vehicles registered within 180 days before `applied`."""
    models: Sequence[str] = maker.models
    found = []
    for number in range(count):
        registered = applied - timedelta(days=int(rng.integers(20, 165)))
        after = max(date(2026, 1, 2), registered + timedelta(days=7))
        transferred = after + timedelta(days=int(rng.integers(0, max((applied - after).days, 1))))
        year = registered.year if rng.random() < 0.8 else 2025
        vin = new_vin(maker, year, serial * 100 + number, rng)
        found.append(Vehicle(vin, maker.brand, maker.brand_en, str(rng.choice(models)), registered, transferred))
    return tuple(found)


def one_character_off(vin: str, rng: np.random.Generator) -> str:
    """Return a valid number one serial digit away (position 9 follows), or one that hides behind equal values."""
    same_value = {"1": "J", "2": "K", "3": "L", "4": "M", "5": "N", "7": "P", "8": "H", "6": "F", "B": "S", "E": "N"}
    places = [i for i in range(3, 8) if vin[i] in same_value]
    if places and rng.random() < 0.5:
        at = int(rng.choice(places))
        return vin[:at] + same_value[vin[at]] + vin[at + 1 :]
    at = int(rng.integers(12, 17))
    other = str((int(vin[at]) + int(rng.integers(1, 9))) % 10)
    return with_check_digit(vin[:at] + other + vin[at + 1 :])


def bad_check_digit(vin: str, rng: np.random.Generator) -> str:
    """Return `vin` with one serial digit changed and position 9 left as it was."""
    at = int(rng.integers(12, 17))
    return vin[:at] + str((int(vin[at]) + int(rng.integers(1, 9))) % 10) + vin[at + 1 :]
