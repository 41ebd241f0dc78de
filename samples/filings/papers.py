"""Applications of modified vehicles with their proofs, and of vehicles with their registration certificates."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np

from samples.content import Plan
from samples.filed import Certificate, Mortgage, OwnerRow, Proof
from samples.filing import Paper, genuine_certificate, genuine_proof, listed_products, proof_row
from samples.filings.base import OLD_DAYS, YOUNG_DAYS, Filing, Writer, one, registered, rows_of
from samples.planning import official_seal
from samples.world.vehicles import Vehicle


def _modified(plan: Plan, days: int) -> tuple[Plan, Paper]:
    """Return a letter of the chassis maker and a proof for its vehicles, registered `days` before the application."""
    plan = registered(plan, plan.records.applied_on - timedelta(days=days))
    plan = replace(plan, letter=replace(plan.letter, issued_on=plan.records.applied_on))
    chassis: Vehicle = plan.letter.vehicles[0]
    vehicles = tuple(replace(v, model=chassis.model) for v in plan.letter.vehicles)
    plan = replace(plan, letter=replace(plan.letter, vehicles=vehicles))
    paper = genuine_proof(plan.index, plan.seed)
    assert isinstance(paper.content, Proof)
    content = replace(
        paper.content,
        exporter=plan.letter.exporter,
        chassis_maker=plan.maker.name,
        chassis_brand=chassis.brand,
        chassis_model=chassis.model,
        vins=tuple(v.vin for v in vehicles),
    )
    office = plan.records
    rows = tuple(
        proof_row(content, v.vin, v.registration_date, office.applied_on, office.application)
        | {"export_country": office.export_country, "received_on": office.received_on.isoformat()}
        for v in vehicles
    )
    return plan, replace(paper, content=content, records=rows, listed=listed_products(content))


def _filed(
    name: str, plan: Plan, paper: Paper, status: str, verdict: str, *, letter: bool, proof: bool = True
) -> list[Filing]:
    rows = list(paper.records)
    return one(
        name, plan, rows, status, verdict, letters=(plan,) if letter else (), papers=(paper,) if proof else (),
        listed=paper.listed,
    )  # fmt: skip


def modified_young(plan: Plan, rng: np.random.Generator) -> list[Filing]:
    """Up to 180 days: letter of the chassis maker, and proof."""
    return _filed("modified_young", *_modified(plan, YOUNG_DAYS), "covered", "verified", letter=True)


def modified_young_without_letter(plan: Plan, rng: np.random.Generator) -> list[Filing]:
    """Up to 180 days, and the proof alone."""
    return _filed("modified_young_no_letter", *_modified(plan, YOUNG_DAYS), "missing", "flagged", letter=False)


def modified_young_without_proof(plan: Plan, rng: np.random.Generator) -> list[Filing]:
    """Up to 180 days, and the letter alone."""
    return _filed(
        "modified_young_no_proof", *_modified(plan, YOUNG_DAYS), "covered", "flagged", letter=True, proof=False
    )


def modified_old(plan: Plan, rng: np.random.Generator) -> list[Filing]:
    """Older: the proof alone."""
    return _filed("modified_old", *_modified(plan, OLD_DAYS), "not_required", "verified", letter=False)


def modified_old_without_proof(plan: Plan, rng: np.random.Generator) -> list[Filing]:
    """Older, and nothing filed."""
    return _filed(
        "modified_old_no_proof", *_modified(plan, OLD_DAYS), "not_required", "flagged", letter=False, proof=False
    )


def letter_of_the_modifier(plan: Plan, rng: np.random.Generator) -> list[Filing]:
    """The modifier issued the confirmation letter."""
    plan, paper = _modified(plan, YOUNG_DAYS)
    assert isinstance(paper.content, Proof)
    modifier = paper.content.issuer
    seal = replace(official_seal(plan.maker, 5, wear=0.2, degrees=0.0, over_print=False), text=modifier)
    maker = replace(plan.maker, name=modifier)
    plan = replace(plan, letter=replace(plan.letter, issuer=modifier), seal=seal, maker=maker, defect="modifier_issues")
    return _filed("letter_of_the_modifier", plan, paper, "official", "flagged", letter=True)


def proof_of_another_chassis(plan: Plan, rng: np.random.Generator) -> list[Filing]:
    """The proof names another chassis model than the record."""
    plan, paper = _modified(plan, OLD_DAYS)
    paper = replace(paper, content=replace(paper.content, chassis_model="ZZ1041D"), defect="chassis_model_differs")
    return _filed("proof_of_another_chassis", plan, paper, "not_required", "flagged", letter=False)


def product_not_listed(plan: Plan, rng: np.random.Generator) -> list[Filing]:
    """The operator's lists do not have the product, whatever proof and record claim."""
    plan, paper = _modified(plan, OLD_DAYS)
    dropped = ("announcements", "ccc")[int(rng.integers(2))]
    batch = f"第{500 + plan.index % 400}批"
    assert isinstance(paper.content, Proof)
    content = replace(paper.content, announcement=batch)
    rows = tuple(row | {"announcement": batch} for row in paper.records)
    listed = tuple(row for row in listed_products(content) if row["list"] != dropped)
    paper = replace(paper, content=content, records=rows, listed=listed)
    return _filed("product_not_listed", plan, paper, "not_required", "flagged", letter=False)


# --- certificates -----------------------------------------------------------------------------------------


def _with_certificate(name: str, plan: Plan, verdict: str, **changes: object) -> list[Filing]:
    rows = rows_of(plan)
    vehicle = plan.records.vehicles[0]
    paper = genuine_certificate(plan.index, plan.seed)
    content = paper.content
    assert isinstance(content, Certificate)
    owners = (
        replace(content.owners[0], since=vehicle.registration_date),
        OwnerRow(plan.records.applicant, "营业执照/9112", vehicle.transfer_date),
    )
    content = replace(
        content, vin=vehicle.vin, brand=vehicle.brand, model=vehicle.model, manufacturer=plan.records.manufacturer,
        owners=owners, mortgages=(),
    )  # fmt: skip
    paper = replace(paper, content=replace(content, **changes), defect=name)  # type: ignore[arg-type]
    return one(name, plan, rows, "covered", verdict, letters=(plan,), papers=(paper,))


def certificate_agrees(plan: Plan, rng: np.random.Generator) -> list[Filing]:
    """A certificate is filed, too, and agrees."""
    return _with_certificate("certificate_agrees", plan, "verified")


def certificate_pledged(plan: Plan, rng: np.random.Generator) -> list[Filing]:
    """The certificate shows an open pledge."""
    pledge = Mortgage("通达银行股份有限公司", plan.records.vehicles[0].registration_date)
    return _with_certificate("certificate_pledged", plan, "flagged", mortgages=(pledge,))


def certificate_of_another_owner(plan: Plan, rng: np.random.Generator) -> list[Filing]:
    """The certificate's last owner is not the applicant."""
    vehicle = plan.records.vehicles[0]
    owners = (
        OwnerRow("王小明", "居民身份证/110", vehicle.registration_date),
        OwnerRow("天津津港二手车经营有限公司", "营业执照/9112", vehicle.transfer_date),
    )
    return _with_certificate("certificate_of_another_owner", plan, "flagged", owners=owners)


KINDS: tuple[Writer, ...] = (
    modified_young, modified_young_without_letter, modified_young_without_proof, modified_old,
    modified_old_without_proof, letter_of_the_modifier, proof_of_another_chassis, product_not_listed,
    certificate_agrees, certificate_pledged, certificate_of_another_owner,
)  # fmt: skip
