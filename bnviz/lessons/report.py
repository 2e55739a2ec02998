"""A report on a lesson before anything is rendered: its data, its story, its film, and what to know first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bnviz.film.forecast import CORE_SECONDS, seconds_for
from bnviz.lessons import told_story
from bnviz.lessons.told_story import LeftOut
from bnviz.review.registries import column_problems, unsaid_names

if TYPE_CHECKING:
    from scenes.kit.settings import Settings


@dataclass(frozen=True)
class Column:
    """A column that is taken, and what it is called."""

    header: str
    name: str
    unit: str

    def __str__(self) -> str:
        """The name with its unit, and the header where that is another."""
        shown = f"{self.name} ({self.unit})" if self.unit else self.name
        is_header = self.header in (shown, f"{self.name} [{self.unit}]")
        return shown if is_header else f"{shown}, column {self.header!r}"


@dataclass(frozen=True)
class Kind:
    """The data before or after standardizing: condition number, and steps of gradient descent."""

    condition_number: float
    steps: int | None


@dataclass(frozen=True)
class LessonReport:
    """What is known of a lesson before its film is rendered.

    Args:
        file: the lesson's file.
        rows: how many rows are taken.
        columns: the narrower feature, the wider one, and the target.
        notes: what was decided when the file was read.
        correlation: of the features.
        raw: the data as they are.
        standardized: the data standardized.
        story: ``helps``, ``hardly_helps`` or ``hurts``.
        sentences: the story in words, and its reason.
        scenes: the scenes of which something is told, and ``of_scenes``, how many there are.
        beats: how many beats are told.
        seconds: about how long the film will be.
        core_seconds: about how long one core renders it, by quality.
        left_out: what is not told of these data.
        warnings: what is drawn or said otherwise than one may expect.
        problems: why no film can be made; empty if one can.
    """

    file: str
    rows: int
    columns: tuple[Column, Column, Column]
    notes: tuple[str, ...]
    correlation: float
    raw: Kind
    standardized: Kind
    story: str
    sentences: tuple[str, ...]
    scenes: tuple[str, ...]
    of_scenes: int
    beats: int
    seconds: float
    core_seconds: dict[str, float] = field(hash=False)
    left_out: tuple[LeftOut, ...]
    warnings: tuple[str, ...]
    problems: tuple[str, ...]

    def as_data(self) -> dict[str, Any]:
        """The report as JSON can hold it."""
        return {
            "lesson": self.file,
            "can_be_made": not self.problems,
            "rows": self.rows,
            "columns": [
                {"header": item.header, "name": item.name, "unit": item.unit or None} for item in self.columns
            ],
            "notes": list(self.notes),
            "correlation": self.correlation,
            "condition_number": {
                "raw": self.raw.condition_number,
                "standardized": self.standardized.condition_number,
            },
            "steps": {"raw": self.raw.steps, "standardized": self.standardized.steps},
            "story": self.story or None,
            "says": list(self.sentences),
            "scenes": list(self.scenes),
            "beats": self.beats,
            "seconds": round(self.seconds),
            "core_seconds": {name: round(value) for name, value in self.core_seconds.items()},
            "left_out": [item.as_data() for item in self.left_out],
            "warnings": list(self.warnings),
            "problems": list(self.problems),
        }


def report(file: Path, settings: Settings, names: Sequence[str]) -> LessonReport:
    """A report on the lesson of ``settings``, read from ``file``, for a film of the scenes ``names``."""
    lesson = settings.lesson
    scripts = told_story.scripts(names, lesson, settings.language)
    told = {name: script for name, script in scripts.items() if script.beats}
    seconds = sum(seconds_for(script.words, script.beats) for script in told.values())
    labels = lesson.settings.labels
    first, second, target = (
        Column(header, labels.name(header), labels.unit(header)) for header in lesson.data.names
    )
    raw, standardized = (
        Kind(float(stage.spectrum.condition_number), stage.steps)
        for stage in (lesson.raw, lesson.standardized)
    )
    return LessonReport(
        file=str(file),
        rows=lesson.data.count,
        columns=(first, second, target),
        notes=lesson.notes,
        correlation=float(lesson.correlation),
        raw=raw,
        standardized=standardized,
        story=told_story.story(lesson),
        sentences=told_story.sentences(lesson),
        scenes=tuple(told),
        of_scenes=len(names),
        beats=sum(script.beats for script in told.values()),
        seconds=seconds,
        core_seconds={name: factor * seconds for name, factor in CORE_SECONDS.items()},
        left_out=tuple(item for script in scripts.values() for item in script.left_out),
        warnings=tuple(_warnings(settings)),
        problems=tuple(column_problems(settings)),
    )


def _warnings(settings: Settings) -> Iterator[str]:
    from bn_math.lesson.stage import LONGEST_TRAJECTORY
    from scenes.kit.script import data_names

    lesson, labels = settings.lesson, settings.lesson.settings.labels
    yield from unsaid_names(settings)
    called = [labels.name(header) for header in lesson.data.names]
    for name in called:
        if (short := data_names.shortened(name, data_names.LONGEST, called)) != name:
            yield f"{name!r} is drawn as {short!r}; a shorter one can be given in [names]"
    for stage in (lesson.raw, lesson.standardized):
        if stage.steps is not None and stage.steps > LONGEST_TRAJECTORY:
            yield (
                f"the first {LONGEST_TRAJECTORY:,} of {stage.steps:,} steps on the {stage.name} data are "
                "drawn; their count is shown whole"
            )
