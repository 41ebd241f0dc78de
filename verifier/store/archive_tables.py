"""Tables of the archive: what every document claims, what it shares with others, how it was judged and when."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
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

_Key = BigInteger().with_variant(Integer, "sqlite")
"""SQLite counts rows by itself only where the key is called INTEGER."""

fingerprints = Table(
    "fingerprints",
    metadata,
    Column("location", Text, primary_key=True),
    Column("stamp", String(64), nullable=False),
    Column("sha256", String(64), nullable=False),
)
"""Which bytes a location held, as long as size and time of change stay: nothing is hashed twice."""

failures = Table(
    "failures",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("made_with", String(64), primary_key=True),
    Column("code", String(64), nullable=False),
    Column("detail", Text, nullable=False),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
)
"""Documents in which nothing could be seen, and why."""

archive_entries = Table(
    "archive_entries",
    metadata,
    Column("id", _Key, primary_key=True),
    Column("sha256", String(64), nullable=False),
    Column("part_index", Integer, nullable=False),
    Column("application", String(128), nullable=False),
    Column("name", Text, nullable=False),
    Column("made_with", String(64), nullable=False),
    Column("maker", String(256), nullable=False),
    Column("specimens", String(64), nullable=False),
    Column("examined_at", DateTime(timezone=True), nullable=False),
    Column("claims", LargeBinary, nullable=False),
    UniqueConstraint("sha256", "part_index", "application", name="uq_archive_entries"),
    Index(None, "application"),
    Index(None, "maker", "id"),
)
"""A part of a document as filed under an application ('' where none was named). `claims` is its examination
without words and ink: what judging needs. `specimens` digests the maker's impressions it was compared with."""

reuse_keys = Table(
    "reuse_keys",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("entry", BigInteger, primary_key=True, autoincrement=False),
    Index(None, "entry"),
    sqlite_with_rowid=False,
)
"""Digests of what a document shares with another that reuses it: bytes, number, VINs, page pictures."""

seal_prints = Table(
    "seal_prints",
    metadata,
    Column("entry", BigInteger, primary_key=True, autoincrement=False),
    Column("seal", Integer, primary_key=True),
    Column("bucket", BigInteger, primary_key=True, autoincrement=False),
    Column("diameter_mm", Float, nullable=False),
    Column("print", LargeBinary, nullable=False),
    Column("paired", Boolean, nullable=False),
    Index(None, "bucket", "entry"),
    Index("ix_seal_prints_unpaired", "bucket", sqlite_where=text("NOT paired"), postgresql_where=text("NOT paired")),
)
"""The perceptual key of each seal's ink; `bucket` digests maker and shape."""

ink_pairs = Table(
    "ink_pairs",
    metadata,
    Column("one", BigInteger, primary_key=True, autoincrement=False),
    Column("other", BigInteger, primary_key=True, autoincrement=False),
    Column("likeness", Float, nullable=False),
    Index(None, "other"),
)
"""Entries with the same ink pixels, the lower id first."""

record_snapshots = Table(
    "record_snapshots",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("records", LargeBinary, nullable=False),
)
"""The vehicle records that judgements were made with."""

judgements = Table(
    "judgements",
    metadata,
    Column("id", _Key, primary_key=True),
    Column("key", String(64), nullable=False, unique=True),
    Column("sha256", String(64), nullable=False),
    Column("part_index", Integer, nullable=False),
    Column("application", String(128), nullable=False),
    Column("verdict", String(16)),
    Column("judged_on", Date, nullable=False),
    Column("record_digest", String(64), nullable=False),
    Column("snapshot", String(64), nullable=False),
    Column("others", String(64), nullable=False),
    Column("rules", String(32), nullable=False),
    Column("versions", Text, nullable=False),
    Column("checks", LargeBinary, nullable=False),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
    Index(None, "sha256", "part_index", "application"),
)
"""Every judgement once: `key` digests the document, its records, every version, the lists, the others, the day."""

standing_decisions = Table(
    "standing_decisions",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("decision", String(32), nullable=False),
    Column("decided_by", String(128), nullable=False),
    Column("decided_at", DateTime(timezone=True), nullable=False),
)
"""What an official decided on a document: judging again never changes it."""
