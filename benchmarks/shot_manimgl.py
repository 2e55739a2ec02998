"""The turning surface by ManimGL; prints frames a second.

A script for an interpreter that has ManimGL, and need not have anything of this project but this folder. It
takes one argument, the JSON that benchmarks/shots.py writes.
"""

from __future__ import annotations

import json
import math
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.mp4 import Mp4

os.environ.setdefault("PYGLET_HEADLESS", "1")  # read when ManimGL imports pyglet; no window is opened

SCALE = 1.2  # as large on the screen as the others


def turn_surface(order: dict[str, Any]) -> float:
    """Draw and encode the shot; frames a second."""
    from manimlib import Camera, Surface
    from manimlib.camera import camera

    def standalone(**options: Any) -> Any:
        return _create(**({"backend": "egl"} | options))

    _create = camera.moderngl.create_standalone_context
    camera.moderngl.create_standalone_context = standalone
    alone_x, alone_y, both = order["heights"]
    mixed = both - alone_x - alone_y

    def point(distance: float, angle: float) -> tuple[float, float, float]:
        x, y = distance * math.cos(angle), distance * math.sin(angle)
        return SCALE * x, SCALE * y, SCALE * (alone_x * x * x + alone_y * y * y + mixed * x * y)

    (width, height), (start, turn) = order["size"], order["turn"]
    eye = Camera(resolution=(width, height), fps=order["frame_rate"], samples=4)  # as a ThreeDScene has it
    ranges = {"u_range": (0, order["radius"]), "v_range": (0, 2 * math.pi)}

    class Quadratic(Surface):  # type: ignore[misc] # ManimGL may not be there for the type checker
        def uv_func(self, u: float, v: float) -> tuple[float, float, float]:
            return point(u, v)

    surface = Quadratic(resolution=tuple(order["grid"]), **ranges)
    surface.set_color_by_xyz_func("z", 0, SCALE * order["top"])
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        film = Mp4(Path(folder, "film.mp4"), (width, height), order["frame_rate"], order["options"])
        for share in np.linspace(0, 1, order["frames"]):
            theta = 90 + start + turn * share  # counted from another axis
            eye.frame.set_euler_angles(theta=math.radians(theta), phi=math.radians(52))
            eye.capture(surface)
            pixels = np.frombuffer(eye.get_raw_fbo_data(), np.uint8).reshape(height, width, 4)
            film.write(pixels[::-1])
        film.finish()
        return float(order["frames"] / (time.perf_counter() - started))


if __name__ == "__main__":
    print(turn_surface(json.loads(sys.argv[1])))
