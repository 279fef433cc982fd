"""Understand, answer, serve."""
