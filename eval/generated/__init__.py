"""Questions generated from the figures of a corpus by seeded templates."""
