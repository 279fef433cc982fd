"""From an understood question to an answer object with citations."""
