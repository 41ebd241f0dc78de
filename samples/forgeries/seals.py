"""Defects of the seal: missing, another's, of the wrong kind, carved again."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from samples.content import Plan, SealPlan, Stamp
from samples.forgeries.planting import Defects
from samples.planning import official_seal, pick
from samples.world.makers import MAKERS

_CHARACTERS = "江州云岭金海川远龙泉源辽南宁福庆清阳湘北成星驰晨汽车工业新能限公司有未天大"
_TWINS = "红洲去玲全梅州运尤皇原迂商宇幅厌请阴相比戌呈弛辰气东土亚析熊跟么同冇末夫太"
LOOK_ALIKES = dict(zip(_CHARACTERS, _TWINS, strict=True))
"""Characters with ones that look like them in a seal."""


def _sealed(plan: Plan, **changes: object) -> Plan:
    return replace(plan, seal=replace(_own(plan), **changes))  # type: ignore[arg-type]


def _own(plan: Plan) -> SealPlan:
    if plan.seal is None:
        raise ValueError("a letter without a seal cannot have its seal changed")
    return plan.seal


def seal_missing(plan: Plan, rng: np.random.Generator) -> Plan:
    return replace(plan, seal=None)


def seal_of_other_maker(plan: Plan, rng: np.random.Generator) -> Plan:
    other = pick(rng, [maker for maker in MAKERS if maker.key != plan.maker.key])
    own = _own(plan)
    seal = official_seal(other, own.seed, wear=own.wear, degrees=own.degrees, over_print=False)
    return replace(plan, seal=seal)


def seal_sales_company(plan: Plan, rng: np.random.Generator) -> Plan:
    return _sealed(plan, text=plan.maker.sales_name)


def seal_special_purpose(plan: Plan, rng: np.random.Generator) -> Plan:
    return _sealed(plan, bottom=pick(rng, ["合同专用章", "财务专用章", "业务专用章"]), code="")


def seal_one_lookalike_char(plan: Plan, rng: np.random.Generator) -> Plan:
    text = _own(plan).text
    places = [index for index, character in enumerate(text) if character in LOOK_ALIKES]
    at = places[int(rng.integers(len(places)))]
    return _sealed(plan, text=text[:at] + LOOK_ALIKES[text[at]] + text[at + 1 :])


def seal_recarved(plan: Plan, rng: np.random.Generator) -> Plan:
    own = _own(plan)
    faces = [face for face in ("song", "song2", "bold", "sans", "kai") if face != own.face]
    return _sealed(plan, face=pick(rng, faces), code="")


def seal_printed_black(plan: Plan, rng: np.random.Generator) -> Plan:
    return _sealed(plan, ink="black")


def seal_too_small(plan: Plan, rng: np.random.Generator) -> Plan:
    return _sealed(plan, diameter_mm=27.0, shape="round", code="")


def seal_personal_only(plan: Plan, rng: np.random.Generator) -> Plan:
    """Only the legal representative's square seal stands there."""
    name = pick(rng, ("王建国印", "李志强印", "陈晓明印"))
    return _sealed(plan, text=name, shape="square", diameter_mm=20.0, star=False, code="", bottom="")


def seal_two_look_alikes(plan: Plan, rng: np.random.Generator) -> Plan:
    """Two characters of the name are others that look like them."""
    return seal_one_lookalike_char(seal_one_lookalike_char(plan, rng), rng)


def seal_drops_character(plan: Plan, rng: np.random.Generator) -> Plan:
    """The name on the seal lacks one character."""
    text = _own(plan).text
    at = int(rng.integers(2, len(text) - 4))
    return _sealed(plan, text=text[:at] + text[at + 1 :])


def dealer_seal_beside(plan: Plan, rng: np.random.Generator) -> Plan:
    """A dealer's and a finance seal, and the maker's own nowhere."""
    own = _own(plan)
    dealer = replace(own, text="江州顺达汽车贸易有限公司", shape="round", diameter_mm=40.0, star=True, code="")
    finance = replace(
        own, text=own.text, bottom="财务专用章", code="", seed=own.seed + 1, shape="round", diameter_mm=38.0
    )
    return replace(plan, seal=dealer, further_seals=(Stamp(finance, -52.0, 4.0),))


DEFECTS: Defects = {
    "seal_missing": (seal_missing, ("seal.present",)),
    "seal_of_other_maker": (seal_of_other_maker, ("seal.specimen", "seal.text")),
    "seal_sales_company": (seal_sales_company, ("seal.kind", "seal.specimen", "seal.text")),
    "seal_special_purpose": (seal_special_purpose, ("seal.kind",)),
    "seal_one_lookalike_char": (seal_one_lookalike_char, ("seal.specimen", "seal.text")),
    "seal_recarved": (seal_recarved, ("seal.specimen",)),
    "seal_printed_black": (seal_printed_black, ("seal.colour",)),
    "seal_too_small": (seal_too_small, ("seal.size", "seal.present")),
    "seal_personal_only": (seal_personal_only, ("seal.present", "seal.kind")),
    "seal_two_look_alikes": (seal_two_look_alikes, ("seal.specimen", "seal.text")),
    "seal_drops_character": (seal_drops_character, ("seal.specimen", "seal.text")),
    "dealer_seal_beside": (dealer_seal_beside, ("seal.kind", "seal.specimen", "seal.text")),
}
