"""The tables of prose: passages, commitments, and which search indexes were made of them.

They stand in the same database as the reports that they belong to; indicators/migrations makes all of them.
"""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    column,
    table,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_Key = BigInteger().with_variant(Integer, "sqlite")
_Json = JSON(none_as_null=True)

# What is read of the reports' own table, which the store of figures keeps.
reports = table(
    "reports",
    column("key", BigInteger),
    column("id", String),
    column("agency_id", String),
    column("year", Integer),
    column("is_current", Boolean),
    column("sha256", String),
)

# Its number changes whenever a report comes or goes.
corpus_state = table("corpus_state", column("generation", BigInteger))

# A row is written once and never changed, and its key is never given again (AUTOINCREMENT): an index that still knows a
# key of a removed report can only miss, never show another text.
passages = Table(
    "passages",
    metadata,
    Column("key", _Key, primary_key=True, autoincrement=True),
    Column("report_key", _Key, ForeignKey("reports.key", ondelete="CASCADE"), nullable=False),
    Column("position", Integer, nullable=False),
    # What follows the report's id in the passage's id.
    Column("suffix", String, nullable=False),
    Column("section", Text, nullable=False),
    Column("kind", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("sentences", _Json, nullable=False),
    Column("place", _Json),
    sqlite_autoincrement=True,
)
Index("ix_passages_report", passages.c.report_key, passages.c.position, unique=True)

commitments = Table(
    "commitments",
    metadata,
    Column("report_key", _Key, ForeignKey("reports.key", ondelete="CASCADE"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("suffix", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("quote", Text, nullable=False),
    Column("section", Text, nullable=False),
    Column("themes", _Json, nullable=False),
    Column("cue", Text, nullable=False),
    Column("target_year", Integer),
    Column("answers", _Json, nullable=False),
    Column("place", _Json),
)
Index("ix_commitments_report", commitments.c.report_key, commitments.c.position, unique=True)

# The vector index that is answered from: made under another name, verified, then named here.
vector_index = Table(
    "vector_index",
    metadata,
    Column("id", Integer, primary_key=True),
    # The generation's name (a folder, or a collection of a Chroma server); empty where there is none.
    Column("name", String, nullable=False),
    Column("fingerprint", String, nullable=False),
    # Every passage up to this key is in it, but for those removed since.
    Column("last_key", BigInteger, nullable=False),
    Column("vectors", Integer, nullable=False),
)

# The keyword index stands beside these (see vectorstore/lexical.py): its form depends on the database.
LEXICAL_TABLES = ("passage_tokens", "passage_terms")
