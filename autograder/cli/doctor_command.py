"""autograder doctor: show which layers of isolation hold here."""

import argparse

from autograder.cli.commands import Commands, add


def add_to(commands: Commands) -> None:
    """Add the command."""
    add(commands, "doctor", run, about="show which layers of isolation hold here")


def run(_: argparse.Namespace) -> int:
    """Show the layers; exit 1 where nothing could grade hostile code."""
    from rich.console import Console

    from autograder.sandbox import layers
    from autograder.sandbox.launched import forbidden_paths

    console = Console(highlight=False)
    found = layers(forbidden=forbidden_paths())
    for layer in found:
        console.print(
            f"{'[green]✓[/]' if layer.holds else '[red]✗[/]'} {layer.name}: {layer.detail}"
        )
        if not layer.holds and layer.fix:
            console.print(f"    {layer.fix}", markup=False)
    return 0 if any(layer.holds and layer.name == "self-test" for layer in found) else 1
