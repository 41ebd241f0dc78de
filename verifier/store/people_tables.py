"""The tables of people: organisations, persons, what they log in with. Secrets are kept as digests only."""

from __future__ import annotations

from sqlalchemy import Boolean, CheckConstraint, Column, Float, ForeignKey, Index, Integer, String, Table, Text

from verifier.store.service_tables import NAME
from verifier.store.tables import metadata

DIGEST = 64
"""Characters of a SHA-256 in hexadecimal."""

organisations = Table(
    "organisations",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("name", String(NAME), nullable=False, unique=True),
    Column("kind", String(16), nullable=False),
    Column("office_id", String(32), ForeignKey("organisations.id")),
    Column("created_at", Float, nullable=False),
    CheckConstraint(
        "(kind = 'office' AND office_id IS NULL) OR (kind = 'exporter' AND office_id IS NOT NULL)",
        name="ck_organisations_kind",
    ),
    Index(None, "office_id"),
)
"""Offices, and exporters with the office that is competent for them. Owners of documents are organisations."""

people = Table(
    "people",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("organisation_id", String(32), ForeignKey("organisations.id"), nullable=False),
    Column("login", String(NAME), nullable=False, unique=True),
    Column("name", String(NAME), nullable=False),
    Column("role", String(32), nullable=False),
    Column("password", Text),
    Column("subject", String(NAME), unique=True),
    Column("active", Boolean, nullable=False),
    Column("created_at", Float, nullable=False),
    CheckConstraint("role IN ('exporter', 'official', 'senior_official', 'auditor', 'admin')", name="ck_people_role"),
    Index(None, "organisation_id"),
)
"""`password` is an argon2id hash, `subject` an identity provider's name for the person; either may be missing."""

invitations = Table(
    "invitations",
    metadata,
    Column("digest", String(DIGEST), primary_key=True),
    Column("person_id", String(32), ForeignKey("people.id"), nullable=False),
    Column("expires_at", Float, nullable=False),
    Column("used_at", Float),
)
"""Codes with which a person sets a password, each once."""

sessions = Table(
    "sessions",
    metadata,
    Column("digest", String(DIGEST), primary_key=True),
    Column("person_id", String(32), ForeignKey("people.id"), nullable=False),
    Column("created_at", Float, nullable=False),
    Column("seen_at", Float, nullable=False),
    Column("ended_at", Float),
    Index(None, "person_id"),
)

api_tokens = Table(
    "api_tokens",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("digest", String(DIGEST), nullable=False, unique=True),
    Column("person_id", String(32), ForeignKey("people.id"), nullable=False),
    Column("name", String(NAME), nullable=False),
    Column("scopes", String(NAME), nullable=False),
    Column("created_at", Float, nullable=False),
    Column("expires_at", Float, nullable=False),
    Column("revoked_at", Float),
    Index(None, "person_id"),
)

login_failures = Table(
    "login_failures",
    metadata,
    Column("key", String(NAME), primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("last_at", Float, nullable=False),
    Column("blocked_until", Float, nullable=False),
)
"""Failed logins by name and by address (both as digests), so that guessing becomes slow in every process alike."""

oidc_logins = Table(
    "oidc_logins",
    metadata,
    Column("state", String(DIGEST), primary_key=True),
    Column("nonce", String(NAME), nullable=False),
    Column("verifier", String(NAME), nullable=False),
    Column("expires_at", Float, nullable=False),
)
"""Logins that are at the identity provider, by the digest of their state."""
