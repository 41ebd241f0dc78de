"""A registrar confirms where the characters of a registered impression stand."""

import sqlalchemy as sa
from alembic import op

revision = "s007"
down_revision = "p011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "seal_layouts",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("layout", sa.Text(), nullable=True),
        sa.Column("changed_by", sa.String(length=200), nullable=False),
        sa.Column("changed_at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_seal_layouts")),
    )


def downgrade() -> None:
    op.drop_table("seal_layouts")
