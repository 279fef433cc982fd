"""Whether the search indexes agree with the passages in SQL, and making the keyword index anew."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from sqlalchemy import Connection, text
from sqlalchemy.exc import DatabaseError

from vectorstore.chroma_process import IndexFault
from vectorstore.embedding import Embedding
from vectorstore.generations import check_graph, check_manifest, check_vectors, read_manifest, read_pointer
from vectorstore.index_builder import IndexPlace, verify
from vectorstore.lexical import lexical_index
from vectorstore.store import PassageStore
from vectorstore.vector_file import VectorFile

Writing = Callable[[], AbstractContextManager[Connection]]


def find_lexical_fault(passages: PassageStore, writing: Writing) -> str | None:
    """What is wrong with the keyword index, in words; None if nothing is."""
    expected = passages.count()
    with writing() as connection:
        found = lexical_index(connection).count(connection)
        if found != expected:
            return f"the keyword index holds {found} passages instead of {expected}"
        if connection.dialect.name == "sqlite":
            try:
                connection.execute(text("INSERT INTO passage_tokens (passage_tokens) VALUES ('integrity-check')"))
            except DatabaseError as error:
                return f"the keyword index is damaged ({error.orig})"
    return None


def rebuild_lexical(passages: PassageStore, writing: Writing) -> int:
    """Makes the keyword index anew from the passages in SQL, in one transaction. Returns how many passages it holds."""
    done = 0
    with writing() as connection:
        index = lexical_index(connection)
        index.clear(connection)
        for batch in passages.texts():
            index.add(connection, batch)
            done += len(batch)
    return done


def find_vector_fault(passages: PassageStore, place: IndexPlace, embedding: Embedding) -> str | None:
    """What is wrong with the vector index, in words, reading all of it; None if nothing is, or if there is none yet."""
    with passages.reading() as connection:
        pointer = read_pointer(connection)
    if not pointer.name:
        return None
    if pointer.fingerprint != embedding.fingerprint:
        return "the vector index was made by another embedding model"
    folder = place.root / pointer.name
    try:
        manifest = read_manifest(folder)
        check_manifest(manifest, pointer)
        check_vectors(folder, manifest)
        check_graph(folder, manifest)
        file = VectorFile.read(folder, manifest.vectors, manifest.dimensions)
        with place.connect(pointer.name) as chroma:
            verify(chroma, file)
    except IndexFault as fault:
        # A service that runs has opened, and so verified, what it holds.
        return None if fault.locked else f"Chroma's part of the vector index is damaged: {fault}"
    except (OSError, ValueError) as error:
        return f"the vector index is damaged: {error}"
    missing = {key for batch in passages.texts(up_to=pointer.last_key) for key, _ in batch} - set(file.keys.tolist())
    return f"the vector index lacks {len(missing)} passages" if missing else None
