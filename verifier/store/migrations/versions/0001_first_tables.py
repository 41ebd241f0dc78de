"""The first tables: records, seal registry, lists, examinations."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "announcements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("announcement", sa.Text(), nullable=False),
        sa.Column("brand", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcements")),
    )
    op.create_table(
        "ccc_certificates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("certificate", sa.Text(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("brand", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ccc_certificates")),
    )
    op.create_table(
        "examinations",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("made_with", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("application_number", sa.String(length=128), nullable=True),
        sa.Column("parts", sa.LargeBinary(), nullable=False),
        sa.Column("examined_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("sha256", "made_with", name=op.f("pk_examinations")),
    )
    op.create_table(
        "imported_lists",
        sa.Column("list", sa.String(length=32), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("list", name=op.f("pk_imported_lists")),
    )
    op.create_table(
        "listed_makers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.Column("former_names", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listed_makers")),
    )
    op.create_table(
        "registered_makers",
        sa.Column("name", sa.String(length=256), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.Column("former_names", sa.Text(), nullable=False),
        sa.Column("wmi", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_registered_makers")),
    )
    op.create_table(
        "specimens",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("manufacturer", sa.String(length=256), nullable=False),
        sa.Column("image", sa.LargeBinary(), nullable=False),
        sa.Column("dpi", sa.Float(), nullable=False),
        sa.Column("shape", sa.String(length=16), nullable=True),
        sa.Column("diameter_mm", sa.Float(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("sha256", "manufacturer", name=op.f("pk_specimens")),
    )
    op.create_table(
        "vehicle_records",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vin", sa.String(length=32), nullable=False),
        sa.Column("application_number", sa.String(length=128), nullable=True),
        sa.Column("brand", sa.Text(), nullable=True),
        sa.Column("model", sa.Text(), nullable=True),
        sa.Column("manufacturer", sa.Text(), nullable=True),
        sa.Column("export_country", sa.Text(), nullable=True),
        sa.Column("applicant", sa.Text(), nullable=True),
        sa.Column("brand_en", sa.Text(), nullable=True),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("applied_brand", sa.Text(), nullable=True),
        sa.Column("applied_model", sa.Text(), nullable=True),
        sa.Column("chassis_manufacturer", sa.Text(), nullable=True),
        sa.Column("chassis_brand", sa.Text(), nullable=True),
        sa.Column("chassis_model", sa.Text(), nullable=True),
        sa.Column("modified_brand", sa.Text(), nullable=True),
        sa.Column("modified_model", sa.Text(), nullable=True),
        sa.Column("announcement", sa.Text(), nullable=True),
        sa.Column("ccc_certificate", sa.Text(), nullable=True),
        sa.Column("registration_date", sa.Date(), nullable=True),
        sa.Column("transfer_date", sa.Date(), nullable=True),
        sa.Column("application_date", sa.Date(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("applied_registration_date", sa.Date(), nullable=True),
        sa.Column("applied_transfer_date", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vehicle_records")),
    )
    op.create_index(
        op.f("ix_vehicle_records_application_number"), "vehicle_records", ["application_number"], unique=False
    )
    op.create_index(op.f("ix_vehicle_records_vin"), "vehicle_records", ["vin"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_vehicle_records_vin"), table_name="vehicle_records")
    op.drop_index(op.f("ix_vehicle_records_application_number"), table_name="vehicle_records")
    op.drop_table("vehicle_records")
    op.drop_table("specimens")
    op.drop_table("registered_makers")
    op.drop_table("listed_makers")
    op.drop_table("imported_lists")
    op.drop_table("examinations")
    op.drop_table("ccc_certificates")
    op.drop_table("announcements")
