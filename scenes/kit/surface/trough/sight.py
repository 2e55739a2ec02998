"""Lines of sight: where they meet a paraboloid, and which part of it turns its inside to the viewer.

A line of sight is the points (o + t V) / (1 + t f): o lies in the picture's plane, V points towards the
viewer and f is the perspective. t grows towards the viewer. The line meets a paraboloid where a quadratic
equation in t holds, with a leading coefficient that is the same for all lines.
"""

from __future__ import annotations

import numpy as np

from scenes.kit.drawing.canvas import Array
from scenes.kit.surface.trough.solid import Paraboloid
from scenes.kit.surface.trough.window import quadratic
from scenes.kit.surface.viewpoint import Viewpoint

ARC = 41  # points along the line where a surface turns away


class Sight:
    """How a viewpoint sees paraboloids that open upwards. The viewer stands above their rims.

    Args:
        view: the viewpoint, as it is now.
    """

    def __init__(self, view: Viewpoint) -> None:
        self.view = view
        self.axes = view.axes
        self.perspective = float(view.points[0, 2])

    def project(self, points: Array) -> Array:
        """Points of space (..., 3) -> the picture (..., 2)."""
        return self.view.project(points)[..., :2]

    def origins(self, picture: Array) -> Array:
        """Places in the picture (..., 2) -> o of their lines of sight, (..., 3)."""
        flat = (np.asarray(picture, dtype=float) - self.view.points[1, :2]) / self.view.scale_factor
        return np.asarray(flat @ self.axes[:2])

    def meet(self, shape: Paraboloid, picture: Array, from_outside: bool = False) -> Array:
        """Where lines of sight meet a paraboloid from inside, or from outside: places on the ground (..., 2).

        For a line that passes it by, that is the place where it comes nearest to touching. Where the viewer
        stands inside, the outside means nothing.
        """
        o, v, f = self.origins(picture), self.axes[2], self.perspective
        x, y, z = o[..., 0], o[..., 1], o[..., 2]
        towards = shape.form @ v[:2]
        a = float(v[:2] @ towards) - v[2] * f - shape.drop * f * f
        b = 2 * (towards[0] * x + towards[1] * y) - f * z - (v[2] + 2 * shape.drop * f)
        c = quadratic(shape.form, o) - z - shape.drop
        root = np.sqrt(np.maximum(b * b - 4 * a * c, 0.0))
        with np.errstate(
            divide="ignore", invalid="ignore"
        ):  # of the two formulas, the one that loses no digits
            if from_outside:
                t = np.where(b < 0, (root - b) / (2 * a), 2 * c / (-b - root))
            else:
                t = np.where(b < 0, 2 * c / (root - b), (-b - root) / (2 * a))
        return self._at(o, np.nan_to_num(t, posinf=0.0, neginf=0.0))

    def _at(self, origins: Array, t: Array) -> Array:
        size = np.maximum(1 + t * self.perspective, 1e-3)
        return np.asarray((origins[..., :2] + t[..., None] * self.axes[2, :2]) / size[..., None])

    def onto(self, height: float, picture: Array) -> Array:
        """Where lines of sight meet the level plane at ``height``: places on the ground, (..., 2)."""
        o, up = self.origins(picture), self.axes[2, 2]
        return self._at(o, (height - o[..., 2]) / (up - self.perspective * height))

    def facing(self, shape: Paraboloid, ground: Array) -> Array:
        """Over places (..., 2): above 0 where the viewer sees the inside of the paraboloid, else below."""
        v, f = self.axes[2], self.perspective
        bent = ground @ shape.form
        return np.asarray(v[2] + f * shape.drop - 2 * bent @ v[:2] + f * (bent * ground).sum(axis=-1))

    def parts(self, shape: Paraboloid) -> tuple[list[Array], Array]:
        """Outlines on the ground, each (n, 2): of what turns its inside to the viewer, and its outside.

        The first may be several polygons, the second is one, of no points if there is none.
        """
        border = shape.border
        value = self.facing(shape, border)
        if (value >= 0).all():
            return [border], border[:0]
        if (value < 0).all():
            return [], border
        first = int(np.flatnonzero((value >= 0) & (np.roll(value, 1) < 0))[0])
        border, value = np.roll(border, -first, axis=0), np.roll(value, -first)
        starts = np.flatnonzero((value >= 0) != (np.roll(value, 1) >= 0))
        crossings = np.array([self._crossing(shape, border[i - 1], border[i]) for i in starts])
        runs = [
            np.concatenate(
                [
                    crossings[k : k + 1],
                    border[i : np.append(starts, len(border))[k + 1]],
                    crossings[(k + 1) % len(starts)][None],
                ]
            )
            for k, i in enumerate(starts)
        ]
        inside = [np.concatenate([run, self._turning(shape, run[-1], run[0])]) for run in runs[0::2]]
        behind = runs[1::2]
        outside = [
            np.concatenate([run, self._turning(shape, run[-1], behind[(k + 1) % len(behind)][0])])
            for k, run in enumerate(behind)
        ]
        return inside, np.concatenate(outside)

    def _crossing(self, shape: Paraboloid, one: Array, other: Array) -> Array:
        """The place between two at which the surface turns away."""
        ends = self.facing(shape, np.stack([one, other]))
        share = float(ends[0] / (ends[0] - ends[1]))
        for _ in range(3):  # of Newton: the function is nearly straight
            here = one + share * (other - one)
            step = np.stack([here, here + 1e-4 * (other - one)])
            now, after = self.facing(shape, step)
            share -= float(now / (after - now)) * 1e-4
        return np.asarray(one + share * (other - one))

    def _turning(self, shape: Paraboloid, one: Array, other: Array) -> Array:
        """The places between two, both left out, along the line at which the surface turns away."""
        chord = one + np.linspace(0, 1, ARC)[1:-1, None] * (other - one)
        v, f = self.axes[2], self.perspective
        towards = shape.form @ v[:2]
        towards = towards / np.linalg.norm(towards)
        value = self.facing(shape, chord)
        slope = 2 * (f * chord - v[:2]) @ shape.form @ towards
        bend = 4 * f * float(towards @ shape.form @ towards)
        step = 2 * value / (np.sqrt(np.maximum(slope**2 - bend * value, 0)) - slope)
        return np.asarray(chord + step[:, None] * towards)
