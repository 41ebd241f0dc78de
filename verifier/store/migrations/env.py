"""Alembic's entry: runs on the connection that the Database hands over."""

from alembic import context

from verifier.store import archive_tables, case_tables, people_tables, service_tables  # noqa: F401  # one metadata
from verifier.store.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
