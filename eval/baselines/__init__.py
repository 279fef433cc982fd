"""What simpler systems make of the same questions, so that progress is a ratio."""
