"""File -> report -> observations. Returns, never saves."""
