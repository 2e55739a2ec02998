"""The lesson: a data set and every setting the film is computed from, and all that follows from them.

Everything a scene shows is a field or a cached property of the lesson or of one of its parts, each of which
has a file of its own here. Change the data and every number changes.
"""

import math
import os
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from bn_math.checks import Array, number, readonly, shown
from bn_math.data.dataset import Dataset, article_dataset, article_recipe
from bn_math.data.reading import SUFFIXES
from bn_math.descent.learning_rates import rate_grid
from bn_math.lesson import defaults, lesson_file
from bn_math.lesson.correlating import TILTED, correlated
from bn_math.lesson.display.table import stages_table
from bn_math.lesson.minibatches import MiniBatches
from bn_math.lesson.settings import LessonSettings
from bn_math.lesson.stage import Stage
from bn_math.lesson.standardizing import StandardizingPath
from bn_math.lesson.story import Story
from bn_math.networks.neuron import NeuronStage
from bn_math.networks.stack import DeepStack
from bn_math.networks.trained.study import NetworkStudy


@dataclass(frozen=True, init=False)
class Lesson:
    """A data set and every setting of the film, and all that follows: the stages, mini-batches and stacks.

    settings: the data and every setting, see `LessonSettings`. Everything else is computed from them.
    notes: what was decided when the data were read, in sentences, such as which columns were taken. They do
    not travel when the lesson is pickled, and lessons that differ in them alone are equal.
    """

    settings: LessonSettings
    notes: tuple[str, ...] = field(default=(), compare=False, repr=False)

    def __init__(self, data: Dataset, **settings: Any) -> None:
        """A lesson on `data`, with settings by name, as in `Lesson(data, batch_size=20)`.

        The feature with the smaller standard deviation comes first, whatever the data's order; `start` and
        `neuron_start`, which are in the data's order, go along. What is not given fits the data.
        Raises ValueError naming the setting for a value that cannot be used, TypeError for an unknown name.
        """
        object.__setattr__(self, "settings", _fitted(data, settings))

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickled as its settings, from which the rest is computed again."""
        return Lesson.of, (self.settings,)

    @classmethod
    def of(cls, settings: LessonSettings) -> "Lesson":
        """The lesson that has these settings. Raises ValueError if they are none."""
        if not isinstance(settings, LessonSettings):
            raise ValueError(f"settings must be a LessonSettings, but is {shown(settings)}")
        lesson = object.__new__(cls)
        object.__setattr__(lesson, "settings", settings)
        return lesson

    @classmethod
    def article(cls, **settings: Any) -> "Lesson":
        """The article's data; settings may be given by name, as in `Lesson.article(batch_size=20)`."""
        return cls(article_dataset(), **settings)

    @classmethod
    def from_seed(cls, seed: int, **settings: Any) -> "Lesson":
        """The article's recipe with another seed: for the data, for the batches, for the deep stacks."""
        return cls(article_recipe(seed), **lesson_file.seeded(seed) | settings)

    @classmethod
    def from_file(cls, path: str | os.PathLike[str]) -> "Lesson":
        """A lesson from any file that holds one: data (.csv, .tsv, .xlsx, .parquet), else TOML.

        Raises ValueError naming the file and what is wrong; FileNotFoundError if there is no file.
        """
        if not isinstance(path, (str, os.PathLike)):
            raise TypeError(f"path must be a lesson's path, but is {shown(path)}")
        is_data = Path(os.fsdecode(path)).suffix.lower() in SUFFIXES
        return cls.from_csv(path) if is_data else cls.from_toml(path)

    @classmethod
    def from_csv(
        cls,
        path: str | os.PathLike[str],
        features: Sequence[str] | None = None,
        target: str | None = None,
        **settings: Any,
    ) -> "Lesson":
        """A lesson on the data of a CSV file (or .tsv, .xlsx, .parquet; see `load_dataset` for what is read).

        `features` names two columns and `target` one. Without them a file of three columns has two features
        and, last, the target; of more columns the first two that hold numbers are the features, and the last
        that does is the target; `notes` says which. `settings` are the lesson's by name, and how the file is
        read: `missing` ("error", or "drop" to leave out rows without a value), `sample` (how many rows are
        taken, 2000 without it, drawn by `batch_seed`), `encoding` and `decimal`.
        Raises ValueError naming the file, row and column of what is wrong, or the setting; FileNotFoundError
        if there is no file.
        """
        given = lesson_file.named(features, target) | settings
        try:
            return cls._of_read(lesson_file.from_file(path, given))
        except ValueError as error:
            name = os.fsdecode(path)
            raise error if str(error).startswith(name) else ValueError(f"{name}: {error}") from error

    @classmethod
    def from_frame(
        cls, frame: Any, features: Sequence[str] | None = None, target: str | None = None, **settings: Any
    ) -> "Lesson":
        """A lesson on a pandas or polars frame, with columns and settings as in `from_csv`.

        Raises ValueError naming the row and column of what is wrong, or the setting; TypeError for no frame.
        """
        return cls._of_read(lesson_file.from_frame(frame, lesson_file.named(features, target) | settings))

    @classmethod
    def from_toml(cls, path: str | os.PathLike[str]) -> "Lesson":
        """A lesson from a TOML file: any field by its name, with `data`, a file beside it, or `seed`.

        `data` is a CSV, .tsv, .xlsx or .parquet file; with it go `features`, `target`, `missing`, `sample`,
        `encoding` and `decimal`, see `from_csv`. Without `data` or `seed` it is the article's data.
        `momentum = "cumulative"` is None. Tables, `[race]`, `[deep]`, ..., change only what they name.
        Raises ValueError naming the file and the field; FileNotFoundError if there is no file.
        """
        if not isinstance(path, (str, os.PathLike)):
            raise TypeError(f"path must be a TOML file's path, but is {shown(path)}")
        path = Path(os.fsdecode(path))
        written = lesson_file.parsed(path)
        try:
            return cls._of_read(lesson_file.fields_of(written, path.parent))
        except ValueError as error:
            raise ValueError(f"{path}: {error}") from error

    @classmethod
    def _of_read(cls, read: lesson_file.Read) -> "Lesson":
        lesson = cls(**read.fields)
        object.__setattr__(lesson, "notes", (*read.notes, *defaults.notes(lesson.settings, read.fields)))
        return lesson

    @property
    def data(self) -> Dataset:
        """The data set, as it is."""
        return self.settings.data

    @cached_property
    def story(self) -> Story:
        """What is true of these data, as named conditions."""
        return Story(self)

    @cached_property
    def batches(self) -> MiniBatches:
        """The data's rows in mini-batches: their statistics, their noise, and the layer they are fed to."""
        return MiniBatches(self.settings)

    # The surface, from valley to bowl

    @cached_property
    def raw(self) -> Stage:
        """The data as they are."""
        return self._stage("raw", self.data)

    @cached_property
    def centered(self) -> Stage:
        """Means subtracted from features and target, spreads left alone."""
        return self._stage("centered", self.data.centered())

    @cached_property
    def scaled(self) -> Stage:
        """Features divided by their standard deviations, means left alone."""
        return self._stage("scaled", self.data.scaled(self.settings.ddof))

    @cached_property
    def standardized(self) -> Stage:
        """Both: features to mean 0 and variance 1, target to mean 0."""
        return self._stage("standardized", self.data.standardized(self.settings.ddof))

    @property
    def stages(self) -> tuple[Stage, Stage, Stage, Stage]:
        """The four stages, from valley to bowl."""
        return self.raw, self.centered, self.scaled, self.standardized

    def _repr_html_(self) -> str:  # what a notebook shows
        return stages_table(self.settings, self.stages)

    @cached_property
    def standardizing(self) -> StandardizingPath:
        """What lies between the raw and the standardized data, and how time runs along it."""
        return StandardizingPath(self.data, self.settings.ddof)

    def correlated(self, r: float) -> Stage:
        """The standardized surface if the correlation were `r`, -1 to 1, with the same minimizer."""
        return self._stage("correlated", correlated(self.standardized, r))

    @cached_property
    def tilted_steps(self) -> int | None:
        """Steps at theory's best rate if the correlation were `TILTED`."""
        return self.correlated(TILTED).steps

    def correlated_condition_number(self, r: float) -> float:
        """Of `correlated(r)`, from the formula (1 + |r|) / (1 - |r|); infinite when |r| is 1."""
        r = abs(number("r", r, at_least=-1, at_most=1))
        return (1 + r) / (1 - r) if r < 1 else math.inf

    @property
    def correlation(self) -> float:
        """Pearson's r of the two features."""
        return self.data.correlation

    @property
    def span_ratio(self) -> float:
        """How many times what the narrower feature spans the wider one spans."""
        return float(self.data.spans.max() / self.data.spans.min())

    @property
    def steps_ratio(self) -> float | None:
        """How many times fewer steps the bowl needs than the valley, both at theory's best rates."""
        valley, bowl = self.raw.steps, self.standardized.steps
        return None if valley is None or bowl is None or bowl == 0 else valley / bowl

    @property
    def learning_rate_ratio(self) -> float:
        """How many times larger a learning rate the bowl stands than the valley."""
        bowl, valley = self.standardized.spectrum, self.raw.spectrum
        return bowl.largest_stable_learning_rate / valley.largest_stable_learning_rate

    # Steps against the learning rate

    @cached_property
    def rates(self) -> Array:
        """The learning rates of the chart for the linear neuron, (k,), ascending, even on a log scale."""
        return readonly(rate_grid(*self.settings.learning_rates))

    @cached_property
    def neuron_rates(self) -> Array:
        """The learning rates of the chart for the batch-normalized neuron, (k,)."""
        return readonly(rate_grid(*self.settings.neuron_learning_rates))

    @cached_property
    def neuron(self) -> NeuronStage:
        """The batch-normalized neuron on the data as they are."""
        return self._neuron("raw", self.data)

    @cached_property
    def standardized_neuron(self) -> NeuronStage:
        """The batch-normalized neuron on standardized features."""
        return self._neuron("standardized", self.data.standardized(self.settings.ddof))

    # The deep stack

    @cached_property
    def plain_stack(self) -> DeepStack:
        """The settings' `deep` without batch normalization."""
        return replace(self.settings.deep, batch_norm=False)

    @cached_property
    def level_stack(self) -> DeepStack:
        """The settings' `exploding` without batch normalization: what its growth is compared with."""
        return replace(self.settings.exploding, batch_norm=False)

    @cached_property
    def normalized_stack(self) -> DeepStack:
        """The settings' `deep` with batch normalization, and all else the same."""
        return replace(self.settings.deep, batch_norm=True)

    @cached_property
    def network(self) -> NetworkStudy:
        """Networks trained without and with batch normalization; results are computed when asked for."""
        return NetworkStudy(self.settings.network)

    def _stage(self, name: str, data: Dataset) -> Stage:
        return Stage(name, data, self.settings.start, self.settings.tolerance, self.settings.race)

    def _neuron(self, name: str, data: Dataset) -> NeuronStage:
        return NeuronStage(name, data, self.settings.neuron_start, self.settings.tolerance)


def _fitted(data: Dataset, written: dict[str, Any]) -> LessonSettings:
    """The settings that are written, with the narrower feature first, and defaults that fit the data."""
    if not isinstance(data, Dataset) or data.features.shape[1] != 2:
        return LessonSettings(data, **written)  # which says what is wrong
    if data.stds[0] > data.stds[1]:
        data = replace(data, features=data.features[:, ::-1], feature_names=data.feature_names[::-1])
        points = [name for name in ("start", "neuron_start") if name in written]
        written = written | {name: _turned(written[name]) for name in points}
    checked = LessonSettings(data, **{"batch_size": defaults.batch_size(data.count)} | written)
    return replace(checked, **defaults.fitted(data, checked.ddof) | written)


def _turned(point: Any) -> Any:
    """A point of two coordinates the other way round; anything else is left for the check to refuse."""
    return point[::-1] if isinstance(point, (tuple, list, np.ndarray)) and len(point) == 2 else point
