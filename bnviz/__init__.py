"""Publishing: what turns the scenes into a film, a talk, figures and a page, and checks them.

Nothing here draws, and no scene module is imported by name. Each room says what lives there: ``cli`` reads
the command, ``run`` drives one scene, ``workers`` many side by side, ``cache`` keeps what was rendered,
``media`` knows bytes of pictures and sound, ``film``, ``talk``, ``figures``, ``page`` and ``posters`` make
what is handed on, and ``review`` looks at it. For notebooks there are ``bnviz.show``, ``bnviz.figure`` and
``bnviz.playground``, which ``notebook`` holds; they are imported when they are asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bnviz.notebook.figure import figure as figure
    from bnviz.notebook.playground import playground as playground
    from bnviz.notebook.show import show as show

_FOR_NOTEBOOKS = ("figure", "playground", "show")


def __getattr__(name: str) -> Any:
    """The functions for notebooks."""
    if name in _FOR_NOTEBOOKS:
        return getattr(import_module(f"bnviz.notebook.{name}"), name)
    raise AttributeError(f"module 'bnviz' has no attribute {name!r}")


def __dir__() -> list[str]:
    """What there is, with them, for whoever completes names."""
    return sorted({*globals(), *_FOR_NOTEBOOKS})
