"""What holds for every route: errors, headers, health, the description of the service."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from qa_service.web.headers import SECURITY_HEADERS
from qa_service.web.problem import PROBLEMS
from tests.qa_service.web.problem import assert_problem


@pytest.mark.parametrize("path", ["/nothing", "/v1", "/v1/nothing", "/static/nothing.js", "/static/../app.py", "/docs"])
def test_an_unknown_address_is_told_so(client: TestClient, path: str) -> None:
    assert_problem(client.get(path), 404, "unknown-route")


@pytest.mark.parametrize(("method", "path"), [("GET", "/v1/ask"), ("PUT", "/v1/reports"), ("POST", "/healthz")])
def test_a_wrong_method_is_told_the_right_one(client: TestClient, method: str, path: str) -> None:
    reply = client.request(method, path)
    assert_problem(reply, 405, "method-not-allowed")
    assert reply.headers["allow"]


@pytest.mark.parametrize(
    "path", ["/", "/reports/demo_bureau_2022-000007e6", "/static/app.js", "/v1/reports", "/healthz", "/openapi.json"]
)
def test_every_response_has_the_security_headers(client: TestClient, path: str) -> None:
    reply = client.get(path)
    assert reply.status_code == 200
    assert SECURITY_HEADERS.items() <= {name: reply.headers.get(name) for name in SECURITY_HEADERS}.items()
    policy = reply.headers["content-security-policy"]
    assert policy.startswith("default-src 'self'")
    assert "unsafe" not in policy


def test_other_origins_get_no_leave_to_read(client: TestClient) -> None:
    reply = client.get("/v1/reports", headers={"Origin": "https://example.org"})
    assert not [name for name in reply.headers if name.startswith("access-control-")]


def test_a_service_whose_store_is_gone_is_alive_but_not_ready(client: TestClient, tmp_path: Path) -> None:
    ready = client.get("/readyz").json()
    assert (ready["status"], ready["reasons"]) == ("ok", [])
    next((tmp_path / "data").glob("*.sqlite3")).write_bytes(b"no database at all" * 100)
    reply = client.get("/readyz")
    assert (reply.status_code, reply.json()["status"]) == (503, "unavailable")
    assert reply.json()["reasons"][0]
    assert client.get("/healthz").json()["status"] == "ok"
    assert_problem(client.get("/v1/reports"), 503, "store")


def test_every_type_of_error_can_be_looked_up(client: TestClient) -> None:
    assert [item["code"] for item in client.get("/problems").json()["items"]] == list(PROBLEMS)
    for code in PROBLEMS:
        assert client.get(f"/problems/{code}").json()["title"]
    assert_problem(client.get("/problems/none"), 404, "unknown-route")


def test_openapi_names_every_route_of_the_contract(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    assert {
        "/v1/ask", "/v1/reports", "/v1/reports/{report_id}", "/v1/figures", "/v1/indicators", "/v1/agencies",
        "/healthz", "/readyz",
    } <= paths.keys()  # fmt: skip
    assert {"get", "post"} <= paths["/v1/reports"].keys()
    assert {"get", "delete"} <= paths["/v1/reports/{report_id}"].keys()
