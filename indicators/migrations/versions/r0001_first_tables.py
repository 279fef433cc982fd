"""The first tables: agencies, reports with their content, figures."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_ID = sa.String().with_variant(sa.String(collation="C"), "postgresql")
_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_JSON = sa.JSON(none_as_null=True)

# What ANALYZE finds in 10,000 reports of 100 agencies with 200 figures each. Without statistics SQLite chooses an index
# by guessing and reads hundreds of rows for a single figure; a small corpus is as well served by these plans.
_STATISTICS = [
    ("observations", "ix_observations_report", "2000000 200 1"),
    ("observations", "ix_observations_uncatalogued", "20000 20"),
    ("reports", "ix_reports_year", "10000 100"),
    ("reports", "sqlite_autoindex_reports_1", "10000 100 1 1"),
    ("reports", "sqlite_autoindex_reports_2", "10000 1"),
    ("reports", "sqlite_autoindex_reports_3", "10000 1"),
    ("agencies", "sqlite_autoindex_agencies_1", "100 1"),
]


def upgrade() -> None:
    """Makes the tables, and the one row of corpus_state."""
    op.create_table(
        "agencies",
        sa.Column("id", _ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("english", sa.Text(), nullable=True),
        sa.Column("region", _JSON, nullable=False),
        sa.Column("aliases", _JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agencies")),
    )
    op.create_table(
        "corpus_state",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("generation", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corpus_state")),
    )
    op.create_table(
        "reports",
        sa.Column("key", _KEY, autoincrement=True, nullable=False),
        sa.Column("id", _ID, nullable=False),
        sa.Column("agency_id", _ID, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("edition", sa.String(), nullable=True),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("format", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.Column("figures", sa.Integer(), nullable=False),
        sa.Column("passages", sa.Integer(), nullable=False),
        sa.Column("problems", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_reports_agency_id")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_reports")),
        sa.UniqueConstraint("agency_id", "year", "revision", name=op.f("uq_reports_agency_id_year_revision")),
        sa.UniqueConstraint("id", name=op.f("uq_reports_id")),
        sa.UniqueConstraint("sha256", name=op.f("uq_reports_sha256")),
    )
    op.create_index("ix_reports_year", "reports", ["year"], unique=False)
    op.create_table(
        "imbalances",
        sa.Column("report_key", _KEY, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("severity", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("instance", sa.Text(), nullable=True),
        sa.Column("left_value", sa.Text(), nullable=True),
        sa.Column("right_value", sa.Text(), nullable=True),
        sa.Column("cells", _JSON, nullable=False),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["report_key"], ["reports.key"], name=op.f("fk_imbalances_report_key"), ondelete="CASCADE"
        ),
    )
    op.create_index("ix_imbalances_report", "imbalances", ["report_key", "position"], unique=True)
    op.create_table(
        "observations",
        sa.Column("id", _KEY, autoincrement=True, nullable=False),
        sa.Column("report_key", _KEY, nullable=False),
        sa.Column("indicator", _ID, nullable=True),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("applicant", sa.String(), nullable=True),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("missing", sa.String(), nullable=True),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("exactness", sa.String(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("raw", sa.Text(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("section", sa.Text(), nullable=True),
        sa.Column("table_id", sa.String(), nullable=True),
        sa.Column("table_title", sa.Text(), nullable=True),
        sa.Column("row_index", sa.Integer(), nullable=True),
        sa.Column("column_index", sa.Integer(), nullable=True),
        sa.Column("row_label", sa.Text(), nullable=True),
        sa.Column("column_label", sa.Text(), nullable=True),
        sa.Column("page", sa.Integer(), nullable=True),
        sa.Column("bbox", sa.Text(), nullable=True),
        sa.Column("line", sa.Integer(), nullable=True),
        sa.Column("block", sa.Integer(), nullable=True),
        sa.Column("ocr", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_key"], ["reports.key"], name=op.f("fk_observations_report_key"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_observations")),
    )
    op.create_index("ix_observations_report", "observations", ["report_key", "indicator"], unique=False)
    op.create_index(
        "ix_observations_uncatalogued",
        "observations",
        ["label"],
        unique=False,
        sqlite_where=sa.text("indicator IS NULL"),
        postgresql_where=sa.text("indicator IS NULL"),
    )
    op.create_table(
        "problems",
        sa.Column("report_key", _KEY, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("severity", sa.String(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("message_zh", sa.Text(), nullable=False),
        sa.Column("place", _JSON, nullable=True),
        sa.ForeignKeyConstraint(
            ["report_key"], ["reports.key"], name=op.f("fk_problems_report_key"), ondelete="CASCADE"
        ),
    )
    op.create_index("ix_problems_report", "problems", ["report_key", "position"], unique=True)
    op.create_table(
        "report_tables",
        sa.Column("report_key", _KEY, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("table_id", sa.String(), nullable=False),
        sa.Column("caption", sa.Text(), nullable=True),
        sa.Column("place", _JSON, nullable=True),
        sa.Column("ragged", sa.Boolean(), nullable=False),
        sa.Column("ocr", sa.Boolean(), nullable=False),
        sa.Column("cells", _JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["report_key"], ["reports.key"], name=op.f("fk_report_tables_report_key"), ondelete="CASCADE"
        ),
    )
    op.create_index("ix_report_tables_report", "report_tables", ["report_key", "position"], unique=True)
    op.create_table(
        "sections",
        sa.Column("report_key", _KEY, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("path", _JSON, nullable=False),
        sa.Column("paragraphs", _JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["report_key"], ["reports.key"], name=op.f("fk_sections_report_key"), ondelete="CASCADE"
        ),
    )
    op.create_index("ix_sections_report", "sections", ["report_key", "position"], unique=True)

    op.bulk_insert(
        sa.table("corpus_state", sa.column("id", sa.Integer), sa.column("generation", sa.BigInteger)),
        [{"id": 1, "generation": 0}],
    )
    if op.get_bind().dialect.name == "sqlite":
        op.execute("ANALYZE")  # makes the table of statistics
        statistics = sa.table("sqlite_stat1", sa.column("tbl"), sa.column("idx"), sa.column("stat"))
        op.execute(sa.delete(statistics))
        op.bulk_insert(statistics, [dict(zip(("tbl", "idx", "stat"), row, strict=True)) for row in _STATISTICS])
        op.execute("ANALYZE sqlite_master")  # reads it


def downgrade() -> None:
    """Drops the tables and all they hold."""
    op.drop_index("ix_sections_report", table_name="sections")
    op.drop_table("sections")
    op.drop_index("ix_report_tables_report", table_name="report_tables")
    op.drop_table("report_tables")
    op.drop_index("ix_problems_report", table_name="problems")
    op.drop_table("problems")
    op.drop_index(
        "ix_observations_uncatalogued",
        table_name="observations",
        sqlite_where=sa.text("indicator IS NULL"),
        postgresql_where=sa.text("indicator IS NULL"),
    )
    op.drop_index("ix_observations_report", table_name="observations")
    op.drop_table("observations")
    op.drop_index("ix_imbalances_report", table_name="imbalances")
    op.drop_table("imbalances")
    op.drop_index("ix_reports_year", table_name="reports")
    op.drop_table("reports")
    op.drop_table("corpus_state")
    op.drop_table("agencies")
