"""Comparing vectors one by one: everywhere, and among some spans of keys."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from vectorstore.vector_file import nearest_keys


@given(st.data(), st.integers(1, 40), st.integers(0, 12))
def test_among_spans_the_nearest_of_their_keys_are_found(data: st.DataObject, size: int, count: int) -> None:
    keys = np.array(sorted(data.draw(st.sets(st.integers(0, 200), min_size=size, max_size=size))), np.int64)
    vectors = np.random.default_rng(size).standard_normal((size, 4)).astype(np.float32)
    query = vectors[0]
    bounds = sorted(data.draw(st.sets(st.integers(0, 200), max_size=6)))
    spans = np.array(list(zip(bounds[::2], bounds[1::2], strict=False)), np.int64).reshape(-1, 2)
    inside = [row for row, key in enumerate(keys) if any(first <= key <= last for first, last in spans)]
    expected = sorted(inside, key=lambda row: (-float(vectors[row] @ query), keys[row]))[:count]
    found = nearest_keys(keys, vectors, query, count, spans)
    np.testing.assert_allclose(
        [vectors[keys.tolist().index(key)] @ query for key in found], vectors[expected] @ query, rtol=1e-4, atol=1e-5
    )
    assert set(found) <= {int(keys[row]) for row in inside}
    whole = np.array([[0, 200]], np.int64)
    assert nearest_keys(keys, vectors, query, count, whole) == nearest_keys(keys, vectors, query, count)
