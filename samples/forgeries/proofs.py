"""Proofs and certificates with one thing planted that must not pass."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import numpy as np

from samples.filed import Certificate, Mortgage, OwnerRow, Proof
from samples.filing import Paper
from samples.planning import official_seal, pick
from samples.world.makers import MAKERS
from samples.world.modifiers import MODIFIERS
from samples.world.vehicles import bad_check_digit, one_character_off

Planter = Callable[[Paper, np.random.Generator], Paper]


def _says(paper: Paper, **changes: Any) -> Paper:
    return replace(paper, content=replace(paper.content, **changes))


def _recorded(paper: Paper, **changes: str) -> Paper:
    return replace(paper, records=tuple(row | changes for row in paper.records))


def _other(rng: np.random.Generator, options: list[str], than: str) -> str:
    return pick(rng, [option for option in options if option != than])


def _proof(paper: Paper) -> Proof:
    assert isinstance(paper.content, Proof)
    return paper.content


def _chassis_brand(paper: Paper, rng: np.random.Generator) -> Paper:
    return _says(paper, chassis_brand=_other(rng, [m.brand for m in MAKERS], _proof(paper).chassis_brand))


def _chassis_model(paper: Paper, rng: np.random.Generator) -> Paper:
    return _says(paper, chassis_model=_off_by_a_digit(_proof(paper).chassis_model, rng))


def _modified_brand(paper: Paper, rng: np.random.Generator) -> Paper:
    return _says(paper, modified_brand=_other(rng, [m.brand for m in MODIFIERS], _proof(paper).modified_brand))


def _modified_model(paper: Paper, rng: np.random.Generator) -> Paper:
    return _says(paper, modified_model=_off_by_a_digit(_proof(paper).modified_model, rng))


def _off_by_a_digit(model: str, rng: np.random.Generator) -> str:
    at = pick(rng, [i for i, c in enumerate(model) if c.isdigit()])
    return model[:at] + str((int(model[at]) + int(rng.integers(1, 9))) % 10) + model[at + 1 :]


def _vin(change: Callable[[str, np.random.Generator], str]) -> Planter:
    def plant(paper: Paper, rng: np.random.Generator) -> Paper:
        first, *others = _proof(paper).vins
        return _says(paper, vins=(change(first, rng), *others))

    return plant


def _without(field: str, column: str) -> Planter:
    return lambda paper, rng: _recorded(_says(paper, **{field: ""}), **{column: ""})


def _unlisted(name: str) -> Planter:
    return lambda paper, rng: replace(paper, listed=tuple(row for row in paper.listed if row["list"] != name))


def _of_own_batch(plant: Planter) -> Planter:
    """Return a planter that first gives the paper a batch no other one claims."""

    def planted_apart(paper: Paper, rng: np.random.Generator) -> Paper:
        batch = f"第{500 + paper.index % 400}批"
        paper = _recorded(_says(paper, announcement=batch), announcement=batch)
        return plant(_relisted("announcements", announcement=batch)(paper, rng), rng)

    return planted_apart


def _relisted(name: str, **changes: str) -> Planter:
    return lambda paper, rng: replace(
        paper, listed=tuple(row | changes if row["list"] == name else row for row in paper.listed)
    )


def _no_seal(paper: Paper, rng: np.random.Generator) -> Paper:
    return replace(paper, seal=None)


def _seal_of_another(paper: Paper, rng: np.random.Generator) -> Paper:
    others = [m for m in MODIFIERS if m.name != _proof(paper).issuer]
    return replace(paper, seal=official_seal(pick(rng, others), paper.index, wear=0.2, degrees=5.0, over_print=False))


PROOF_DEFECTS: dict[str, tuple[Planter, tuple[str, ...]]] = {
    "chassis_brand_differs": (_chassis_brand, ("record.modification",)),
    "chassis_model_differs": (_chassis_model, ("record.modification",)),
    "modified_brand_differs": (_modified_brand, ("record.modification",)),
    "modified_model_differs": (_modified_model, ("record.modification",)),
    "vin_one_off": (_vin(one_character_off), ("record.vin", "record.found")),
    "vin_bad_check_digit": (_vin(bad_check_digit), ("vin.check_digit",)),
    "announcement_missing": (_without("announcement", "announcement"), ("notice.announcement",)),
    "announcement_not_listed": (_of_own_batch(_unlisted("announcements")), ("notice.announcement",)),
    "announcement_of_other_model": (
        _of_own_batch(_relisted("announcements", model="ZZ9999X")),
        ("notice.announcement",),
    ),
    "ccc_missing": (_without("ccc", "ccc_certificate"), ("notice.ccc",)),
    "ccc_not_listed": (_unlisted("ccc"), ("notice.ccc",)),
    "ccc_expired": (_relisted("ccc", valid_to="2025-06-30"), ("notice.ccc",)),
    "seal_missing": (_no_seal, ("seal.present",)),
    "seal_of_another": (_seal_of_another, ("seal.specimen", "seal.text")),
}
"""By name: how to plant it, and the checks of which at least one must see it."""


def _certificate(paper: Paper) -> Certificate:
    assert isinstance(paper.content, Certificate)
    return paper.content


def _owner(paper: Paper, rng: np.random.Generator) -> Paper:
    owners = _certificate(paper).owners
    stranger = OwnerRow("天津津港二手车经营有限公司", owners[-1].identity, owners[-1].since)
    return _says(paper, owners=(*owners[:-1], stranger))


def _pledged(paper: Paper, rng: np.random.Generator) -> Paper:
    since = _certificate(paper).owners[0].since + timedelta(days=12)
    return _says(paper, mortgages=(Mortgage("通达银行股份有限公司", since),))


def _registered(paper: Paper, rng: np.random.Generator) -> Paper:
    first, *others = _certificate(paper).owners
    return _says(paper, owners=(replace(first, since=first.since - timedelta(days=int(rng.integers(3, 40)))), *others))


def _transferred(paper: Paper, rng: np.random.Generator) -> Paper:
    *others, last = _certificate(paper).owners
    return _says(paper, owners=(*others, replace(last, since=last.since + timedelta(days=2))))


def _model(paper: Paper, rng: np.random.Generator) -> Paper:
    return _says(paper, model=_off_by_a_digit(_certificate(paper).model, rng))


def _maker(paper: Paper, rng: np.random.Generator) -> Paper:
    return _says(paper, manufacturer=_other(rng, [m.name for m in MAKERS], _certificate(paper).manufacturer))


CERTIFICATE_DEFECTS: dict[str, tuple[Planter, tuple[str, ...]]] = {
    "owner_differs": (_owner, ("certificate.owner",)),
    "mortgage_open": (_pledged, ("certificate.mortgage",)),
    "registration_differs": (_registered, ("record.registration_date",)),
    "transfer_differs": (_transferred, ("record.transfer_date",)),
    "model_differs": (_model, ("record.model",)),
    "maker_differs": (_maker, ("record.manufacturer",)),
    "seal_missing": (_no_seal, ("certificate.seal",)),
}
"""By name, as above."""


def planted(paper: Paper, rng: np.random.Generator) -> Paper:
    """Return the paper with one of its kind's defects, each as likely."""
    defects = PROOF_DEFECTS if isinstance(paper.content, Proof) else CERTIFICATE_DEFECTS
    name = pick(rng, tuple(defects))
    plant, must_trip = defects[name]
    return replace(plant(paper, rng), defect=name, must_trip=must_trip)
