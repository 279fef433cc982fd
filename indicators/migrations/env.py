"""What Alembic runs. The connection comes from indicators/migrate.py, in a transaction; there is no ini file."""

from alembic import context

from indicators.schema import VERSION_TABLE, metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
    # SQLite alters tables by copying them.
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
