"""From a question in words to agencies, years, indicators and an operation."""
