"""The table of API keys; indicators/migrations makes it, in the database of the reports."""

from sqlalchemy import JSON, Column, DateTime, Integer, MetaData, String, Table, Text

metadata = MetaData(naming_convention={"pk": "pk_%(table_name)s", "uq": "uq_%(table_name)s_%(column_0_N_name)s"})

# A name is free again once its key is revoked, so it is no key of the table.
api_keys = Table(
    "api_keys",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("name", Text, nullable=False),
    Column("sha256", String, nullable=False, unique=True),
    Column("scopes", JSON(none_as_null=True), nullable=False),
    Column("created", DateTime, nullable=False),
    Column("revoked", DateTime),
)
