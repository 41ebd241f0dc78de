"""Papers beside letters, planned: proofs of modification and registration certificates, with the office's records."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from samples.content import Capture, SealPlan
from samples.filed import Certificate, Content, Mortgage, OtherPaper, OwnerRow, Proof
from samples.layouts import certificates, others, others_wide, proofs
from samples.paper.dress import PLAIN, Dress, plain_or_dressed
from samples.planning import CAPTURES, EXPORTERS, official_seal, pick
from samples.world.maker import Maker
from samples.world.makers import MAKERS
from samples.world.modifiers import MODIFIERS
from samples.world.vehicles import new_vin

Row = dict[str, str]
"""Columns of records.csv by name."""
SCANS = ("scan_200", "scan_200", "scan_150", "pdf_scan_240", "scan_300", "skewed", "phone_flat")
"""Captures of papers; several pages become a PDF."""
PLAIN_TYPES = ("song", "uming", "kai", "hei", "wenkai", "noto_serif", "noto_sans")
WORK = ("加装冷藏厢体", "加装自卸装置", "改装为旅居车", "加装随车起重装置", "改装为救护车", "加装清障装置")
OTHERS = (
    ("发票", ("购买方：{exporter}", "货物名称：二手车", "金额：人民币壹拾贰万元整")),
    ("购销合同", ("甲方：{exporter}", "乙方：王某", "双方就车辆买卖达成如下协议。")),
    ("授权委托书", ("委托人：{exporter}", "兹委托李某办理出口手续。")),
    ("营业执照", ("统一社会信用代码：91110000MA00000000", "名称：{exporter}", "注册资本：壹仟万元")),
    ("装箱单", ("Packing List", "托运人：{exporter}", "数量：1")),
)


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper to make. `records` are the rows the office has about its vehicles."""

    index: int
    seed: int
    kind: str
    look: str
    content: Content
    seal: SealPlan | None
    capture: Capture
    capture_name: str
    records: tuple[Row, ...]
    type_name: str = "song"
    dress: Dress = PLAIN
    defect: str | None = None
    must_trip: tuple[str, ...] = ()
    listed: tuple[Row, ...] = ()
    """Rows of announcements.csv and ccc.csv that cover the product; the column `list` says which."""

    @property
    def name(self) -> str:
        """Name of its file without folder."""
        extension = {"jpg": "jpg", "png": "png", "pdf_scan": "pdf"}[self.capture.form]
        return f"{self.index:05d}-{self.kind}-{self.defect or 'genuine'}.{extension}"


def genuine_proof(index: int, seed: int) -> Paper:
    """Return a faultless proof of modification, its records, and the ministry's lists that cover it."""
    rng = np.random.default_rng([seed, index, 11])
    modifier, chassis = pick(rng, MODIFIERS), pick(rng, MAKERS)
    exporter = pick(rng, EXPORTERS)[0]
    registered = date(2025, 6, 1) + timedelta(days=int(rng.integers(0, 120)))
    content = _proof(rng, index, modifier, chassis, exporter, registered)
    applied = date(2026, 1, 15) + timedelta(days=int(rng.integers(0, 60)))
    rows = tuple(proof_row(content, vin, registered, applied, f"GZ2026{seed:03d}{index:05d}") for vin in content.vins)
    capture = pick(rng, SCANS)
    return Paper(
        index, seed, "modification_proof", pick(rng, tuple(proofs.LOOKS)), content,
        _impression(modifier, rng), CAPTURES[capture], capture, rows,
        pick(rng, PLAIN_TYPES),
        plain_or_dressed(rng, modifier.name, modifier.city, modifier.brand_en), listed=listed_products(content),
    )  # fmt: skip


def _proof(
    rng: np.random.Generator, index: int, modifier: Maker, chassis: Maker, exporter: str, registered: date
) -> Proof:
    batch = int(rng.integers(372, 404))
    vins = tuple(
        new_vin(chassis, registered.year, index * 10 + k, rng) for k in range(int(rng.choice((1, 1, 1, 2, 3))))
    )
    return Proof(
        number=f"GZ-2026-{index:04d}" if rng.random() < 0.6 else "",
        issuer=modifier.name,
        issuer_en=modifier.name_en,
        exporter=exporter,
        chassis_maker=chassis.name,
        chassis_brand=chassis.brand,
        chassis_model=pick(rng, chassis.models),
        modified_brand=modifier.brand,
        modified_model=pick(rng, modifier.models),
        vins=vins,
        announcement=pick(rng, (f"第{batch}批", f"（第{batch}批）", f"{batch}批")),
        ccc=f"2025{int(rng.integers(10**11, 10**12))}",
        work=pick(rng, WORK),
        issued_on=registered + timedelta(days=int(rng.integers(100, 180))),
    )


def proof_row(proof: Proof, vin: str, registered: date, applied: date, number: str) -> Row:
    """Return the office's row on a modified vehicle."""
    return {
        "vin": vin, "brand": proof.modified_brand, "model": proof.modified_model, "manufacturer": proof.issuer,
        "registration_date": registered.isoformat(), "transfer_date": "2026-01-08", "export_country": "KZ",
        "applicant": proof.exporter, "application_date": applied.isoformat(), "application_number": number,
        "received_on": (applied + timedelta(days=4)).isoformat(), "chassis_manufacturer": proof.chassis_maker,
        "chassis_brand": proof.chassis_brand, "chassis_model": proof.chassis_model,
        "modified_brand": proof.modified_brand, "modified_model": proof.modified_model,
        "announcement": proof.announcement, "ccc_certificate": proof.ccc, "owner": proof.exporter,
    }  # fmt: skip


def listed_products(proof: Proof) -> tuple[Row, ...]:
    """Return the rows of the operator's lists that cover a proof's product."""
    product = {"brand": proof.modified_brand, "model": proof.modified_model}
    dates = {"valid_from": "2024-01-01", "valid_to": "2030-12-31"}
    return (
        {"list": "announcements", "announcement": proof.announcement.strip("（）"), **product, **dates},
        {"list": "ccc", "certificate": proof.ccc, "holder": proof.issuer, **product, **dates},
    )


def _impression(maker: Maker, rng: np.random.Generator) -> SealPlan:
    seed, wear, degrees = int(rng.integers(1 << 30)), float(rng.uniform(0.1, 0.4)), float(rng.uniform(0, 360))
    return official_seal(maker, seed, wear=wear, degrees=degrees, over_print=bool(rng.random() < 0.35))


def genuine_certificate(index: int, seed: int) -> Paper:
    """Return a faultless registration certificate with its record."""
    rng = np.random.default_rng([seed, index, 12])
    maker = pick(rng, MAKERS)
    exporter = pick(rng, EXPORTERS)[0]
    first = date(2025, 8, 1) + timedelta(days=int(rng.integers(0, 120)))
    between = (OwnerRow("李建国", "居民身份证/120101198001010011", first + timedelta(days=30)),)
    owners = (
        OwnerRow("王小明", "居民身份证/110101197502020022", first),
        *(between if rng.random() < 0.3 else ()),
        OwnerRow(exporter, "营业执照/91120000MA05XXXX0X", date(2026, 1, 3) + timedelta(days=int(rng.integers(0, 30)))),
    )
    released = Mortgage(
        "远方汽车金融有限公司", first + timedelta(days=3), first + timedelta(days=int(rng.integers(20, 90)))
    )
    content = Certificate(
        serial=f"{int(rng.integers(10**11, 10**12))}",
        office=f"{maker.city}公安局交通警察支队车辆管理所",
        plate=f"津A{int(rng.integers(10000, 99999))}",
        owners=owners,
        mortgages=(released,) if rng.random() < 0.4 else (),
        vin=new_vin(maker, first.year, index * 10 + 7, rng),
        brand=maker.brand,
        model=pick(rng, maker.models),
        manufacturer=maker.name,
        engine=f"EN{int(rng.integers(10**6, 10**7))}",
        made_on=first - timedelta(days=int(rng.integers(10, 60))),
    )
    police = SealPlan(f"{maker.city}公安局交通警察支队", int(rng.integers(1 << 30)), degrees=float(rng.normal(0, 6)))
    capture = pick(rng, SCANS)
    return Paper(
        index, seed, "registration_certificate", pick(rng, tuple(certificates.LOOKS)), content, police,
        CAPTURES[capture], capture, (_certificate_row(content, exporter, f"LB2026{seed:03d}{index:05d}"),),
    )  # fmt: skip


def _certificate_row(paper: Certificate, exporter: str, number: str) -> Row:
    applied = paper.owners[-1].since + timedelta(days=5)
    return {
        "vin": paper.vin, "brand": paper.brand, "model": paper.model, "manufacturer": paper.manufacturer,
        "registration_date": paper.owners[0].since.isoformat(), "transfer_date": paper.owners[-1].since.isoformat(),
        "export_country": "KZ", "applicant": exporter, "application_date": applied.isoformat(),
        "application_number": number, "owner": exporter,
    }  # fmt: skip


def other_paper(index: int, seed: int) -> Paper:
    """Return a paper that is neither letter nor proof nor certificate."""
    rng = np.random.default_rng([seed, index, 13])
    exporter = pick(rng, EXPORTERS)[0]
    title, lines = pick(rng, OTHERS + others_wide.TITLES)
    maker = pick(rng, MAKERS)
    words = {
        "exporter": exporter, "maker": maker.name, "brand": maker.brand, "model": pick(rng, maker.models),
        "vin": new_vin(maker, 2025, index * 10 + 3, rng), "seller": f"{maker.city}汽车贸易有限公司",
    }  # fmt: skip
    content = OtherPaper(title, tuple(line.format(**words) for line in lines), exporter, date(2026, 1, 9))
    seal = SealPlan(exporter, int(rng.integers(1 << 30)), degrees=float(rng.normal(0, 8)))
    look = pick(rng, tuple(others.LOOKS))
    return Paper(index, seed, "other", look, content, seal, CAPTURES["scan_150"], "scan_150", ())


def filed(paper: Paper, pages: int) -> Paper:
    """Return the paper with a capture that holds so many pages."""
    if pages > 1 and paper.capture.form != "pdf_scan":
        return replace(paper, capture=replace(paper.capture, form="pdf_scan"))
    return paper
