"""A matplotlib backend on Agg that shows figures in the notebook, at the end of their cell."""

from typing import Any

from IPython.core.interactiveshell import InteractiveShell
from IPython.core.pylabtools import print_figure
from matplotlib._pylab_helpers import Gcf
from matplotlib.backend_bases import FigureManagerBase
from matplotlib.backends.backend_agg import FigureCanvasAgg

NAME = f"module://{__name__}"


def show_figures() -> None:
    """Publish all open figures as PNG where outputs are wanted, and close them."""
    if not Gcf.figs:
        return
    shell = InteractiveShell.instance()
    try:
        for manager in Gcf.get_all_fig_managers():
            if shell.outputs.wanted:
                shell.outputs.show(picture(manager.canvas.figure))
    finally:
        Gcf.destroy_all()


def picture(figure: Any) -> dict[str, str]:
    """A figure as nbformat data: PNG in base64, and its repr."""
    image = print_figure(figure, fmt="png", base64=True)
    return {"text/plain": repr(figure), "image/png": str(image)}


class Manager(FigureManagerBase):
    """Shows its figure with the rest, when asked or when the cell ends."""

    def show(self) -> None:
        """Figure.show(): the cell's end shows it."""

    @classmethod
    def pyplot_show(cls, *, block: bool | None = None) -> None:
        """plt.show(): publish what has been drawn so far."""
        show_figures()


class FigureCanvas(FigureCanvasAgg):  # type: ignore[misc]
    """Agg, with the manager above."""

    manager_class = Manager


FigureManager = Manager
