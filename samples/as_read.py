"""Letters and papers as a faultless reader would deliver them: for what is decided after reading, without pixels."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date

from samples.content import Plan, SealPlan
from samples.filed import Certificate, Proof
from samples.filing import Paper
from samples.world.place import Outlet
from samples.world.vehicles import Vehicle
from verifier.examination import Examination, Likeness, Seal, SealComparison
from verifier.letter import Field, Kind, Letter, ServiceOutlet, VehicleClaim
from verifier.page import Box, Colour, Line, Page

SURE = 0.99
BOX = Box(0.1, 0.1, 0.4, 0.13)


def letter_as_read(plan: Plan, *, confidence: float = SURE) -> Examination:
    """Return what is seen in a letter; `confidence` is that of its vehicle numbers."""
    letter = plan.letter
    claims = Letter(
        Kind.CONFIRMATION_LETTER,
        title=_field("售后维修服务确认书"),
        number=_field(letter.number),
        issuer=_field(letter.issuer),
        issued_on=_field(letter.issued_on.isoformat()),
        exporter=_field(letter.exporter),
        export_country=_field(letter.country),
        export_countries=tuple(field for field in (_field(letter.country),) if field),
        vehicles=tuple(_vehicle(v, confidence) for v in letter.vehicles),
        outlets=tuple(_outlet(outlet, letter.country) for outlet in letter.outlets),
    )
    return _seen(f"letter {plan.seed} {plan.index} {plan.defect}", claims, plan.seal, plan.maker.name)


def paper_as_read(paper: Paper) -> Examination:
    """Return what is seen in a proof or a certificate."""
    content = paper.content
    name = f"paper {paper.seed} {paper.index} {paper.kind} {paper.defect}"
    if isinstance(content, Proof):
        claims = Letter(
            Kind.MODIFICATION_PROOF,
            title=_field("改装真实性证明"),
            issuer=_field(content.issuer),
            exporter=_field(content.exporter),
            vehicles=tuple(VehicleClaim(vin) for vin in map(_field, content.vins) if vin),
            chassis_brand=_field(content.chassis_brand),
            chassis_model=_field(content.chassis_model),
            modified_brand=_field(content.modified_brand),
            modified_model=_field(content.modified_model),
            announcement=_field(content.announcement),
            ccc_certificate=_field(content.ccc),
        )
        return _seen(name, claims, paper.seal, content.issuer)
    assert isinstance(content, Certificate)
    return _seen(name, _certificate(content), paper.seal, None)


def _certificate(content: Certificate) -> Letter:
    vin = _field(content.vin)
    assert vin is not None
    transferred = _field(content.owners[-1].since.isoformat()) if len(content.owners) > 1 else None
    pledged = any(mortgage.released_on is None for mortgage in content.mortgages)
    claim = VehicleClaim(
        vin,
        _field(content.brand),
        _field(content.model),
        _field(content.owners[0].since.isoformat()),
        transferred,
    )
    return Letter(
        Kind.REGISTRATION_CERTIFICATE,
        title=_field("机动车登记证书"),
        vehicles=(claim,),
        owner=_field(content.owners[-1].name),
        manufacturer=_field(content.manufacturer),
        mortgaged=_field("yes" if pledged else "no") if content.mortgages else None,
    )


def _field(text: str, confidence: float = SURE) -> Field | None:
    return Field(text, text, confidence, 1, BOX) if text else None


def _vehicle(vehicle: Vehicle, confidence: float) -> VehicleClaim:
    vin = _field(vehicle.vin, confidence)
    assert vin is not None
    registered: date = vehicle.registration_date
    return VehicleClaim(vin, _field(vehicle.brand), _field(vehicle.model), _field(registered.isoformat()))


def _outlet(outlet: Outlet, country: str) -> ServiceOutlet:
    return ServiceOutlet(_field(outlet.name), _field(outlet.address), country=_field(country))


def _seen(name: str, letter: Letter, seal: SealPlan | None, maker: str | None) -> Examination:
    line = Line("售后", BOX, SURE, (0.1, 0.2, 0.4), (SURE, SURE))
    digest = hashlib.sha256(name.encode()).hexdigest()
    page = Page(1, 210.0, 297.0, True, 300.0, Colour.COLOUR, False, 0, None, (line,), pixels_sha256=digest)
    seals = (seal_as_read(seal, maker),) if seal else ()
    return Examination(digest, "application/pdf", 1, 1, (page,), letter, seals, (), False, "as read", "m", "r")


def seal_as_read(plan: SealPlan, maker: str | None) -> Seal:
    """Return a seal as found: the maker's own where its text is the maker's name."""
    seal = Seal(
        1, Box(0.6, 0.7, 0.8, 0.85), "round", "red", "official", "ink", plan.diameter_mm, SURE, plan.text, 0.97,
    )  # fmt: skip
    if maker is None:
        return seal
    likeness = Likeness.SAME if plan.text == maker else Likeness.DIFFERENT
    reason = "same" if plan.text == maker else "other_seal"
    return replace(seal, comparison=SealComparison(maker, f"specimen {maker}", likeness, reason, 0.97))
