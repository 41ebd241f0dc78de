"""What a registered impression looks like, in 6 kB, so that seals of unknown makers find the likeliest ones."""

import sqlalchemy as sa
from alembic import op

revision = "s008"
down_revision = "s007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "seal_spectra",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("spectrum", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_seal_spectra")),
    )


def downgrade() -> None:
    op.drop_table("seal_spectra")
