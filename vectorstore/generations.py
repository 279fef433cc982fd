"""Generations of the vector index: each in a folder of its own, written once, never changed.

    vectors/
      build.lock              held while somebody builds
      <name>/                 one generation
        manifest.json         what it holds; written last: a folder without it is the rest of a build that was stopped
        keys.i64 vectors.f32  the vectors themselves
        chroma/               Chroma's files, for a Chroma in this folder
        owner.lock            held by the one process that has Chroma's files open
      damaged-<name>/         taken out of use; kept until the next rebuild

Which generation is answered from is named in SQL (`vector_index`), nowhere else.
"""

import json
import os
import shutil
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from uuid import uuid4

from sqlalchemy import Connection, select, update

from vectorstore import schema
from vectorstore.vector_file import KEYS_FILE, VECTORS_FILE, sha256_of

FORMAT = 1
MANIFEST_FILE = "manifest.json"
CHROMA_FOLDER = "chroma"
BUILD_LOCK, OWNER_LOCK = "build.lock", "owner.lock"
DAMAGED = "damaged-"

_v = schema.vector_index.c


@dataclass(frozen=True, slots=True)
class Pointer:
    """What SQL says of the generation in use. name: "" where there is none. vectors: how many it was built with."""

    name: str
    fingerprint: str
    last_key: int
    vectors: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation's folder says of itself. sha256: of keys and vectors; chroma_sha256: of Chroma's graph files."""

    name: str
    format: int
    fingerprint: str
    dimensions: int
    vectors: int
    last_key: int
    sha256: str
    chroma_sha256: str


def new_name() -> str:
    """A name that no generation had before."""
    return f"passages-{uuid4().hex[:12]}"


def read_pointer(connection: Connection) -> Pointer:
    """The generation that SQL names."""
    row = connection.execute(select(_v.name, _v.fingerprint, _v.last_key, _v.vectors)).one()
    return Pointer(*row)


def write_pointer(connection: Connection, pointer: Pointer) -> None:
    """Makes a generation the one that is answered from."""
    connection.execute(update(schema.vector_index).values(asdict(pointer)))


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Writes the manifest so that it is there whole or not at all."""
    draft = folder / f"{MANIFEST_FILE}.draft"
    with draft.open("w", encoding="utf-8") as file:
        json.dump(asdict(manifest), file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(folder / MANIFEST_FILE)


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a generation. Raises ValueError where it is damaged or of another format, OSError where it is gone."""
    try:
        said = json.loads((folder / MANIFEST_FILE).read_text(encoding="utf-8"))
        manifest = Manifest(**said)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{MANIFEST_FILE} is damaged") from error
    if manifest.format != FORMAT:
        raise ValueError(f"it was written by another version (format {manifest.format})")
    return manifest


def vector_files(folder: Path) -> list[Path]:
    """The files with keys and vectors."""
    return [folder / KEYS_FILE, folder / VECTORS_FILE]


def graph_files(folder: Path) -> list[Path]:
    """Chroma's files that do not change when it opens them: its graphs.

    [] with a server, and for a small collection: Chroma writes the graph of a thousand vectors on, and keeps fewer in its
    own database, which changes with every opening.
    """
    graphs = [described.parent for described in (folder / CHROMA_FOLDER).glob("*/index_metadata.pickle")]
    return sorted(path for graph in graphs for path in graph.iterdir() if path.is_file())


def check_manifest(manifest: Manifest, pointer: Pointer) -> None:
    """Raises ValueError where a manifest is not that of the generation that SQL names."""
    told = Pointer(manifest.name, manifest.fingerprint, manifest.last_key, manifest.vectors)
    if told != pointer:
        raise ValueError("it is not the index that the database names")


def check_vectors(folder: Path, manifest: Manifest) -> None:
    """Reads keys and vectors; raises ValueError where they are not as they were written, OSError where they are gone."""
    if sha256_of(vector_files(folder)) != manifest.sha256:
        raise ValueError("its vectors have changed since they were written")


def check_graph(folder: Path, manifest: Manifest) -> None:
    """Reads Chroma's graph, which Chroma itself opens unchecked; raises ValueError where it is not as it was written."""
    if sha256_of(graph_files(folder)) != manifest.chroma_sha256:
        raise ValueError("they have changed since they were written")


def remove_others(root: Path, keep: str) -> None:
    """Deletes every generation but one, and what stopped builds and damaged generations left."""
    for folder in root.iterdir() if root.is_dir() else ():
        if folder.is_dir() and folder.name != keep:
            shutil.rmtree(folder, ignore_errors=True)


def take_out_of_use(parent: Path, name: str) -> None:
    """Takes a damaged folder out of use. Where it cannot be renamed it stays; nobody opens it all the same."""
    target = parent / f"{DAMAGED}{name}"
    with suppress(OSError):
        shutil.rmtree(target, ignore_errors=True)
        (parent / name).rename(target)
