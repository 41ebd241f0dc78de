"""The notice, clause by clause: one module a family of checks, in the order of the report contract."""

from __future__ import annotations

from datetime import date

from verifier.examination import Examination
from verifier.letter import Kind
from verifier.match import Facts
from verifier.report import Check
from verifier.rules import certificate, document, letter, modification, record, seal, vin
from verifier.rules.case import Case
from verifier.rules.reporting import RULES_VERSION, error_report, report

__all__ = ["RULES_VERSION", "check", "error_report", "report"]


FAMILIES = {
    Kind.CONFIRMATION_LETTER: (document.CHECKS, letter.CHECKS, vin.CHECKS, record.CHECKS, seal.CHECKS),
    Kind.MODIFICATION_PROOF: (document.CHECKS, vin.CHECKS, modification.CHECKS, seal.CHECKS),
    Kind.REGISTRATION_CERTIFICATE: (document.CHECKS, vin.CHECKS, certificate.CHECKS),
}


def check(seen: Examination, facts: Facts, on: date) -> tuple[Check, ...]:
    """Return every check of the document, one row a subject, judged as of the day `on`.

    Papers of no kind that has checks of its own get those of the document, and are flagged for an official.
    """
    case = Case(seen, facts, on)
    families = FAMILIES.get(seen.letter.kind, (document.CHECKS,))
    return tuple(row for family in families for rule in family for row in rule(case))
