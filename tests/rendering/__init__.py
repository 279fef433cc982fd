"""Renders a Document to the formats in which reports are published, so that tests can read them back."""
