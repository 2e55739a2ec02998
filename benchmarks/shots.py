"""One shot, a loss surface that turns by 60 degrees, made by us and by others; frames a second of each.

All that a frame needs is on the clock (drawing, copying, encoding with the film's options); starting and
importing are not.
"""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.mp4 import Mp4
from benchmarks.processes import in_a_process
from bnviz.errors import UserError
from bnviz.run.quality import HIGH, Quality
from bnviz.run.quiet import import_manim

if TYPE_CHECKING:
    from scenes.kit.surface.window import LossWindow

ROOT = Path(__file__).resolve().parents[1]
FROM, TURN = 110.0, 60.0  # degrees
GRID, SMALL_GRID = 65, 32


@dataclass(frozen=True)
class FrameRun:
    """How long a turning surface is, in which quality, and its grid."""

    grid: tuple[int, int]
    seconds: float = 5.0
    quality: Quality = HIGH

    @property
    def frames(self) -> int:
        """The number of frames."""
        return round(self.seconds * self.quality.frame_rate)


@dataclass(frozen=True)
class Speed:
    """Frames a second of one way to make the shot; None where that way is not installed."""

    name: str
    grid: tuple[int, int]
    frames_a_second: float | None


def speeds(
    seconds: float, quality: Quality, manimgl: Path | None, tell: Callable[[str], None]
) -> list[Speed]:
    """Every way in a process of its own; ours first and last, should the machine slow down meanwhile.

    Args:
        seconds: the length of the shot.
        quality: size, frame rate and the encoder's options.
        manimgl: a Python that has ManimGL, if this one does not.
        tell: called with what is being measured.
    """
    large, small = (FrameRun((grid, grid), seconds, quality) for grid in (GRID, SMALL_GRID))

    def speed(name: str, function: Callable[[FrameRun], float], shot: FrameRun) -> Speed:
        tell(f"a turning surface: {name}")
        return Speed(name, shot.grid, in_a_process(function, shot))

    before = speed("LossSurface", ours, large)
    others = [
        speed("Manim, stock Surface", stock_manim, small),
        speed("Matplotlib 3-D", matplotlib_3d, small)
        if importlib.util.find_spec("matplotlib")
        else Speed("Matplotlib 3-D", small.grid, None),
    ]
    tell("a turning surface: ManimGL")
    others.append(Speed("ManimGL", large.grid, manim_gl(large, manimgl)))
    after = speed("LossSurface, again", ours, large)
    mean = (before.frames_a_second + after.frames_a_second) / 2  # type: ignore[operator] # ours is installed
    return [Speed("LossSurface", large.grid, mean), *others]


def ours(shot: FrameRun) -> float:
    """The kit's surface; frames a second."""
    import_manim()
    from manim import Scene, linear

    from scenes.kit.drawing.renderer import KitRenderer
    from scenes.kit.surface.loss_surface import LossSurface
    from scenes.kit.surface.viewpoint import Viewpoint

    rings, spokes = shot.grid

    class Turning(Scene):
        def construct(self) -> None:
            view = Viewpoint(azimuth=FROM, scale=1.2)
            self.add(view, LossSurface(_window(), view, rings=rings, spokes=spokes))
            turn = view.animate(run_time=shot.seconds, rate_func=linear).look(azimuth=FROM + TURN)
            self.play(turn)

    return _rendered(shot, lambda: Turning(renderer=KitRenderer()))


def stock_manim(shot: FrameRun) -> float:
    """Manim's own Surface; frames a second."""
    import_manim()
    from manim import DEGREES, Surface, ThreeDAxes, ThreeDScene, linear

    from scenes.kit import theme

    window = _window()

    def point(distance: float, angle: float) -> Any:
        ground = distance * np.array([np.cos(angle), np.sin(angle)])
        return window.place(window.weights(ground)) * 1.2

    class Turning(ThreeDScene):
        def construct(self) -> None:
            heights = [(color, window.top * k / 5) for k, color in enumerate(theme.current().heights)]
            ranges = {"u_range": [0, window.radius], "v_range": [0, 2 * np.pi]}
            surface = Surface(point, **ranges, resolution=shot.grid)
            self.add(surface.set_fill_by_value(ThreeDAxes(), colorscale=heights, axis=2))
            self.set_camera_orientation(phi=52 * DEGREES, theta=FROM * DEGREES)
            self.move_camera(theta=(FROM + TURN) * DEGREES, run_time=shot.seconds, rate_func=linear)

    return _rendered(shot, Turning)


def matplotlib_3d(shot: FrameRun) -> float:
    """Matplotlib's plot_surface, drawn by Agg; frames a second."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    window = _window()
    distance, angle = np.meshgrid(
        np.linspace(0, window.radius, shot.grid[0]), np.linspace(0, 2 * np.pi, shot.grid[1]), indexing="ij"
    )
    ground = np.stack([distance * np.cos(angle), distance * np.sin(angle)], axis=-1)
    x, y, z = np.moveaxis(window.place(window.weights(ground)), -1, 0)
    figure = Figure(figsize=(shot.quality.width / 100, shot.quality.height / 100), dpi=100)
    canvas: Any = FigureCanvasAgg(figure)
    axes: Any = figure.add_axes((0, 0, 1, 1), projection="3d")
    axes.set_axis_off()
    axes.set_box_aspect((np.ptp(x), np.ptp(y), np.ptp(z)), zoom=1.3)  # as large as the others
    axes.plot_surface(x, y, z, cmap="viridis", rcount=shot.grid[0], ccount=shot.grid[1], linewidth=0)
    with tempfile.TemporaryDirectory(prefix="bnviz-") as folder:
        started = time.perf_counter()
        quality = shot.quality
        film = Mp4(Path(folder, "film.mp4"), quality.size, quality.frame_rate, quality.encoder_options)
        for share in np.linspace(0, 1, shot.frames):
            axes.view_init(elev=38, azim=FROM + TURN * share)
            canvas.draw()
            film.write(np.asarray(canvas.buffer_rgba()))
        film.finish()
        return shot.frames / (time.perf_counter() - started)


def manim_gl(shot: FrameRun, python: Path | None) -> float | None:
    """ManimGL's Surface, by the interpreter ``python`` or this one; None if it is not installed there.

    Raises:
        UserError: it is installed but cannot draw, or ``python`` was named and lacks it.
    """
    if python is None and importlib.util.find_spec("manimlib") is None:
        return None
    window, quality = _window(), shot.quality
    # J is a quadratic, so three heights say all about the surface.
    corners = window.place(window.weights(np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]])))[:, 2]
    order = {
        "heights": corners.tolist(),
        "radius": window.radius,
        "top": window.top,
        "grid": shot.grid,
        "frames": shot.frames,
        "size": quality.size,
        "frame_rate": quality.frame_rate,
        "options": quality.encoder_options,
        "turn": [FROM, TURN],
    }
    command = [str(python or sys.executable), "-m", "benchmarks.shot_manimgl", json.dumps(order)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, encoding="utf-8")
    if done.returncode != 0:
        last = done.stderr.strip().splitlines()[-1:] or ["it said nothing"]
        raise UserError(
            f"ManimGL could not draw: {last[0]}; --manimgl takes a Python that has manimgl and av"
        )
    return float(done.stdout.splitlines()[-1])


@cache
def _window() -> LossWindow:
    import_manim()
    from scenes.kit import settings
    from scenes.kit.surface.window import LossWindow

    stage = settings.current_lesson().raw
    return LossWindow.around(stage.loss, np.asarray(stage.start))


def _rendered(shot: FrameRun, scene_of: Callable[[], Any]) -> float:
    from manim import tempconfig

    from scenes.kit import theme

    quality = shot.quality
    with tempfile.TemporaryDirectory(prefix="bnviz-") as folder:
        options = {
            "pixel_width": quality.width,
            "pixel_height": quality.height,
            "frame_rate": quality.frame_rate,
            "video_encoder_options": quality.encoder_options,
            "format": "mp4",
            "media_dir": folder,
            "verbosity": "ERROR",
            "progress_bar": "none",
            "disable_caching": True,
        }
        with tempconfig(options):
            scene = scene_of()
            scene.camera.background_color = theme.current().background
            started = time.perf_counter()
            scene.render()
            return shot.frames / (time.perf_counter() - started)
