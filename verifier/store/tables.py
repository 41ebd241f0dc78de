"""The tables. A change here is a migration in migrations/versions."""

from __future__ import annotations

from sqlalchemy import Column, Date, DateTime, Float, Index, Integer, LargeBinary, MetaData, String, Table, Text

metadata = MetaData(
    naming_convention={"ix": "ix_%(table_name)s_%(column_0_N_name)s", "pk": "pk_%(table_name)s"},
)

vehicle_records = Table(
    "vehicle_records",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("vin", String(32), nullable=False),
    Column("application_number", String(128)),
    *(
        Column(name, Text)
        for name in (
            "brand", "model", "manufacturer", "export_country", "applicant", "brand_en", "owner", "applied_brand",
            "applied_model", "chassis_manufacturer", "chassis_brand", "chassis_model", "modified_brand",
            "modified_model", "announcement", "ccc_certificate",
        )
    ),
    *(
        Column(name, Date)
        for name in (
            "registration_date", "transfer_date", "application_date", "received_on", "applied_registration_date",
            "applied_transfer_date",
        )
    ),
    Index(None, "vin"),
    Index(None, "application_number"),
)  # fmt: skip

registered_makers = Table(
    "registered_makers",
    metadata,
    Column("name", String(256), primary_key=True),
    Column("name_en", Text),
    Column("former_names", Text, nullable=False),
    Column("wmi", Text, nullable=False),
)

specimens = Table(
    "specimens",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("manufacturer", String(256), primary_key=True),
    Column("image", LargeBinary, nullable=False),
    Column("dpi", Float, nullable=False),
    Column("shape", String(16)),
    Column("diameter_mm", Float),
    Column("valid_from", Date),
    Column("valid_to", Date),
    Column("status", String(16), nullable=False),
)

seal_layouts = Table(
    "seal_layouts",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("state", String(16), nullable=False),
    Column("layout", Text),
    Column("changed_by", String(200), nullable=False),
    Column("changed_at", Float, nullable=False),
)
"""Where characters stand on an impression, by the digest of its file, whichever makers it is registered for."""

seal_spectra = Table(
    "seal_spectra",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("spectrum", LargeBinary, nullable=False),
)
"""What impressions look like in a few kilobytes, by the digest of their files."""

listed_makers = Table(
    "listed_makers",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("name_en", Text),
    Column("former_names", Text, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("valid_from", Date),
    Column("valid_to", Date),
)

announcements = Table(
    "announcements",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("announcement", Text, nullable=False),
    Column("brand", Text, nullable=False),
    Column("model", Text, nullable=False),
    Column("valid_from", Date),
    Column("valid_to", Date),
)

ccc_certificates = Table(
    "ccc_certificates",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("certificate", Text, nullable=False),
    Column("holder", Text, nullable=False),
    Column("brand", Text, nullable=False),
    Column("model", Text, nullable=False),
    Column("valid_from", Date),
    Column("valid_to", Date),
)

imported_lists = Table(
    "imported_lists",
    metadata,
    Column("list", String(32), primary_key=True),
    Column("imported_at", DateTime(timezone=True), nullable=False),
)

examinations = Table(
    "examinations",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("made_with", String(64), primary_key=True),
    Column("name", Text, nullable=False),
    Column("application_number", String(128)),
    Column("parts", LargeBinary),
    Column("blob", String(64)),
    Column("examined_at", DateTime(timezone=True), nullable=False),
)
