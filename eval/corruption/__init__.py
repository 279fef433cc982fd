"""Damaged reports: what gets through to the answers, and what the forms' own identities notice."""
