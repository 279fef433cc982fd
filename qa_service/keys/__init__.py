"""Keys for changing the collection over the network."""
