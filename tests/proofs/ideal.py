"""A letter read without a fault and sealed as registered: what is left to judge is the file itself.

Reading costs a second a page and errs; attacks on the file do neither. So thousands of attacked files are judged with
the lines that the generator printed in place of those a reader would read, and with a seal equal to its impression.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from samples.captures.patching import says_instead
from samples.content import Capture, Pairs, Plan
from samples.making import make, sheets_of
from samples.paper.sheet import Sheets
from samples.planning import CAPTURES, genuine_plan
from samples.truth import write_tables
from samples.world.makers import MAKERS
from tests.proofs.harness import known_of
from tests.proofs.setting import lines_of, rules_of
from verifier import integrity, match, rules
from verifier.examination import Examination, Finding, Likeness, Opened, OpenedPage, Seal, SealComparison
from verifier.extraction import Labels, extract
from verifier.history import History
from verifier.opening.document import open_whole
from verifier.opening.opinion import second_opinion
from verifier.opening.signatures import Anchors, signature_findings
from verifier.page import Box, Colour, Page
from verifier.record import Records, Registry
from verifier.report import Report
from verifier.settings import models_folder

JUDGED_ON = date(2026, 6, 1)
FLAT = Capture("pdf_scan", 200, quality=85, layer=True)
"""A straight scan with the layer of an OCR scanner."""


@dataclass(frozen=True)
class Known:
    """What the office knows of some letters."""

    records: Records
    registry: Registry
    labels: Labels


def known_for(plans: list[Plan]) -> Known:
    """Return records of the plans, and makers with an impression each."""
    with TemporaryDirectory() as folder:
        write_tables(plans, Path(folder), MAKERS[:1])
        records, registry = known_of(Path(folder))
    makers = tuple(replace(registry.makers[0], name=m.name, name_en=m.name_en, former_names=()) for m in MAKERS)
    specimens = tuple(replace(registry.specimens[0], manufacturer=m.name, sha256=m.name) for m in MAKERS)
    registry = replace(registry, registered=makers, makers=makers, specimens=specimens)
    return Known(records, registry, Labels.load(models_folder()))


def drawn(plan: Plan, producer: str = "reportlab") -> Plan:
    """Return the plan printed to PDF, without a seal: the ideal one stands for it."""
    capture = replace(CAPTURES["born_digital"], producer=producer)
    return replace(plan, capture=capture, type_name="song", seal=None, further_seals=(), straddling=False)


def layered(plan: Plan) -> Plan:
    """Return the plan scanned flat with a text layer."""
    return replace(plan, capture=FLAT, further_seals=(), straddling=False)


def letters(count: int, seed: int, *, part: str = "all") -> list[Plan]:
    """Return genuine plans of all layouts and languages that go to one country."""
    return [genuine_plan(index, seed, part=part, one_country=True) for index in range(count)]


@lru_cache(maxsize=4)
def made(plan: Plan) -> bytes:
    """Return the file of a plan."""
    return make(plan).document


def opened_with_opinions(document: bytes, anchors: Anchors = ()) -> Opened:
    """Return what the sandbox's child would hand over."""
    opened = open_whole(document)
    findings = list(opened.findings)
    if opened.signed:
        findings += signature_findings(document, anchors)
    if opened.media_type == "application/pdf":
        findings += second_opinion(document, {page.number: page.layer for page in opened.pages})
    return replace(opened, findings=tuple(findings))


def examined(plan: Plan, opened: Opened, known: Known, shows: Pairs = ()) -> Examination:
    """Return the examination of a file whose pages show the plan's sheets, `shows` printed instead."""
    sheets = says_instead(sheets_of(plan), shows)
    pages = tuple(_page(sheets, page) for page in opened.pages)
    letter = extract(pages, known.labels, known.registry.known_makers)
    seals = tuple(ideal_seal(plan, page.number) for page in pages)
    findings = integrity.examine(opened.findings, pages, letter)
    traces = integrity.find_traces(opened.pages, pages, letter)
    return Examination(
        opened.sha256, opened.media_type, 1, 1, pages, letter, seals, (*findings, *traces), opened.signed,
        "ideal", known.labels.version, known.registry.registry_version,
    )  # fmt: skip


def judged(seen: Examination, known: Known) -> Report:
    """Return the report on an examination."""
    facts = match.compare(seen, known.records, known.registry, History(), None)
    checks = rules.check(seen, facts, JUDGED_ON)
    return rules.report(seen, facts, checks, known.registry, JUDGED_ON, name="a.pdf")


def _page(sheets: Sheets, page: OpenedPage) -> Page:
    size = (sheets.width_mm, sheets.height_mm)
    return Page(
        page.number, *size, page.scale_known, page.dpi, Colour.COLOUR, page.born_digital, 0, None,
        lines_of(sheets, page.number), layer=page.layer, rules=rules_of(sheets, page.number),
        pixels_sha256=str(hash(page.pixels.tobytes())),
    )  # fmt: skip


def ideal_seal(plan: Plan, page: int) -> Seal:
    """Return a seal on a page that equals the issuer's impression."""
    name = plan.letter.issuer
    same = SealComparison(name, name, Likeness.SAME, "same", 0.97)
    box = Box(0.6, 0.75, 0.8, 0.89)
    return Seal(page, box, "round", "red", "official", "ink", 40.0, 0.98, name, 0.97, comparison=same)


def flagging(report: Report) -> dict[str, str]:
    """Return the checks that flag a report, with their reasons."""
    return {c.id: f"{c.outcome}:{c.reason}" for c in report.checks if c.outcome in ("fail", "unsure")}


def named(findings: tuple[Finding, ...], *codes: str) -> list[Finding]:
    """Return the findings of some codes."""
    return [finding for finding in findings if finding.code in codes]
