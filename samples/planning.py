"""A genuine letter, planned: who, what, where to, in which layout, typeface and capture."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

import numpy as np

from samples.content import Capture, Destination, Letter, Plan, Records, SealPlan, Stamp
from samples.layouts import ALWAYS_MANY, ALWAYS_NATIVE, ENGLISH, LAYOUTS, PLACES_OF, several
from samples.paper.dress import plain_or_dressed
from samples.paper.faces import TYPES
from samples.world.maker import Maker
from samples.world.makers import MAKERS
from samples.world.native import NATIVE
from samples.world.place import Outlet, Place
from samples.world.places import PLACES
from samples.world.vehicles import new_vehicles

HOLDOUT = tomllib.loads((Path(__file__).parent / "holdout.toml").read_text(encoding="utf-8"))
CAPTURES: dict[str, Capture] = {
    "scan_300": Capture("jpg", 300),
    "scan_200": Capture("jpg", 200, quality=82),
    "scan_200_png": Capture("png", 200),
    "scan_150": Capture("jpg", 150, quality=85),
    "scan_100": Capture("jpg", 100, quality=88),
    "pdf_scan_300": Capture("pdf_scan", 300, quality=85),
    "pdf_scan_240": Capture("pdf_scan", 240, quality=75),
    "pdf_scan_200_layer": Capture("pdf_scan", 200, quality=85, layer=True),
    "tif_200": Capture("tif", 200),
    "skewed": Capture("jpg", 200, skew_degrees=2.2, quality=80),
    "far_skewed": Capture("pdf_scan", 200, skew_degrees=8.0, quality=80),
    "turned": Capture("jpg", 200, turned=90, quality=85),
    "turned_back": Capture("jpg", 200, turned=270, quality=85),
    "upside_down": Capture("pdf_scan", 200, turned=180, quality=85),
    "grey": Capture("jpg", 200, colour="grey"),
    "bilevel": Capture("png", 300, colour="bilevel"),
    "fax": Capture("tif", 200, colour="bilevel"),
    "low_quality": Capture("jpg", 200, quality=32, noise=3.5),
    "noisy": Capture("jpg", 300, quality=80, noise=9.0),
    "faded": Capture("jpg", 200, quality=85, faded=0.55),
    "bleed_through": Capture("jpg", 300, quality=85, bleed=0.16),
    "punched": Capture("pdf_scan", 300, quality=85, holes=True),
    "stained": Capture("jpg", 300, quality=82, stains=3),
    "phone_flat": Capture("jpg", 250, quality=85, photo="flat"),
    "phone_dim": Capture("jpg", 250, quality=80, photo="dim", noise=4.0),
    "phone_tilted": Capture("jpg", 250, quality=82, photo="tilted"),
    "phone_curled": Capture("jpg", 250, quality=82, photo="curled"),
    "folded": Capture("jpg", 200, quality=82, folds=2),
    "born_digital": Capture("pdf_born", 0),
    "born_cairo": Capture("pdf_born", 0, producer="cairo"),
    "born_chromium": Capture("pdf_born", 0, producer="chromium"),
    "born_libreoffice": Capture("pdf_born", 0, producer="libreoffice"),
    "shaded": Capture("jpg", 300, shading=0.25, noise=4.0, quality=75),
    "messenger": Capture("jpg", 200, quality=68, noise=3.0, resent_px=1706),
    "scanner_app": Capture("jpg", 250, quality=80, photo="flat", whitened=True),
    "streaked": Capture("pdf_scan", 200, quality=78, streaks=7),
    "photocopy": Capture("jpg", 200, colour="grey", blur=1.1, noise=6.0, quality=60, copies=2),
}
WEIGHTS = {
    "scan_300": 8, "scan_200": 8, "scan_200_png": 3, "pdf_scan_300": 6, "pdf_scan_240": 4, "pdf_scan_200_layer": 6,
    "skewed": 3, "tif_200": 2, "scan_150": 2, "phone_flat": 3, "phone_dim": 2, "phone_tilted": 3, "folded": 2,
    "shaded": 2, "photocopy": 2,
}  # fmt: skip
"""Most letters are scanned as they should be; whatever is not named counts once."""
EXPORTERS = (
    ("新疆丝路远通供应链有限公司", "Xinjiang Silu Yuantong Supply Chain Co., Ltd."),
    ("霍尔果斯陆港汽车出口有限公司", "Khorgos Land Port Vehicle Export Co., Ltd."),
    ("天津滨海新程商务有限公司", "Tianjin Binhai Xincheng Commerce Co., Ltd."),
    ("满洲里北疆通商有限公司", "Manzhouli Beijiang Tongshang Co., Ltd."),
)
FEW = (1, 1, 1, 2, 2, 3, 4, 6, 9, 14)
MANY = (24, 36, 60, 100)
LONG_LAYOUTS = (
    "long_table",
    "annex",
    "ruled_table",
    "columns",
    "vin_columns",
    "official_letter",
    "erp_printout",
    "landscape_list",
    "boxed_sheet",
    "cedar",
    "elm",
    "hornbeam",
    "annexes_to_authority",
    "dunlin",
)
T = TypeVar("T")


def pick(rng: np.random.Generator, options: Sequence[T]) -> T:
    """Return one of the options."""
    return options[int(rng.integers(len(options)))]


def genuine_plan(index: int, seed: int, *, part: str = "all", one_country: bool = False, layout: str = "") -> Plan:
    """Return a genuine letter, in a certain `layout` or any; the same index, seed and part give the same one."""
    rng = np.random.default_rng([seed, index])
    maker = pick(rng, _allowed([m.key for m in MAKERS], "makers", part, {m.key: m for m in MAKERS}))
    layouts = [name for name in LAYOUTS if not (one_country and name in several.LAYOUTS)]
    drawn = pick(rng, _allowed(layouts, "layouts", part, {name: name for name in LAYOUTS}))
    layout = layout or drawn
    type_name = pick(rng, _allowed(list(TYPES), "types", part, {name: name for name in TYPES}))
    capture_name = _capture(rng, part)
    capture = _jittered(CAPTURES[capture_name], rng)
    if capture.form == "pdf_born" and capture.producer == "reportlab" and not TYPES[type_name].embeddable:
        type_name = "song"
    letter, records = _letter(rng, index, seed, maker, layout)
    aside = bool(
        {layout, type_name, maker.key, capture_name}
        & {name for names in ("layouts", "types", "makers", "captures") for name in HOLDOUT[names]}
    )
    dress = plain_or_dressed(rng, maker.name_en if layout in ENGLISH else maker.name, maker.city, maker.brand_en)
    return Plan(
        index, seed, letter, records, maker, layout, type_name, _seal(rng, maker), capture, dress,
        further_seals=_further_seals(rng, maker), straddling=bool(rng.random() < 0.4),
        off_edge=bool(rng.random() < 0.03), kept_aside=aside, capture_name=capture_name,
    )  # fmt: skip


CAREFUL = ("scan_200", "pdf_scan_240")
"""What an office sends that wants no questions."""
COMMON = ("label_lines", "ruled_table", "bilingual")
"""Layouts that any reader must know."""
ELSEWHERE = 5000
"""Indices further on, another letter may be taken instead."""


def careful_plan(index: int, seed: int) -> Plan:
    """Return a genuine letter of a common layout, all Chinese, few vehicles, sealed beside the print, well scanned."""
    tried = index
    while not (plan := genuine_plan(tried, seed, part="tuning", one_country=True)).maker.name.isalpha():
        tried += ELSEWHERE  # names with brackets and dashes are read less surely
    if plan.seal is None:
        raise ValueError("a genuine plan is sealed")
    outlets = next(place for place in PLACES if place.code == plan.letter.country).chinese
    name = CAREFUL[index // 2 % len(CAREFUL)]
    vehicles = plan.letter.vehicles[:3]
    return replace(
        plan,
        layout=COMMON[index // 2 % len(COMMON)],
        capture=CAPTURES[name],
        capture_name=name,
        seal=replace(plan.seal, over_print=False, wear=min(plan.seal.wear, 0.3), doubled_mm=0.0, faint=0.0),
        dress=replace(plan.dress, signed=False, watermark=""),
        further_seals=(),
        off_edge=False,
        letter=replace(plan.letter, vehicles=vehicles, outlets=outlets),
        records=replace(plan.records, vehicles=vehicles),
    )


def _jittered(capture: Capture, rng: np.random.Generator) -> Capture:
    """Return a capture whose continuous settings vary about the named one's."""
    if capture.form == "pdf_born":
        return capture
    return replace(
        capture,
        quality=int(np.clip(capture.quality + rng.integers(-6, 7), 28, 95)),
        noise=float(capture.noise * rng.uniform(0.6, 1.5)),
        blur=float(capture.blur * rng.uniform(0.7, 1.5)),
        skew_degrees=float(capture.skew_degrees * rng.choice([-1, 1]) * rng.uniform(0.5, 1.25) + rng.normal(0, 0.25)),
        bleed=float(capture.bleed * rng.uniform(0.5, 1.4)),
        faded=float(capture.faded * rng.uniform(0.6, 1.3)),
    )


def _further_seals(rng: np.random.Generator, maker: Maker) -> tuple[Stamp, ...]:
    """Return what else some offices stamp beside the official seal: a finance or contract seal, a person's."""
    if rng.random() > 0.08:
        return ()
    seed, degrees = int(rng.integers(1 << 30)), float(rng.normal(0, 8))
    kinds = (
        SealPlan(maker.name, seed, diameter_mm=38.0, bottom="财务专用章", face=maker.face, degrees=degrees),
        SealPlan(maker.name, seed, diameter_mm=38.0, bottom="合同专用章", face=maker.face, degrees=degrees),
        SealPlan("王建国印", seed, shape="square", diameter_mm=20.0, star=False, face=maker.face, degrees=degrees),
    )
    return (Stamp(pick(rng, kinds), -50.0 + float(rng.normal(0, 3)), float(rng.normal(2, 3))),)


def _allowed(names: list[str], reserved: str, part: str, of: dict[str, T]) -> list[T]:
    aside = set(HOLDOUT[reserved])
    return [of[name] for name in names if part != "tuning" or name not in aside]


def _capture(rng: np.random.Generator, part: str) -> str:
    names = _allowed(list(CAPTURES), "captures", part, {name: name for name in CAPTURES})
    weights = np.array([WEIGHTS.get(name, 1) for name in names], float)
    return str(rng.choice(names, p=weights / weights.sum()))


def _letter(rng: np.random.Generator, index: int, seed: int, maker: Maker, layout: str) -> tuple[Letter, Records]:
    place = pick(rng, [place for place in PLACES if place.code in PLACES_OF.get(layout, (place.code,))])
    applied = date(2026, 1, 12) + timedelta(days=int(rng.integers(0, 80)))
    issued = applied - timedelta(days=int(rng.integers(0, 9)))
    many = layout in ALWAYS_MANY or (layout in LONG_LAYOUTS and rng.random() < 0.2)
    count = int(rng.choice(MANY if many else FEW))
    count = max(count, 2) if layout in several.LAYOUTS else count
    vehicles = new_vehicles(maker, count, applied, index, rng)
    exporter, exporter_en = pick(rng, EXPORTERS)
    local = layout in ENGLISH or rng.random() < 0.55
    outlets = NATIVE[place.code] if layout in ALWAYS_NATIVE else _outlets(place, rng, local=local)
    destinations: tuple[Destination, ...] = ()
    if layout in several.LAYOUTS:
        others = place_other_than(rng, place.code)
        cut = int(rng.integers(1, count))
        destinations = (
            Destination(place, vehicles[:cut], outlets),
            Destination(others, vehicles[cut:], _outlets(others, rng, local=local)),
        )
        outlets = (*outlets, *destinations[1].outlets)
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
        destinations=destinations,
    )
    received = applied + timedelta(days=int(rng.integers(1, 10)))
    application = f"CK2026{seed:03d}{index:05d}"
    return letter, Records(application, vehicles, maker.name, place.code, exporter, applied, received)


def _outlets(place: Place, rng: np.random.Generator, *, local: bool) -> tuple[Outlet, ...]:
    """Return outlets in the country's own script, in English or in Chinese."""
    if not local:
        return place.chinese
    native = NATIVE.get(place.code)
    return native if native and rng.random() < 0.3 else place.local


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
    seal = official_seal(
        maker,
        int(rng.integers(1 << 30)),
        wear=float(rng.uniform(0.1, 0.55)),
        degrees=float(rng.uniform(0, 360)),
        over_print=bool(rng.random() < 0.5),
    )
    doubled = float(rng.uniform(0.15, 0.5)) if rng.random() < 0.06 else 0.0
    return replace(seal, doubled_mm=doubled, faint=float(rng.uniform(0.2, 0.5)) if rng.random() < 0.08 else 0.0)


def place_other_than(rng: np.random.Generator, code: str) -> Place:
    """Return a destination that is not `code`."""
    return pick(rng, [place for place in PLACES if place.code != code])
