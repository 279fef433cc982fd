"""Alembic migrations of the store. They run by themselves when a store is opened (indicators/migrate.py)."""
