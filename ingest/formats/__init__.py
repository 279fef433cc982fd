"""One reader per format; each is the only importer of its library."""
