"""The door for programs that speak the Model Context Protocol."""
