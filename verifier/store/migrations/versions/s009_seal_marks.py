"""The grain of each sealed paper's ink by name, so that only papers with like ink are fetched and compared."""

import sqlalchemy as sa
from alembic import op

revision = "s009"
down_revision = "s008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "seal_marks",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=128), nullable=False),
        sa.Column("shape", sa.String(length=16), nullable=False),
        sa.Column("diameter_mm", sa.Float(), nullable=False),
        sa.Column("sieve", sa.LargeBinary(), nullable=False),
        sa.Column("phased", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", "place", "name", name=op.f("pk_seal_marks")),
    )
    op.create_index(op.f("ix_seal_marks_name_shape"), "seal_marks", ["name", "shape"])


def downgrade() -> None:
    op.drop_table("seal_marks")
