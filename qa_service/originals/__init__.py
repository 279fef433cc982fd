"""The files that reports were read from, and pictures of their pages: so that a citation can be seen in print."""
