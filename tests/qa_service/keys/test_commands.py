"""`wenbao key`: a key is printed once, listed without its secret, and revoked."""

import json
from pathlib import Path

from typer.testing import CliRunner, Result

from qa_service.cli import app
from qa_service.library import Library
from qa_service.settings import load_settings


def key(data: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["key", *arguments, "--data", str(data)])


def test_a_key_is_made_listed_and_revoked(tmp_path: Path) -> None:
    made = key(tmp_path, "add", "staff", "--scope", "upload", "--scope", "delete")
    assert made.exit_code == 0
    secret = made.stdout.strip()
    with Library.open(load_settings(tmp_path)) as library:
        found = library.keys.find(secret)
        assert found is not None
        assert sorted(found.scopes) == ["delete", "upload"]
    assert key(tmp_path, "add", "reader").exit_code == 0

    listed = key(tmp_path, "list")
    assert "staff" in listed.stdout
    assert secret not in listed.output
    rows = json.loads(key(tmp_path, "list", "--json").stdout)
    assert [(row["name"], row["scopes"], row["revoked"]) for row in rows] == [
        ("staff", ["delete", "upload"], None),
        ("reader", ["upload"], None),
    ]

    assert key(tmp_path, "revoke", "staff").exit_code == 0
    assert "revoked" in key(tmp_path, "list").stdout
    again = key(tmp_path, "revoke", "staff")
    assert again.exit_code == 1
    assert "staff" in again.output


def test_what_cannot_be_is_said(tmp_path: Path) -> None:
    assert "no keys" in key(tmp_path, "list").output
    assert key(tmp_path, "add", "staff", "--scope", "everything").exit_code == 2
    assert key(tmp_path, "add", "staff").exit_code == 0
    assert key(tmp_path, "add", "staff").exit_code == 1
