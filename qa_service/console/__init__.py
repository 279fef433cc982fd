"""What the command line prints: progress, tables, drawings. Given what it shows; reads no file and no setting."""
