"""A child process that reads one file at a time under limits of memory, processor time and wall clock."""
