"""Many files read by several child processes; what they read comes back one by one to the single writer."""
