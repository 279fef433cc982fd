"""How fast the product is: medians over many runs, written into docs/performance.md."""
