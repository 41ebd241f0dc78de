"""A genuine letter, planned: who, what, where to, in which layout, typeface and capture."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

import numpy as np

from samples.content import Capture, Letter, Plan, Records, SealPlan
from samples.faces import TYPES
from samples.layouts import ENGLISH, LAYOUTS
from samples.maker import Maker
from samples.makers import MAKERS
from samples.place import Place
from samples.places import PLACES
from samples.vehicles import new_vehicles

HOLDOUT = tomllib.loads((Path(__file__).parent / "holdout.toml").read_text(encoding="utf-8"))
CAPTURES: dict[str, Capture] = {
    "scan_300": Capture("jpg", 300),
    "scan_200": Capture("jpg", 200, quality=82),
    "scan_200_png": Capture("png", 200),
    "scan_150": Capture("jpg", 150, quality=85),
    "pdf_scan_300": Capture("pdf_scan", 300, quality=85),
    "pdf_scan_200_layer": Capture("pdf_scan", 200, quality=85, layer=True),
    "tif_200": Capture("tif", 200),
    "skewed": Capture("jpg", 200, skew_degrees=2.2, quality=80),
    "turned": Capture("jpg", 200, turned=90, quality=85),
    "upside_down": Capture("pdf_scan", 200, turned=180, quality=85),
    "grey": Capture("jpg", 200, colour="grey"),
    "bilevel": Capture("png", 300, colour="bilevel"),
    "born_digital": Capture("pdf_born", 0),
    "shaded": Capture("jpg", 300, shading=0.25, noise=4.0, quality=75),
    "photocopy": Capture("jpg", 200, colour="grey", blur=1.1, noise=6.0, quality=60),
}
WEIGHTS = {"scan_300": 4, "scan_200": 4, "scan_200_png": 2, "pdf_scan_300": 3, "pdf_scan_200_layer": 3, "skewed": 2}
EXPORTERS = (
    ("新疆丝路远通供应链有限公司", "Xinjiang Silu Yuantong Supply Chain Co., Ltd."),
    ("霍尔果斯陆港汽车出口有限公司", "Khorgos Land Port Vehicle Export Co., Ltd."),
    ("天津滨海新程商务有限公司", "Tianjin Binhai Xincheng Commerce Co., Ltd."),
    ("满洲里北疆通商有限公司", "Manzhouli Beijiang Tongshang Co., Ltd."),
)
T = TypeVar("T")


def pick(rng: np.random.Generator, options: Sequence[T]) -> T:
    """Return one of the options."""
    return options[int(rng.integers(len(options)))]


def genuine_plan(index: int, seed: int, *, part: str = "all") -> Plan:
    """Return a genuine letter; the same index, seed and part give the same one."""
    rng = np.random.default_rng([seed, index])
    maker = pick(rng, _allowed([m.key for m in MAKERS], "makers", part, {m.key: m for m in MAKERS}))
    layout = pick(rng, _allowed(list(LAYOUTS), "layouts", part, {name: name for name in LAYOUTS}))
    type_name = pick(rng, _allowed(list(TYPES), "types", part, {name: name for name in TYPES}))
    capture_name = _capture(rng, part)
    capture = CAPTURES[capture_name]
    if capture.form == "pdf_born" and not TYPES[type_name].embeddable:
        type_name = "song"
    letter, records = _letter(rng, index, seed, maker, english=layout in ENGLISH)
    aside = bool(
        {layout, type_name, maker.key, capture_name}
        & {name for names in ("layouts", "types", "makers", "captures") for name in HOLDOUT[names]}
    )
    return Plan(
        index, seed, letter, records, maker, layout, type_name, _seal(rng, maker), capture, kept_aside=aside
    )  # fmt: skip


def _allowed(names: list[str], reserved: str, part: str, of: dict[str, T]) -> list[T]:
    aside = set(HOLDOUT[reserved])
    return [of[name] for name in names if part != "tuning" or name not in aside]


def _capture(rng: np.random.Generator, part: str) -> str:
    names = _allowed(list(CAPTURES), "captures", part, {name: name for name in CAPTURES})
    weights = np.array([WEIGHTS.get(name, 1) for name in names], float)
    return str(rng.choice(names, p=weights / weights.sum()))


def _letter(rng: np.random.Generator, index: int, seed: int, maker: Maker, *, english: bool) -> tuple[Letter, Records]:
    place = pick(rng, PLACES)
    applied = date(2026, 1, 12) + timedelta(days=int(rng.integers(0, 80)))
    issued = applied - timedelta(days=int(rng.integers(0, 9)))
    count = int(rng.choice([1, 1, 1, 2, 2, 3, 4, 6, 9, 14]))
    vehicles = new_vehicles(maker, count, applied, index, rng)
    exporter, exporter_en = pick(rng, EXPORTERS)
    outlets = place.local if english or rng.random() < 0.55 else place.chinese
    letter = Letter(
        number=_number(rng, maker, index),
        issuer=maker.name,
        issuer_en=maker.name_en,
        city=maker.city,
        issued_on=issued,
        valid_until=issued + timedelta(days=180) if rng.random() < 0.5 else None,
        exporter=exporter,
        exporter_en=exporter_en,
        country=place.code,
        country_text=place.name,
        country_text_en=place.name_en,
        vehicles=vehicles,
        outlets=outlets,
    )
    received = applied + timedelta(days=int(rng.integers(1, 10)))
    application = f"CK2026{seed:03d}{index:05d}"
    return letter, Records(application, vehicles, maker.name, place.code, exporter, applied, received)


def _number(rng: np.random.Generator, maker: Maker, index: int) -> str:
    prefix = maker.models[0][:2]
    forms = (f"{prefix}SH-2026-{index:04d}", f"{prefix}售后〔2026〕{index + 1}号", f"{prefix}2026{index:05d}")
    return forms[int(rng.integers(len(forms)))]


def official_seal(maker: Maker, seed: int, *, wear: float, degrees: float, over_print: bool) -> SealPlan:
    """Return an impression of a maker's official seal."""
    return SealPlan(
        maker.name, seed, maker.shape, maker.diameter_mm, maker.star, maker.code, "", maker.face, "red", wear,
        over_print, degrees,
    )  # fmt: skip


def _seal(rng: np.random.Generator, maker: Maker) -> SealPlan:
    return official_seal(
        maker,
        int(rng.integers(1 << 30)),
        wear=float(rng.uniform(0.1, 0.55)),
        degrees=float(rng.uniform(0, 360)),
        over_print=bool(rng.random() < 0.5),
    )


def place_other_than(rng: np.random.Generator, code: str) -> Place:
    """Return a destination that is not `code`."""
    return pick(rng, [place for place in PLACES if place.code != code])
