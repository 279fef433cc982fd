"""The door for programs that speak the OpenAI chat protocol."""
