"""The turning shot of the valley: ours against the same shot with Manim's stock ``Surface``.

    python -m benchmarks.surface_shot                 # 5 seconds at 1080p60: ours 65 x 65, stock 32 x 32
    python -m benchmarks.surface_shot --seconds 1     # a quicker look

Each shot is rendered by ``Scene.render`` in a process of its own, encoder included; ours before and after the
stock one, so that a machine that slows down does not tilt the ratio.
Frames a second are printed, and the ratio.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

OURS, STOCK = "ours", "stock"
TURN = 60.0  # degrees


def render(which: str, grid: int, seconds: float, height: int, rate: int) -> float:
    """Render one shot in this process; frames a second of the whole render, start-up left out."""
    import numpy as np
    from manim import DEGREES, Scene, Surface, ThreeDScene, linear, tempconfig

    from scenes.kit import settings, theme
    from scenes.kit.canvas import KitCamera
    from scenes.kit.space import Viewpoint
    from scenes.kit.surface import LossSurface
    from scenes.kit.window import LossWindow

    stage = settings.current_lesson().raw
    window = LossWindow.around(stage.loss, np.asarray(stage.start))

    class Ours(Scene):
        def construct(self) -> None:
            view = Viewpoint(azimuth=110, scale=1.2)
            self.add(LossSurface(window, view, rings=grid, spokes=grid))
            self.play(view.animate(run_time=seconds, rate_func=linear).look(azimuth=110 + TURN))

    class Stock(ThreeDScene):
        def construct(self) -> None:
            def point(distance: float, angle: float) -> object:
                ground = distance * np.array([np.cos(angle), np.sin(angle)])
                return window.place(window.weights(ground)) * 1.2

            heights = [(colour, window.top * k / 5) for k, colour in enumerate(theme.current().heights)]
            ranges = {"u_range": [0, window.radius], "v_range": [0, 2 * np.pi]}
            surface = Surface(point, **ranges, resolution=(grid, grid))
            self.add(surface.set_fill_by_value(self.axes(), colorscale=heights, axis=2))
            self.set_camera_orientation(phi=52 * DEGREES, theta=110 * DEGREES)
            self.move_camera(theta=(110 + TURN) * DEGREES, run_time=seconds, rate_func=linear)

        @staticmethod
        def axes() -> object:
            from manim import ThreeDAxes

            return ThreeDAxes()

    with tempfile.TemporaryDirectory() as folder:
        quality = {"pixel_height": height, "pixel_width": height * 16 // 9, "frame_rate": rate}
        quiet = {"verbosity": "ERROR", "progress_bar": "none", "disable_caching": True, "media_dir": folder}
        with tempconfig({**quality, **quiet}):
            scene = Ours(camera_class=KitCamera) if which == OURS else Stock()
            scene.camera.background_color = theme.current().background
            started = time.perf_counter()
            scene.render()
            return seconds * rate / (time.perf_counter() - started)


def in_a_process(which: str, grid: int, given: argparse.Namespace) -> float:
    """The same in a fresh process."""
    options = ["--one", which, "--grid", str(grid), "--seconds", str(given.seconds)]
    options += ["--height", str(given.height), "--rate", str(given.rate)]
    command = [sys.executable, "-m", "benchmarks.surface_shot", *options]
    done = subprocess.run(
        command, capture_output=True, text=True, check=True, cwd=Path(__file__).resolve().parents[1]
    )
    return float(json.loads(done.stdout.splitlines()[-1]))


def main() -> None:
    """Read the options and print the table."""
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ask.add_argument("--seconds", type=float, default=5.0)
    ask.add_argument("--height", type=int, default=1080)
    ask.add_argument("--rate", type=int, default=60)
    ask.add_argument("--one", choices=(OURS, STOCK), help=argparse.SUPPRESS)
    ask.add_argument("--grid", type=int, help=argparse.SUPPRESS)
    given = ask.parse_args()
    if given.one:
        print(json.dumps(render(given.one, given.grid, given.seconds, given.height, given.rate)))
        return
    first, stock, second = (in_a_process(*shot, given) for shot in ((OURS, 65), (STOCK, 32), (OURS, 65)))
    ours = (first + second) / 2
    print(f"{given.seconds:g} s of a turning surface at {given.height}p{given.rate}, frames a second")
    print(f"  LossSurface 65 x 65    {ours:7.1f}   ({first:.1f} before, {second:.1f} after)")
    print(f"  stock Surface 32 x 32  {stock:7.1f}")
    print(f"  ratio                  {ours / stock:7.1f}")


if __name__ == "__main__":
    main()
