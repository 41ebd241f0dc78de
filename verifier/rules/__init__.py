"""The notice, clause by clause: one module a family of checks, in the order of the report contract."""

from __future__ import annotations

from datetime import date

from verifier.examination import Examination
from verifier.letter import Kind
from verifier.match import Facts
from verifier.report import Check
from verifier.rules import document, letter, record, seal, vin
from verifier.rules.case import Case
from verifier.rules.reporting import RULES_VERSION, error_report, report

__all__ = ["RULES_VERSION", "check", "error_report", "report"]


def check(seen: Examination, facts: Facts, on: date) -> tuple[Check, ...]:
    """Return every check of the document, one row a subject, judged as of the day `on`.

    Papers that are no confirmation letter get the document checks only, and are flagged for an official.
    """
    case = Case(seen, facts, on)
    families = [document.CHECKS]
    if seen.letter.kind is Kind.CONFIRMATION_LETTER:
        families += [letter.CHECKS, vin.CHECKS, record.CHECKS, seal.CHECKS]
    return tuple(row for family in families for rule in family for row in rule(case))
