"""Every route that changes something: without a key, with a wrong one, a revoked one, one without the scope."""

from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from qa_service.keys.key import KeyScope
from qa_service.library import Library
from qa_service.web.app import create_app
from tests.qa_service.web.conftest import KEY, RecordingAnswers
from tests.qa_service.web.problem import assert_problem

_REPORT = "/v1/reports/demo_bureau_2022-000007e6"
_SAMPLE = next((Path(__file__).resolve().parents[3] / "samples").glob("*.txt"))
# These answer with POST because a question is a body; nothing changes by them.
_ASKING = {"/v1/ask", "/v1/ask/stream", "/v1/chat/completions"}

Change = Callable[[TestClient, dict[str, str]], Response]


def upload(client: TestClient, headers: dict[str, str]) -> Response:
    return client.post("/v1/reports", headers=headers, files={"file": (_SAMPLE.name, _SAMPLE.read_bytes())})


def remove(client: TestClient, headers: dict[str, str]) -> Response:
    return client.delete(_REPORT, headers=headers)


CHANGES: dict[tuple[str, str], tuple[Change, KeyScope]] = {
    ("/v1/reports", "post"): (upload, KeyScope.UPLOAD),
    ("/v1/reports/{report_id}", "delete"): (remove, KeyScope.DELETE),
}
each_change = pytest.mark.parametrize(("change", "scope"), CHANGES.values())


def bearer(secret: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}"}


def nothing_changed(client: TestClient) -> bool:
    return client.get(_REPORT).status_code == 200 and len(client.get("/v1/reports").json()["items"]) == 6


def test_every_route_that_changes_something_is_tried_here(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    changing = {
        (path, method)
        for path, methods in paths.items()
        for method in methods
        if method not in ("get", "head") and path not in _ASKING
    }
    assert changing == CHANGES.keys()


@each_change
def test_without_a_key_nothing_changes(client: TestClient, change: Change, scope: KeyScope) -> None:
    reply = change(client, {})
    assert_problem(reply, 401, "key-required")
    assert reply.headers["www-authenticate"] == "Bearer"
    assert nothing_changed(client)


@each_change
def test_with_a_wrong_key_nothing_changes(
    client: TestClient, library: Library, change: Change, scope: KeyScope
) -> None:
    right = library.keys.add("staff", [scope])
    for wrong in ("wrong", f"{KEY}x", KEY[:-1], right[:-1], f"{right}x", right.swapcase(), "staff", "null", "' OR 1=1"):
        assert_problem(change(client, bearer(wrong)), 403, "key-rejected")
    assert nothing_changed(client)


@each_change
def test_with_a_revoked_key_nothing_changes(
    client: TestClient, library: Library, change: Change, scope: KeyScope
) -> None:
    secret = library.keys.add("staff", list(KeyScope))
    library.keys.revoke("staff")
    assert_problem(change(client, bearer(secret)), 403, "key-rejected")
    assert nothing_changed(client)


@each_change
def test_with_a_key_for_something_else_nothing_changes(
    client: TestClient, library: Library, change: Change, scope: KeyScope
) -> None:
    secret = library.keys.add("staff", [other for other in KeyScope if other is not scope])
    assert_problem(change(client, bearer(secret)), 403, "key-scope")
    none = library.keys.add("nothing", [])
    assert_problem(change(client, bearer(none)), 403, "key-scope")
    assert nothing_changed(client)


@each_change
def test_the_right_key_is_let_through(client: TestClient, library: Library, change: Change, scope: KeyScope) -> None:
    secret = library.keys.add("staff", [scope])
    assert change(client, bearer(secret)).status_code in (201, 204)
    assert not nothing_changed(client)


@each_change
def test_the_key_of_the_settings_allows_everything(client: TestClient, change: Change, scope: KeyScope) -> None:
    assert change(client, bearer(KEY)).status_code in (201, 204)


@each_change
def test_keys_of_the_store_work_without_one_in_the_settings(library: Library, change: Change, scope: KeyScope) -> None:
    with TestClient(create_app(library, RecordingAnswers())) as client:
        assert_problem(change(client, {}), 403, "keys-not-set-up")
        secret = library.keys.add("staff", [scope])
        assert_problem(change(client, {}), 401, "key-required")
        assert change(client, bearer(secret)).status_code in (201, 204)
        library.keys.revoke("staff")
        assert_problem(change(client, bearer(secret)), 403, "key-rejected")


def test_reading_needs_no_key_and_takes_any(client: TestClient) -> None:
    for headers in ({}, bearer("wrong")):
        assert client.get("/v1/reports", headers=headers).status_code == 200
        assert client.post("/v1/ask", json={"question": "a"}, headers=headers).status_code == 200
