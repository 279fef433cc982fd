"""Answer accuracy: gold sets, measures, benchmarks."""
