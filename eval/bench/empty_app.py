"""The yardstick of throughput: an endpoint that does nothing and returns a JSON object of the size an answer has."""

import os

from fastapi import FastAPI

app = FastAPI()
_BODY = {"text": "x" * max(0, int(os.environ.get("BENCH_BODY_BYTES", "1000")) - len('{"text":""}'))}


@app.post("/v1/ask")
def ask() -> dict[str, str]:
    """The same object every time."""
    return _BODY
