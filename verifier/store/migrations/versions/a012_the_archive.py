"""The archive: entries, reuse index, judgements, failures, fingerprints."""

import sqlalchemy as sa
from alembic import op

revision = "a012"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "archive_entries",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("part_index", sa.Integer(), nullable=False),
        sa.Column("application", sa.String(length=128), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("made_with", sa.String(length=64), nullable=False),
        sa.Column("maker", sa.String(length=256), nullable=False),
        sa.Column("specimens", sa.String(length=64), nullable=False),
        sa.Column("examined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claims", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_archive_entries")),
        sa.UniqueConstraint("sha256", "part_index", "application", name="uq_archive_entries"),
    )
    op.create_table(
        "failures",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("made_with", sa.String(length=64), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("sha256", "made_with", name=op.f("pk_failures")),
    )
    op.create_table(
        "fingerprints",
        sa.Column("location", sa.Text(), nullable=False),
        sa.Column("stamp", sa.String(length=64), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("location", name=op.f("pk_fingerprints")),
    )
    op.create_table(
        "ink_pairs",
        sa.Column("one", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("other", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("likeness", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("one", "other", name=op.f("pk_ink_pairs")),
    )
    op.create_index(op.f("ix_ink_pairs_other"), "ink_pairs", ["other"], unique=False)
    op.create_table(
        "judgements",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("part_index", sa.Integer(), nullable=False),
        sa.Column("application", sa.String(length=128), nullable=False),
        sa.Column("verdict", sa.String(length=16), nullable=True),
        sa.Column("judged_on", sa.Date(), nullable=False),
        sa.Column("record_digest", sa.String(length=64), nullable=False),
        sa.Column("snapshot", sa.String(length=64), nullable=False),
        sa.Column("others", sa.String(length=64), nullable=False),
        sa.Column("rules", sa.String(length=32), nullable=False),
        sa.Column("versions", sa.Text(), nullable=False),
        sa.Column("checks", sa.LargeBinary(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_judgements")),
        sa.UniqueConstraint("key"),
    )
    op.create_index(
        op.f("ix_judgements_sha256_part_index_application"),
        "judgements",
        ["sha256", "part_index", "application"],
        unique=False,
    )
    op.create_table(
        "record_snapshots",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("records", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_record_snapshots")),
    )
    op.create_table(
        "reuse_keys",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("entry", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("key", "entry", name=op.f("pk_reuse_keys")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_reuse_keys_entry"), "reuse_keys", ["entry"], unique=False)
    op.create_table(
        "seal_prints",
        sa.Column("entry", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("seal", sa.Integer(), nullable=False),
        sa.Column("bucket", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("diameter_mm", sa.Float(), nullable=False),
        sa.Column("print", sa.LargeBinary(), nullable=False),
        sa.Column("paired", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("entry", "seal", "bucket", name=op.f("pk_seal_prints")),
    )
    op.create_index(op.f("ix_seal_prints_bucket_entry"), "seal_prints", ["bucket", "entry"], unique=False)
    op.create_index(
        "ix_seal_prints_unpaired",
        "seal_prints",
        ["bucket"],
        unique=False,
        sqlite_where=sa.text("NOT paired"),
        postgresql_where=sa.text("NOT paired"),
    )
    op.create_table(
        "standing_decisions",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("decision", sa.String(length=32), nullable=False),
        sa.Column("decided_by", sa.String(length=128), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_standing_decisions")),
    )


def downgrade() -> None:
    op.drop_table("standing_decisions")
    op.drop_index(
        "ix_seal_prints_unpaired",
        table_name="seal_prints",
        sqlite_where=sa.text("NOT paired"),
        postgresql_where=sa.text("NOT paired"),
    )
    op.drop_index(op.f("ix_seal_prints_bucket_entry"), table_name="seal_prints")
    op.drop_table("seal_prints")
    op.drop_index(op.f("ix_reuse_keys_entry"), table_name="reuse_keys")
    op.drop_table("reuse_keys")
    op.drop_table("record_snapshots")
    op.drop_index(op.f("ix_judgements_sha256_part_index_application"), table_name="judgements")
    op.drop_table("judgements")
    op.drop_index(op.f("ix_ink_pairs_other"), table_name="ink_pairs")
    op.drop_table("ink_pairs")
    op.drop_table("fingerprints")
    op.drop_table("failures")
    op.drop_table("archive_entries")
