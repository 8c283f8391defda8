"""Pictures that the notes of records hold: SVG text, drawn by the scripts in figures/."""

from pathlib import Path

FOLDER = Path(__file__).parent


def picture(name: str) -> str:
    """The SVG of exercises/NAME.svg, such as `ps4_batch_mlp/backward`."""
    return (FOLDER / f"{name}.svg").read_text(encoding="ascii")
