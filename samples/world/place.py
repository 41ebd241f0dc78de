"""What a destination and its outlets are."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Outlet:
    """One service outlet as printed; `country` is ISO 3166 alpha-2."""

    name: str
    address: str
    contact: str
    phone: str
    country: str


@dataclass(frozen=True, slots=True)
class Place:
    """A country; `local` outlets are written in its language or English, `chinese` ones in Chinese."""

    code: str
    name: str
    name_en: str
    local: tuple[Outlet, ...]
    chinese: tuple[Outlet, ...]


def place_of(code: str, name: str, name_en: str, rows: str) -> Place:
    """Return a place; each row is `name | address | zh name | zh address | contact | phone`."""
    cells = [[cell.strip() for cell in row.split("|")] for row in rows.strip().splitlines()]
    local = tuple(Outlet(c[0], c[1], c[4], c[5], code) for c in cells)
    chinese = tuple(Outlet(c[2], c[3], c[4], c[5], code) for c in cells)
    return Place(code, name, name_en, local, chinese)
