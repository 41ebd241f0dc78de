"""The tables of the service: documents, jobs, reports, events, webhooks, audit. Rows hold verdicts and pointers."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from verifier.store.tables import metadata

Counted = BigInteger().with_variant(Integer, "sqlite")
"""A number that the database counts up; SQLite only counts in an INTEGER."""
NAME = 200
"""Characters of owners, actors, codes and other short words."""

blobs = Table(
    "blobs",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("bytes", BigInteger, nullable=False),
    Column("media_type", String(NAME), nullable=False),
    Column("stored_at", Float, nullable=False),
    Column("removed_at", Float),
)

batches = Table(
    "batches",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("owner", String(NAME), nullable=False),
    Column("created_at", Float, nullable=False),
)

documents = Table(
    "documents",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("owner", String(NAME), nullable=False),
    Column("batch_id", String(32), ForeignKey("batches.id")),
    Column("sha256", String(64), ForeignKey("blobs.sha256"), nullable=False),
    Column("name", Text),
    Column("application_number", String(128)),
    Column("uploaded_at", Float, nullable=False),
    Column("state", String(16), nullable=False),
    Column("generation", Integer, nullable=False, server_default="0"),
    Column("report_version", Integer, nullable=False, server_default="0"),
    Column("verdict", String(16)),
    Column("error_code", String(NAME)),
    Column("kind", String(NAME)),
    Column("judged_at", Float),
    Column("deleted_at", Float),
    Column("uploaded_by", String(32)),
    Index(None, "sha256"),
    Index(None, "application_number"),
    Index(None, "batch_id"),
    Index(None, "owner", "id"),
)
"""One row an upload. `generation` counts what other documents change about how this one must be judged."""

idempotency_keys = Table(
    "idempotency_keys",
    metadata,
    Column("owner", String(NAME), primary_key=True),
    Column("key", String(255), primary_key=True),
    Column("fingerprint", String(64), nullable=False),
    Column("document_ids", Text, nullable=False),
    Column("batch_id", String(32)),
    Column("created_at", Float, nullable=False),
)

reports = Table(
    "reports",
    metadata,
    Column("document_id", String(32), ForeignKey("documents.id"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("job_id", Counted, nullable=False),
    Column("verdict", String(16)),
    Column("blob", String(64)),
    Column("judged_at", Float, nullable=False),
    UniqueConstraint("job_id", name="uq_reports_job_id"),
)
"""One row a judgement; the newest is the document's. A job can record one and no more."""

jobs = Table(
    "jobs",
    metadata,
    Column("id", Counted, primary_key=True, autoincrement=True),
    Column("document_id", String(32), ForeignKey("documents.id"), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("state", String(16), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("token", Integer, nullable=False),
    Column("worker", String(NAME)),
    Column("leased_until", Float),
    Column("not_before", Float, nullable=False),
    Column("created_at", Float, nullable=False),
    Column("finished_at", Float),
    Index("ix_jobs_open", "state", "not_before", "id", sqlite_where=text("state != 'done'"),
          postgresql_where=text("state != 'done'")),
    Index(None, "document_id"),
)  # fmt: skip
"""`token` counts the leases: what an earlier holder still does is refused."""

workers = Table(
    "workers",
    metadata,
    Column("name", String(NAME), primary_key=True),
    Column("seen_at", Float, nullable=False),
)

events = Table(
    "events",
    metadata,
    Column("id", Counted, primary_key=True, autoincrement=True),
    Column("document_id", String(32), nullable=False),
    Column("batch_id", String(32)),
    Column("owner", String(NAME), nullable=False),
    Column("type", String(NAME), nullable=False),
    Column("verdict", String(16)),
    Column("version", Integer),
    Column("at", Float, nullable=False),
    Index(None, "document_id"),
    Index(None, "batch_id"),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Counted, primary_key=True, autoincrement=True),
    Column("at", Float, nullable=False),
    Column("actor", String(NAME), nullable=False),
    Column("act", String(NAME), nullable=False),
    Column("subject", String(NAME), nullable=False),
    Column("detail", Text, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("digest", String(64), nullable=False),
    Index(None, "subject"),
)
"""Who did what to what: identifiers, digests and verdicts, never personal data. Nothing here is changed: each entry
carries the digest of the one before (`store/audit.py`), and triggers refuse changes."""

trace_keys = Table(
    "trace_keys",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("key", String(128), primary_key=True),
    Index(None, "kind", "key"),
)
"""By what a document may be found from another: its VINs, number, page pictures, issuer."""

seal_marks = Table(
    "seal_marks",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("name", String(128), primary_key=True),
    Column("shape", String(16), nullable=False),
    Column("diameter_mm", Float, nullable=False),
    Column("sieve", LargeBinary, nullable=False),
    Column("phased", LargeBinary, nullable=False),
    Index(None, "name", "shape"),
)
"""The perceptual key of each seal's ink, under the names by which its paper is looked for."""

revisions = Table(
    "revisions",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("number", Integer, nullable=False),
)
"""Counts the changes of the seal registry and lists, so that a worker sees that its own are old."""

webhooks = Table(
    "webhooks",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("owner", String(NAME), nullable=False),
    Column("url", Text, nullable=False),
    Column("secret", String(NAME), nullable=False),
    Column("active", Boolean, nullable=False),
    Column("created_at", Float, nullable=False),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Counted, primary_key=True, autoincrement=True),
    Column("webhook_id", String(32), ForeignKey("webhooks.id"), nullable=False),
    Column("event_id", Counted, ForeignKey("events.id"), nullable=False),
    Column("state", String(16), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("due_at", Float, nullable=False),
    Column("status", Integer),
    Column("error", Text),
    Column("finished_at", Float),
    UniqueConstraint("webhook_id", "event_id", name="uq_deliveries_webhook_id_event_id"),
    Index("ix_deliveries_open", "state", "due_at"),
)
