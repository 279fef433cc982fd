"""Passages: text search and embeddings. Filled by the passage search."""
