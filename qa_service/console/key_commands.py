"""`wenbao key`: the keys for adding and removing reports over the network."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qa_service.keys.key import KeyScope

if TYPE_CHECKING:
    from qa_service.keys.store import KeyStore

app = typer.Typer(help="Keys for adding and removing reports over the network.", no_args_is_help=True)

Data = Annotated[
    Path | None,
    typer.Option("--data", help="The data folder.  [default: $WENBAO_DATA, then ./data]", show_default=False),
]
Name = Annotated[str, typer.Argument(help="Who or what the key is for.")]


@app.command()
def add(
    name: Name,
    scope: Annotated[
        list[KeyScope] | None, typer.Option(help="What it allows; may be given several times.  [default: upload]")
    ] = None,
    data: Data = None,
) -> None:
    """Make a key and print it. It is shown this once: only its hash is kept."""
    scopes = scope or [KeyScope.UPLOAD]
    secret = _keys(data).add(name, scopes)
    typer.echo(f"The key {name!r} allows: {', '.join(sorted(scopes))}. Keep it now; it is not shown again:", err=True)
    typer.echo(secret)


@app.command("list")
def list_keys(data: Data = None, as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """List the keys: name, what each allows, since when, and whether it was revoked."""
    keys = _keys(data).listed()
    if as_json:
        rows = [
            {
                "name": key.name,
                "scopes": sorted(key.scopes),
                "created": key.created.isoformat(),
                "revoked": key.revoked and key.revoked.isoformat(),
            }
            for key in keys
        ]
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for key in keys:
        state = f"revoked {key.revoked:%Y-%m-%d %H:%M}" if key.revoked else "valid"
        typer.echo(f"{key.name}\t{', '.join(sorted(key.scopes))}\tmade {key.created:%Y-%m-%d %H:%M}\t{state}")
    if not keys:
        typer.echo("There are no keys; `wenbao key add NAME` makes one.", err=True)


@app.command()
def revoke(name: Name, data: Data = None) -> None:
    """Make a key invalid from now on."""
    if not _keys(data).revoke(name):
        typer.echo(f"No valid key is called {name!r}; `wenbao key list` lists them.", err=True)
        raise typer.Exit(1)
    typer.echo(f"Revoked {name!r}.")


def _keys(data: Path | None) -> "KeyStore":
    from qa_service.library import Library
    from qa_service.settings import load_settings

    return Library.open(load_settings(data)).keys
