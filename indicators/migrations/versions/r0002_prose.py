"""Passages, commitments, and their search indexes (vectorstore/schema.py, vectorstore/lexical.py)."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_JSON = sa.JSON(none_as_null=True)
# 40 passages and 10 commitments a report, as in the first migration.
_STATISTICS = [
    ("passages", "ix_passages_report", "400000 40 1"),
    ("commitments", "ix_commitments_report", "100000 10 1"),
]


def upgrade() -> None:
    """Makes the tables, and the one row of vector_index."""
    op.create_table(
        "passages",
        sa.Column("key", _KEY, autoincrement=True, nullable=False),
        sa.Column("report_key", _KEY, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("suffix", sa.String(), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sentences", _JSON, nullable=False),
        sa.Column("place", _JSON, nullable=True),
        sa.ForeignKeyConstraint(
            ["report_key"], ["reports.key"], name=op.f("fk_passages_report_key"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_passages")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_passages_report", "passages", ["report_key", "position"], unique=True)
    op.create_table(
        "commitments",
        sa.Column("report_key", _KEY, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("suffix", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("themes", _JSON, nullable=False),
        sa.Column("cue", sa.Text(), nullable=False),
        sa.Column("target_year", sa.Integer(), nullable=True),
        sa.Column("answers", _JSON, nullable=False),
        sa.Column("place", _JSON, nullable=True),
        sa.ForeignKeyConstraint(
            ["report_key"], ["reports.key"], name=op.f("fk_commitments_report_key"), ondelete="CASCADE"
        ),
    )
    op.create_index("ix_commitments_report", "commitments", ["report_key", "position"], unique=True)
    op.create_table(
        "vector_index",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("last_key", sa.BigInteger(), nullable=False),
        sa.Column("vectors", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vector_index")),
    )
    op.execute("INSERT INTO vector_index (id, name, fingerprint, last_key, vectors) VALUES (1, '', '', 0, 0)")
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE passage_tokens USING fts5(tokens, content='', tokenize='unicode61 remove_diacritics 0')"
        )
        op.execute("CREATE VIRTUAL TABLE passage_terms USING fts5vocab('passage_tokens', 'row')")
        statistics = sa.table("sqlite_stat1", sa.column("tbl"), sa.column("idx"), sa.column("stat"))
        op.bulk_insert(statistics, [dict(zip(("tbl", "idx", "stat"), row, strict=True)) for row in _STATISTICS])
        op.execute("ANALYZE sqlite_master")
    else:
        op.execute(
            "CREATE TABLE passage_tokens (passage_key BIGINT PRIMARY KEY REFERENCES passages (key) ON DELETE CASCADE,"
            " tokens TSVECTOR NOT NULL)"
        )
        op.execute("CREATE INDEX ix_passage_tokens ON passage_tokens USING gin (tokens)")


def downgrade() -> None:
    """Drops the tables and all they hold."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE passage_terms")
    op.execute("DROP TABLE passage_tokens")
    op.drop_table("vector_index")
    op.drop_index("ix_commitments_report", table_name="commitments")
    op.drop_table("commitments")
    op.drop_index("ix_passages_report", table_name="passages")
    op.drop_table("passages")
