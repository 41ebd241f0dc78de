"""The audit becomes a chain, and what must hold whatever the software above does becomes triggers.

Entries of the audit and decisions are never changed; an approval over a failing check needs a second, senior
official; nobody decides what they uploaded.
"""

import sqlalchemy as sa
from alembic import op

from verifier.store.audit import FIRST, digest_of

revision = "p011"
down_revision = "p010"
branch_labels = None
depends_on = None

_MINE = "EXISTS (SELECT 1 FROM people p JOIN cases c ON c.id = NEW.case_id WHERE p.id = {who} AND {role} AND p.active \
AND p.organisation_id = c.office_id)"
_UPLOADED = "EXISTS (SELECT 1 FROM cases c JOIN documents d ON d.id = c.document_id JOIN documents s \
ON s.sha256 = d.sha256 WHERE c.id = NEW.case_id AND s.uploaded_by IN (NEW.decided_by, NEW.seconded_by))"
_DECIDER = _MINE.format(who="NEW.decided_by", role="p.role IN ('official', 'senior_official')")
_SECOND = _MINE.format(who="NEW.seconded_by", role="p.role = 'senior_official'")
_FAILS = "(NEW.failing <> '[]' OR COALESCE((SELECT v.fails FROM case_vehicles v WHERE v.case_id = NEW.case_id \
AND v.vin = NEW.vin), 1) > 0)"
_ALONE = f"(NEW.state = 'final' AND NEW.outcome = 'approve' AND {_FAILS} AND NEW.seconded_by IS NULL)"
_FIXED = ("case_id", "vin", "outcome", "public_comment", "internal_note", "report_version", "failing", "decided_by",
          "decided_at")  # fmt: skip
_CHANGED = " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in _FIXED)
_ONCE = " OR ".join(
    f"(OLD.{name} IS NOT NULL AND OLD.{name} IS DISTINCT FROM NEW.{name})"
    for name in ("seconded_by", "seconded_at", "second_note", "final_at", "withdrawn_by", "withdrawn_at")
)
_BACK = "(OLD.state = 'final' AND NEW.state NOT IN ('final', 'withdrawn')) OR (OLD.state IN ('refused', 'withdrawn') \
AND NEW.state <> OLD.state)"
NEW_SECOND = "(OLD.seconded_by IS NULL AND NEW.seconded_by IS NOT NULL)"

RULES = (
    ("audit", "UPDATE", "1 = 1", "audit entries are never changed"),
    ("audit", "DELETE", "1 = 1", "audit entries are never removed"),
    ("decisions", "DELETE", "1 = 1", "decisions are never removed"),
    ("decisions", "INSERT", f"NOT {_DECIDER}", "only an official of the case's office decides"),
    ("decisions", "INSERT", _UPLOADED, "nobody decides what they uploaded"),
    ("decisions", "INSERT", f"{_ALONE} OR NEW.seconded_by IS NOT NULL", "approving over a fail needs a second person"),
    ("decisions", "UPDATE", f"{_CHANGED} OR {_ONCE} OR {_BACK}", "a decision is never changed"),
    ("decisions", "UPDATE", f"OLD.state = 'proposed' AND {_ALONE}", "approving over a fail needs a second person"),
    ("decisions", "UPDATE", f"{NEW_SECOND} AND NOT {_SECOND}", "only a senior official of the case's office seconds"),
    (
        "decisions",
        "UPDATE",
        f"{NEW_SECOND} AND NEW.state = 'final' AND {_UPLOADED}",
        "nobody decides what they uploaded",
    ),
)
"""(table, on what, when it is refused, why)"""


def _add_rule(number: int, table: str, event: str, condition: str, why: str) -> None:
    name = f"rule_p011_{number}"
    words = why.replace("'", "''")
    if op.get_bind().dialect.name == "sqlite":
        body = f"SELECT RAISE(ABORT, '{words}')"
        op.execute(sa.text(f"CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN {condition} BEGIN {body}; END"))
        return
    body = f"IF {condition} THEN RAISE EXCEPTION '{words}' USING ERRCODE = 'check_violation'; END IF;"
    back = "RETURN OLD;" if event == "DELETE" else "RETURN NEW;"
    function = f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} {back} END $$"
    op.execute(sa.text(function))
    op.execute(sa.text(f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"))


def _chain_what_is_there() -> None:
    """Give every entry so far its place in the chain."""
    audit = sa.table("audit", *map(sa.column, ("id", "at", "actor", "act", "subject", "detail", "previous", "digest")))
    connection, previous = op.get_bind(), FIRST
    for row in connection.execute(sa.select(audit).order_by(audit.c.id)).all():
        digest = digest_of(row.id, row.at, row.actor, row.act, row.subject, row.detail, previous)
        changed = sa.update(audit).where(audit.c.id == row.id).values(previous=previous, digest=digest)
        connection.execute(changed)
        previous = digest


def upgrade() -> None:
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.add_column(sa.Column("previous", sa.String(length=64), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("digest", sa.String(length=64), nullable=False, server_default=""))
        batch_op.create_index(batch_op.f("ix_audit_subject"), ["subject"], unique=False)
    _chain_what_is_there()
    for number, rule in enumerate(RULES):
        _add_rule(number, *rule)


def downgrade() -> None:
    for number in range(len(RULES)):
        if op.get_bind().dialect.name == "sqlite":
            op.execute(sa.text(f"DROP TRIGGER rule_p011_{number}"))
        else:
            op.execute(sa.text(f"DROP FUNCTION rule_p011_{number} CASCADE"))

    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_subject"))
        batch_op.drop_column("digest")
        batch_op.drop_column("previous")
