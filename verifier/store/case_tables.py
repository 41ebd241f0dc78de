"""The tables of cases: what awaits a person, what persons decided and corrected. Rows are added, not replaced."""

from __future__ import annotations

from sqlalchemy import Boolean, CheckConstraint, Column, Float, ForeignKey, Index, Integer, String, Table, Text, text

from verifier.store.people_tables import DIGEST
from verifier.store.service_tables import NAME, Counted
from verifier.store.tables import metadata

LIVING = "state IN ('proposed', 'final')"

cases = Table(
    "cases",
    metadata,
    Column("id", Counted, primary_key=True, autoincrement=True),
    Column("document_id", String(32), ForeignKey("documents.id"), nullable=False),
    Column("office_id", String(32), nullable=False),
    Column("reason", String(32), nullable=False),
    Column("state", String(32), nullable=False),
    Column("blind", Boolean, nullable=False),
    Column("risk", Integer, nullable=False),
    Column("opened_at", Float, nullable=False),
    Column("report_version", Integer, nullable=False),
    Column("version", Integer, nullable=False, server_default="1"),
    Column("holder_id", String(32), ForeignKey("people.id")),
    Column("held_until", Float),
    Column("closed_at", Float),
    CheckConstraint("reason IN ('flagged', 'control', 'decided_earlier')", name="ck_cases_reason"),
    CheckConstraint("state IN ('open', 'awaiting_second', 'decided', 'closed')", name="ck_cases_state"),
    Index(None, "document_id"),
    Index("ix_cases_queue", "office_id", "state", "risk", "id"),
    Index("uq_cases_open_document", "document_id", unique=True,
          sqlite_where=text("state IN ('open', 'awaiting_second')"),
          postgresql_where=text("state IN ('open', 'awaiting_second')")),
)  # fmt: skip
"""`version` counts every change (If-Match); `closed` is a case that went away without a decision."""

case_vehicles = Table(
    "case_vehicles",
    metadata,
    Column("case_id", Counted, ForeignKey("cases.id"), primary_key=True),
    Column("vin", String(64), primary_key=True),
    Column("fails", Integer, nullable=False),
    Column("failing", Text, nullable=False),
)
"""What is to be decided: one row a vehicle, '' for a document without any. `failing` names the checks that fail."""

decisions = Table(
    "decisions",
    metadata,
    Column("id", Counted, primary_key=True, autoincrement=True),
    Column("case_id", Counted, ForeignKey("cases.id"), nullable=False),
    Column("vin", String(64), nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("state", String(16), nullable=False),
    Column("public_comment", Text, nullable=False),
    Column("internal_note", Text, nullable=False),
    Column("report_version", Integer, nullable=False),
    Column("failing", Text, nullable=False),
    Column("decided_by", String(32), ForeignKey("people.id"), nullable=False),
    Column("decided_at", Float, nullable=False),
    Column("seconded_by", String(32), ForeignKey("people.id")),
    Column("seconded_at", Float),
    Column("second_note", Text),
    Column("final_at", Float),
    Column("withdrawn_by", String(32), ForeignKey("people.id")),
    Column("withdrawn_at", Float),
    CheckConstraint("outcome IN ('approve', 'reject', 'return')", name="ck_decisions_outcome"),
    CheckConstraint("state IN ('proposed', 'final', 'refused', 'withdrawn')", name="ck_decisions_state"),
    CheckConstraint("seconded_by IS NULL OR seconded_by <> decided_by", name="ck_decisions_two_people"),
    Index("uq_decisions_living", "case_id", "vin", unique=True, sqlite_where=text(LIVING),
          postgresql_where=text(LIVING)),
    Index(None, "decided_by"),
)  # fmt: skip
"""One row a ruling on one vehicle; at most one lives. Triggers of migration p011 refuse what only two may do."""

corrections = Table(
    "corrections",
    metadata,
    Column("id", Counted, primary_key=True, autoincrement=True),
    Column("document_id", String(32), ForeignKey("documents.id"), nullable=False),
    Column("part", Integer, nullable=False),
    Column("field", String(NAME), nullable=False),
    Column("value", Text, nullable=False),
    Column("machine", Text, nullable=False),
    Column("corrected_by", String(32), ForeignKey("people.id"), nullable=False),
    Column("corrected_at", Float, nullable=False),
    Column("withdrawn_at", Float),
    Index(None, "document_id"),
)
"""What an official reads where the machine misread: the newest of a field holds. `machine` is what it had read."""

application_offices = Table(
    "application_offices",
    metadata,
    Column("application_number", String(128), primary_key=True),
    Column("office_id", String(32), nullable=False),
)
"""Whose application it is: the office that first brought its records."""

audit_checkpoints = Table(
    "audit_checkpoints",
    metadata,
    Column("entry", Counted, primary_key=True, autoincrement=False),
    Column("digest", String(DIGEST), nullable=False),
    Column("at", Float, nullable=False),
    Column("key", String(NAME), nullable=False),
    Column("signature", String(NAME), nullable=False),
)
"""Signed states of the audit chain; whoever keeps one elsewhere can prove what was cut off here."""
