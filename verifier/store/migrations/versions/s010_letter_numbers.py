"""Letters' numbers are found whichever of O and 0, I, L and 1 was read: keys in that form beside the old ones."""

from alembic import op

revision = "s010"
down_revision = "s009"
branch_labels = None
depends_on = None

FORM = "REPLACE(REPLACE(REPLACE(REPLACE(old.key, 'O', '0'), 'Q', '0'), 'I', '1'), 'L', '1')"


def upgrade() -> None:
    op.execute(
        "INSERT INTO trace_keys (sha256, kind, key) "
        f"SELECT DISTINCT old.sha256, old.kind, {FORM} FROM trace_keys AS old WHERE old.kind = 'number' AND NOT EXISTS "
        f"(SELECT 1 FROM trace_keys AS new WHERE new.sha256 = old.sha256 AND new.kind = old.kind AND new.key = {FORM})"
    )


def downgrade() -> None:
    """Keep the keys: they lead to nothing that the older form does not find."""
