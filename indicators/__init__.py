"""Exact figures: the catalogue of indicators, numerals, observations, checks, arithmetic and their store."""
