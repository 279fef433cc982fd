"""Seeded corpora of fictional agencies: coherent figures in all three editions of the form, up to 800 competing names."""
