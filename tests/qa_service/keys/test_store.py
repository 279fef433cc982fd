"""Keys: shown once, kept as a hash, valid until revoked."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qa_service.keys.key import KeyScope
from qa_service.keys.store import KeyStore, UnfitName
from qa_service.library import Library
from tests.qa_service.web.planted import planted_library


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with planted_library(tmp_path / "data") as library:
        yield library


@pytest.fixture
def keys(library: Library) -> KeyStore:
    return library.keys


def test_a_key_is_found_by_itself_alone(keys: KeyStore) -> None:
    secret = keys.add("staff", [KeyScope.UPLOAD])
    found = keys.find(secret)
    assert found is not None
    assert (found.name, list(found.scopes), found.revoked) == ("staff", [KeyScope.UPLOAD], None)
    for other in ("", "staff", secret[:-1], secret + "x", secret.upper(), " " + secret, "%", "' OR 1=1 --"):
        assert keys.find(other) is None


def test_a_key_has_256_bits_and_no_two_are_alike(keys: KeyStore) -> None:
    made = {keys.add(str(number), [KeyScope.UPLOAD]) for number in range(20)}
    assert len(made) == 20
    assert all(len(secret.removeprefix("wb_")) >= 43 for secret in made)


def test_the_key_itself_is_kept_nowhere(keys: KeyStore, tmp_path: Path) -> None:
    secret = keys.add("staff", list(KeyScope))
    kept = [file for file in (tmp_path / "data").rglob("*") if file.is_file()]
    assert kept
    assert not [file for file in kept if secret.removeprefix("wb_").encode() in file.read_bytes()]
    assert secret not in repr(keys.listed())


def test_a_revoked_key_stays_known_as_revoked(keys: KeyStore) -> None:
    secret = keys.add("staff", [KeyScope.UPLOAD])
    assert keys.has_valid()
    assert keys.revoke("staff")
    found = keys.find(secret)
    assert found is not None
    assert found.revoked is not None
    assert found.revoked >= found.created
    assert not keys.has_valid()
    assert not keys.revoke("staff")
    assert not keys.revoke("nobody")


def test_a_name_is_taken_until_its_key_is_revoked(keys: KeyStore) -> None:
    keys.add("staff", [KeyScope.UPLOAD])
    with pytest.raises(UnfitName, match="staff"):
        keys.add("staff", [KeyScope.DELETE])
    keys.revoke("staff")
    keys.add("staff", [KeyScope.DELETE])
    assert [(key.name, key.revoked is None) for key in keys.listed()] == [("staff", False), ("staff", True)]


@pytest.mark.parametrize("name", ["", " ", "a\nb", "a\x1b[31m", "a" * 101])
def test_an_odd_name_is_refused(keys: KeyStore, name: str) -> None:
    with pytest.raises(UnfitName):
        keys.add(name, [KeyScope.UPLOAD])
    assert keys.listed() == ()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50, deadline=None)
@given(st.text())
def test_any_text_can_be_looked_up(keys: KeyStore, text: str) -> None:
    assert keys.find(text) is None


def test_making_keys_leaves_the_answers_as_they_are(library: Library) -> None:
    before = library.store.generation()
    library.keys.add("staff", [KeyScope.UPLOAD])
    library.keys.revoke("staff")
    assert library.store.generation() == before
