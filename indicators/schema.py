"""The tables of the store. SQLite and PostgreSQL alike; every change to them is a migration in indicators/migrations.

Decimals are text: SQLAlchemy's Numeric passes through float on SQLite and changes figures (docs/decisions).
Lists without a life of their own (paragraphs of a section, cells of a table, places) are JSON in the row they are of.
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
    UniqueConstraint,
)

# The migration that makes these tables; a store at this revision opens without loading Alembic.
REVISION = "0003"
VERSION_TABLE = "wenbao_version"

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite fills a key by itself only where its type is exactly INTEGER.
_Key = BigInteger().with_variant(Integer, "sqlite")
# Ids sort by their bytes everywhere, whatever the locale of a PostgreSQL database is.
_Id = String().with_variant(String(collation="C"), "postgresql")
_Json = JSON(none_as_null=True)


def _report_key() -> Column[int]:
    return Column("report_key", _Key, ForeignKey("reports.key", ondelete="CASCADE"), nullable=False)


# One row. Its lock makes writers wait for each other; its number tells readers that something changed.
corpus_state = Table(
    "corpus_state",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("generation", BigInteger, nullable=False),
)

agencies = Table(
    "agencies",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("name", Text, nullable=False),
    Column("english", Text),
    Column("region", _Json, nullable=False),
    Column("aliases", _Json, nullable=False),
)

reports = Table(
    "reports",
    metadata,
    Column("key", _Key, primary_key=True, autoincrement=True),
    Column("id", _Id, nullable=False, unique=True),
    Column("agency_id", _Id, ForeignKey("agencies.id"), nullable=False),
    Column("year", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("edition", String),
    Column("file", Text, nullable=False),
    Column("format", String, nullable=False),
    Column("sha256", String, nullable=False, unique=True),
    Column("bytes", BigInteger, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("is_current", Boolean, nullable=False),
    Column("figures", Integer, nullable=False),
    Column("passages", Integer, nullable=False),
    Column("problems", Integer, nullable=False),
    UniqueConstraint("agency_id", "year", "revision"),
)
# All agencies of a year.
Index("ix_reports_year", reports.c.year)

sections = Table(
    "sections",
    metadata,
    _report_key(),
    Column("position", Integer, nullable=False),
    Column("path", _Json, nullable=False),
    Column("paragraphs", _Json, nullable=False),
)
Index("ix_sections_report", sections.c.report_key, sections.c.position, unique=True)

report_tables = Table(
    "report_tables",
    metadata,
    _report_key(),
    Column("position", Integer, nullable=False),
    Column("table_id", String, nullable=False),
    Column("caption", Text),
    Column("place", _Json),
    Column("ragged", Boolean, nullable=False),
    Column("ocr", Boolean, nullable=False),
    Column("cells", _Json, nullable=False),
)
Index("ix_report_tables_report", report_tables.c.report_key, report_tables.c.position, unique=True)

problems = Table(
    "problems",
    metadata,
    _report_key(),
    Column("position", Integer, nullable=False),
    Column("code", String, nullable=False),
    Column("severity", String, nullable=False),
    Column("message", Text, nullable=False),
    Column("message_zh", Text, nullable=False),
    Column("place", _Json),
)
Index("ix_problems_report", problems.c.report_key, problems.c.position, unique=True)

imbalances = Table(
    "imbalances",
    metadata,
    _report_key(),
    Column("position", Integer, nullable=False),
    Column("rule", String, nullable=False),
    Column("severity", String, nullable=False),
    Column("status", String, nullable=False),
    Column("instance", Text),
    Column("left_value", Text),
    Column("right_value", Text),
    Column("cells", _Json, nullable=False),
    Column("remark", Text),
)
Index("ix_imbalances_report", imbalances.c.report_key, imbalances.c.position, unique=True)

# One figure a row, citation and all. Rows of a report are written together and in reading order, so `id` is that order.
# Whose and of which year a figure is, its report says: a figure is found through the few reports that may hold it.
observations = Table(
    "observations",
    metadata,
    Column("id", _Key, primary_key=True, autoincrement=True),
    _report_key(),
    Column("indicator", _Id),
    Column("label", Text, nullable=False),
    Column("applicant", String),
    Column("value", Text),
    Column("missing", String),
    Column("unit", Text),
    Column("exactness", String, nullable=False),
    Column("origin", String, nullable=False),
    Column("raw", Text, nullable=False),
    Column("quote", Text, nullable=False),
    Column("section", Text),
    Column("table_id", String),
    Column("table_title", Text),
    Column("row_index", Integer),
    Column("column_index", Integer),
    Column("row_label", Text),
    Column("column_label", Text),
    Column("page", Integer),
    Column("bbox", Text),
    Column("line", Integer),
    Column("block", Integer),
    Column("ocr", Boolean, nullable=False),
)
# The only index that every figure is in. It grows at its end alone, however many reports there are: an index that begins
# with the indicator would have each report write to hundreds of places.
Index("ix_observations_report", observations.c.report_key, observations.c.indicator)
# Rows that no catalogue indicator covers, found by their printed label.
Index(
    "ix_observations_uncatalogued",
    observations.c.label,
    sqlite_where=observations.c.indicator.is_(None),
    postgresql_where=observations.c.indicator.is_(None),
)
