"""On a map, from its minimum: how far a run flies out, beside how far away it began, as two lines."""

from __future__ import annotations

import numpy as np
from manim import Line, ManimColor, VGroup

from scenes.kit import theme
from scenes.kit.drawing.canvas import Array
from scenes.kit.lettering import typography
from scenes.pieces.race.race_map import RaceMap

ASIDE = 0.7  # from the minimum to a line at each side
TICK, WIDTH, CASING = 0.11, 6.0, 6.0  # half an end's mark; pixels of a line, and of the dark edge round it
BESIDE = 0.25  # from a line to its words


def line(start: Array, end: Array) -> VGroup:
    """A measure with a mark across each end, white with a dark edge: it is seen on every color of a map."""
    palette, along = theme.current(), np.asarray(end) - np.asarray(start)
    across = TICK * np.array([-along[1], along[0], 0.0]) / max(float(np.linalg.norm(along)), 1e-9)
    strokes = [(start, end), *((place - across, place + across) for place in (start, end))]
    grounds = VGroup(*(_stroke(ends, palette.outline, WIDTH + CASING) for ends in strokes))
    return VGroup(grounds, VGroup(*(_stroke(ends, palette.sheen, WIDTH) for ends in strokes)))


def two_distances(minimum: Array, farthest: Array, distance: float, words: str, figure: str) -> VGroup:
    """Two lines that begin at both sides of the minimum and run the way of the flight, and what they are.

    Args:
        minimum: in the picture, (2,).
        farthest: where the run is the farthest away, (2,).
        distance: from the minimum to where it began, in picture units.
        words: at the short line.
        figure: at the long one.
    """
    way = np.append(np.asarray(farthest) - minimum, 0.0)
    length = float(np.linalg.norm(way))
    way = way / max(length, 1e-9)
    across = np.array([abs(way[1]), -way[0] * np.sign(way[1] or 1.0), 0.0])  # to the right
    foot, palette = np.append(minimum, 0.0), theme.current()
    one, other = foot - ASIDE * across, foot + ASIDE * across
    short, long = line(one, one + distance * way), line(other, other + length * way)
    number = typography.figure(figure, palette.outline, typography.KEY)
    number.move_to(other + (BESIDE + number.width / 2) * across + 0.62 * length * way)
    name = typography.figure(words, palette.sheen)
    name.move_to(one - (BESIDE + name.width / 2) * across + 0.5 * distance * way)
    return VGroup(short, name, long, number)


def of_flight(race_map: RaceMap, run: Array, words: str, figure: str) -> VGroup:
    """Both distances of a run (n, 2) that is the farthest away at the map's present step."""
    stage = race_map.stage
    step = int(race_map.clock.get_value())
    minimum, start, farthest = (
        race_map.map.lay(np.asarray(weights))[0] for weights in (stage.loss.minimizer, stage.start, run[step])
    )
    return two_distances(minimum, farthest, float(np.linalg.norm(start - minimum)), words, figure)


def _stroke(ends: tuple[Array, Array], color: ManimColor, width: float) -> Line:
    made: Line = Line(*ends).set_stroke(color, width)
    return made
