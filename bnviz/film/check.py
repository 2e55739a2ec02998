"""Scenes rendered where missing, joined for a moment, and held against the limits of a film."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial
from itertools import pairwise
from pathlib import Path

from bnviz.film.make import FilmRequest, Listener, film_of, rendered_scenes
from bnviz.film.timeline import Timeline
from bnviz.review import film_measures, legibility, pace, places
from bnviz.review.check import Report, of_file
from bnviz.review.limits import LIMITS, Limits
from bnviz.review.measurement import Place, Stretch, unmeasured
from bnviz.review.places import Section
from bnviz.temporary import temporary_folder


def check(request: FilmRequest, listener: Listener | None = None) -> Report:
    """Check the film of ``request``. It is not written: its output is not looked at.

    Raises:
        SceneFailed: a scene raised an exception.
        UserError: the lesson cannot be read, or a scene lacks what it needs.
    """
    listener = listener or Listener()
    with temporary_folder() as folder, rendered_scenes(request, folder, listener) as rendered:
        film = folder / "film.mp4"
        plan = film_of(replace(request, store=None), rendered, film, request.title, listener.joining)
        return check_joined(plan, film)


def check_joined(plan: Timeline, film: Path, limits: Limits = LIMITS) -> Report:
    """Check ``film`` with all that is known of the scenes it was joined from.

    Args:
        plan: its scenes, whose WAV files must still be there.
        film: the joined film.
        limits: what is allowed.
    """
    said = {placed.scene.name: [pace.said(beat) for beat in placed.scene.beats] for placed in plan.scenes}
    paces, spoken = pace.checks(said, limits), spoken_in(plan, said)
    if not spoken:
        paces = unmeasured(paces, "nothing is said")
    shown = legibility.of_scenes(placed.scene for placed in plan.scenes)
    texts = legibility.checks(shown, limits) + film_measures.letters(shown, limits)
    where = partial(places.at, sections(plan))
    opening = 0.0 if len(plan.scenes) == 1 else plan.scenes[1].start
    seen = film_measures.losses(losses(plan), plan.duration, opening, where, limits)
    film_checks = of_file(film, sections(plan), spoken, parts(plan), "scene", joins(plan), limits)
    return Report.of([*paces, *seen, *texts, *film_checks])


def losses(plan: Timeline) -> list[Stretch]:
    """When a loss is on the screen, as a surface or a map, in seconds of the film."""
    return [
        Stretch(placed.start + first, placed.start + last)
        for placed in plan.scenes
        for first, last in placed.scene.losses
    ]


def joins(plan: Timeline) -> list[tuple[float, float]]:
    """Where scenes meet: when the last frame of the one ends, and when the first one of the next begins."""
    return [(one.start + one.scene.duration, two.start) for one, two in pairwise(plan.scenes)]


def spoken_in(plan: Timeline, said: Mapping[str, Iterable[pace.Said]]) -> list[Stretch]:
    """When each sentence of ``said``, by scene, is said, in seconds of the film."""
    return [
        Stretch(placed.start + line.start, placed.start + line.end)
        for placed in plan.scenes
        for beat in said[placed.scene.name]
        for line in beat.lines
    ]


def sections(plan: Timeline) -> list[Section]:
    """The beats of the film, as places."""
    return [
        Section(Stretch(beat.start, beat.end), Place(beat.scene.name, beat.beat.name), placed.start)
        for placed in plan.scenes
        for beat in placed.beats
    ]


def parts(plan: Timeline) -> list[tuple[Place, Stretch]]:
    """The scenes in which something is said, as parts that must be as loud as each other."""
    return [
        (Place(placed.scene.name), Stretch(placed.start, placed.start + placed.scene.duration))
        for placed in plan.scenes
        if any(beat.clips for beat in placed.scene.beats)
    ]
