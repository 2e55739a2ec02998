"""The kit draws with cairo: Manim's other renderer is refused in a sentence, before anything of it fails."""

from __future__ import annotations

import sys

REFUSAL = "These scenes are drawn with cairo, and OpenGL cannot draw them: leave --renderer=opengl out."


def require_cairo() -> None:
    """Stop if Manim was told to render with OpenGL. This does not import Manim.

    Raises:
        SystemExit: it was; Manim shows any other exception as a traceback.
    """
    manim = sys.modules.get("manim")
    if manim is not None and manim.config.renderer is manim.RendererType.OPENGL:
        raise SystemExit(REFUSAL)
