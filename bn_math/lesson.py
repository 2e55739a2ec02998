"""The lesson: a data set and every setting the film is computed from, and all that follows from them.

Everything a scene shows is a field or a property here. Nothing is drawn, worded or typed in: change the data
and every number changes with it.
"""

import difflib
import math
import os
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from bn_math import batches as dealing
from bn_math.checks import Array, Indices, finite_array, integer, number, readonly, weights
from bn_math.data import Dataset, article_dataset, article_recipe, load_dataset
from bn_math.deep import DeepStack
from bn_math.learning_rates import rate_grid
from bn_math.losses import LeastSquares
from bn_math.neuron import NeuronStage
from bn_math.noise import Landing, batch_mean_shares, landing
from bn_math.normalization import BatchNorm, standardize
from bn_math.race import RaceSettings
from bn_math.sending import SentAsFields
from bn_math.stage import Stage


@dataclass(frozen=True)
class Lesson(SentAsFields):
    """A two-feature data set and every setting of the film.

    data: two features and a target; start: the weights every descent starts at; tolerance: the share of the
    starting distance that counts as arrived; batch_size, batch_seed: how rows are dealt; eps, momentum: the
    batch-norm layer's (momentum None: cumulative average); ddof: 0 or 1, for standardizing the data.
    learning_rates, neuron_learning_rates: from where to where the charts of steps go, for the linear and for
    the batch-normalized neuron; neuron_start: the weights the latter starts at; race: the optimizers' race;
    deep, exploding: the stack shown without and with batch normalization, and the one whose gradients grow;
    noise_batches: the batches whose noise is compared, as ascending shares of all rows.
    Raises ValueError naming the field for a value that cannot be used.
    """

    data: Dataset
    start: tuple[float, ...] = (0.0, 0.0)
    tolerance: float = 1e-6
    batch_size: int = 10
    batch_seed: int = 42
    eps: float = 1e-5
    momentum: float | None = 0.1
    ddof: int = 0
    learning_rates: tuple[float, float] = (1e-6, 1.0)
    neuron_learning_rates: tuple[float, float] = (1e-6, 1e6)
    neuron_start: tuple[float, ...] = (1.0, 0.2)
    race: RaceSettings = RaceSettings()
    deep: DeepStack = DeepStack()
    exploding: DeepStack = DeepStack(depth=50, activation="relu", batch_norm=True)
    noise_batches: tuple[float, ...] = (0.05, 0.1, 0.2, 0.5)

    def __post_init__(self) -> None:
        """Checks every field."""
        if not isinstance(self.data, Dataset):
            raise ValueError(f"data must be a Dataset, such as article_dataset(), but is {self.data!r}")
        if self.data.features.shape[1] != 2:
            raise ValueError(f"data must have two features, but has {self.data.features.shape[1]}")
        checked = {
            "start": _one_point("start", self.start),
            "neuron_start": _one_point("neuron_start", self.neuron_start),
            "learning_rates": _range("learning_rates", self.learning_rates),
            "neuron_learning_rates": _range("neuron_learning_rates", self.neuron_learning_rates),
            "tolerance": number("tolerance", self.tolerance, above=0, below=1),
            # A batch of one has no spread to divide by.
            "batch_size": integer("batch_size", self.batch_size, at_least=2, at_most=self.data.count),
            "batch_seed": integer("batch_seed", self.batch_seed, at_least=0),
            "eps": number("eps", self.eps, above=0),
            "ddof": integer("ddof", self.ddof, at_least=0, at_most=1),
            "noise_batches": _shares("noise_batches", self.noise_batches),
        }
        if self.momentum is not None:
            checked["momentum"] = number("momentum", self.momentum, above=0, at_most=1)
        for name, value in checked.items():
            object.__setattr__(self, name, value)
        if not any(self.neuron_start):
            raise ValueError("neuron_start must not be 0: there the normalized neuron has no direction to go")
        for name, kind in _TABLES.items():
            if not isinstance(getattr(self, name), kind):
                raise ValueError(f"{name} must be a {kind.__name__}, but is {getattr(self, name)!r}")
        if self.data.count % self.batch_size == 1:
            raise ValueError(
                f"batch_size must not be {self.batch_size}: of {self.data.count} rows that leaves a last "
                "batch of one, which a batch-norm layer refuses in training; give another size"
            )
        try:
            self.data.standardized(self.ddof)
        except ValueError as error:
            raise ValueError(f"data cannot be standardized: {error}") from error

    @classmethod
    def article(cls, **settings: Any) -> "Lesson":
        """The article's data; settings may be given by name, as in `Lesson.article(batch_size=20)`."""
        return cls(article_dataset(), **settings)

    @classmethod
    def from_seed(cls, seed: int, **settings: Any) -> "Lesson":
        """The article's recipe with another seed: for the data, for dealing batches, for the deep stacks."""
        stacks = {name: replace(stack, seed=seed) for name, stack in _STACKS.items()}
        return cls(article_recipe(seed), **{"batch_seed": seed, **stacks, **settings})

    @classmethod
    def from_toml(cls, path: str | os.PathLike[str]) -> "Lesson":
        """A lesson from a TOML file: any field by its name, with `data`, a CSV file beside it, or `seed`.

        Without either it is the article's data. `momentum = "cumulative"` stands for None. `[race]`, `[deep]`
        and `[exploding]` are tables, which change what they name and leave the rest as it is.
        Raises ValueError naming the file and the field; FileNotFoundError if there is no file.
        """
        path = Path(path)
        try:
            settings = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise ValueError(f"{path} is not valid TOML: {error}") from error
        try:
            return cls._from_settings(settings, path.parent)
        except ValueError as error:
            raise ValueError(f"{path}: {error}") from error

    @classmethod
    def _from_settings(cls, settings: Mapping[str, Any], folder: Path) -> "Lesson":
        _check_known(settings, [*(field.name for field in fields(cls)), "seed"])
        rest = {name: value for name, value in settings.items() if name not in ("data", "seed")}
        for field in fields(cls):
            if field.name in rest and field.name in _TABLES:
                default: Any = field.default
                if field.name in _STACKS and "seed" in settings:
                    default = replace(default, seed=integer("seed", settings["seed"], at_least=0))
                rest[field.name] = _from_table(field.name, default, rest[field.name])
        if rest.get("momentum") == "cumulative":
            rest["momentum"] = None
        if "data" in settings and "seed" in settings:
            raise ValueError(
                "data and seed exclude each other: give the CSV file's path or the recipe's seed"
            )
        if "seed" in settings:
            return cls.from_seed(integer("seed", settings["seed"], at_least=0), **rest)
        if "data" not in settings:
            return cls.article(**rest)
        if not isinstance(settings["data"], str):
            raise ValueError(f"data must be the path of a CSV file, in quotes, but is {settings['data']!r}")
        file = folder / settings["data"]
        if not file.is_file():
            raise ValueError(
                f"data must be the path of a CSV file, from this file's folder, but there is no {file}"
            )
        return cls(load_dataset(file), **rest)

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
        return self._stage("scaled", self.data.scaled(self.ddof))

    @cached_property
    def standardized(self) -> Stage:
        """Both: features to mean 0 and variance 1, target to mean 0."""
        return self._stage("standardized", self.data.standardized(self.ddof))

    @property
    def stages(self) -> tuple[Stage, Stage, Stage, Stage]:
        """The four stages, from valley to bowl."""
        return self.raw, self.centered, self.scaled, self.standardized

    def correlated(self, r: float) -> Stage:
        """The standardized surface if the features' correlation were `r`, -1 to 1, with the same minimizer.

        Rows keep A; B is mixed from A and from what in B is uncorrelated with it, so that the cloud tilts.
        Raises ValueError if the features are perfectly correlated, for then there is nothing to mix.
        """
        r = number("r", r, at_least=-1, at_most=1)
        if self.standardized.spectrum.eigenvalues[0] == 0:
            raise ValueError(
                "the features are perfectly correlated: no other correlation can be mixed from them"
            )
        a, b = self.standardized.data.features.T
        own = b - a * (a @ b) / (a @ a)
        own = own * np.sqrt((b @ b) / (own @ own))
        x = np.column_stack([a, r * a + np.sqrt(1 - r * r) * own])
        y = x @ self.standardized.loss.minimizer
        return self._stage("correlated", replace(self.standardized.data, features=x, target=y))

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
        """How many times fewer steps the bowl needs than the valley, both at their best learning rates."""
        valley, bowl = self.raw.steps, self.standardized.steps
        return None if valley is None or bowl is None or bowl == 0 else valley / bowl

    @property
    def learning_rate_ratio(self) -> float:
        """How many times larger a learning rate the bowl stands than the valley."""
        bowl, valley = self.standardized.spectrum, self.raw.spectrum
        return bowl.largest_stable_learning_rate / valley.largest_stable_learning_rate

    @cached_property
    def uncentered_floor(self) -> float:
        """The least J with standardized features and the target not centred, for want of a bias."""
        return LeastSquares(replace(self.standardized.data, target=self.data.target)).minimum

    # Steps against the learning rate

    @cached_property
    def rates(self) -> Array:
        """The learning rates of the chart for the linear neuron, (k,), ascending, even on a log scale."""
        return readonly(rate_grid(*self.learning_rates))

    @cached_property
    def neuron_rates(self) -> Array:
        """The learning rates of the chart for the batch-normalized neuron, (k,)."""
        return readonly(rate_grid(*self.neuron_learning_rates))

    @cached_property
    def neuron(self) -> NeuronStage:
        """The batch-normalized neuron on the data as they are."""
        return self._neuron("raw", self.data)

    @cached_property
    def standardized_neuron(self) -> NeuronStage:
        """The batch-normalized neuron on standardized features."""
        return self._neuron("standardized", self.data.standardized(self.ddof))

    # The mini-batches

    @cached_property
    def batches(self) -> tuple[Indices, ...]:
        """The rows dealt into k mini-batches, each an array of row numbers; every row once."""
        return tuple(
            dealing.split_batches(self.data.count, self.batch_size, np.random.default_rng(self.batch_seed))
        )

    @property
    def batch_count(self) -> int:
        """k, the number of mini-batches, a smaller last one among them."""
        return len(self.batches)

    @cached_property
    def batch_means(self) -> Array:
        """Each mini-batch's own means, (k, 2)."""
        return readonly(dealing.batch_means(self.data.features, self.batches))

    @cached_property
    def batch_stds(self) -> Array:
        """Each mini-batch's own standard deviations, ddof 0 as the layer takes them, (k, 2)."""
        return readonly(dealing.batch_stds(self.data.features, self.batches))

    @cached_property
    def standardized_batches(self) -> tuple[Array, ...]:
        """Each mini-batch standardized by its own statistics with `eps`, k arrays (batch_size, 2)."""
        return tuple(readonly(standardize(self.data.features[rows], eps=self.eps)) for rows in self.batches)

    @cached_property
    def measured_batch_mean_spread(self) -> Array:
        """SD of these few batches' means about the data's, over sigma, (2,); near the theory, by chance."""
        offsets = (self.batch_means - self.data.means) / self.data.stds
        return readonly(np.sqrt((offsets**2).mean(axis=0)))

    @property
    def batch_mean_spread(self) -> float:
        """What theory says of the same: sqrt((N - m) / (m (N - 1)))."""
        return dealing.batch_mean_spread(self.data.count, self.batch_size)

    def sampled_batch_means(self, batch_size: int, draws: int) -> Array:
        """Means of `draws` random batches, as offsets from the data's means in sigmas, (draws, 2).

        Their SD comes near `batch_mean_spread(count, batch_size)` as `draws` grows.
        """
        rng = np.random.default_rng((self.batch_seed, batch_size, draws))
        means = dealing.sampled_batch_means(self.data.features, batch_size, draws, rng)
        return (means - self.data.means) / self.data.stds

    @property
    def noise_batch_sizes(self) -> tuple[int, ...]:
        """The batch sizes whose noise is compared: `noise_batches` of the rows, at least 2, none twice."""
        sizes = (max(round(share * self.data.count), 2) for share in self.noise_batches)
        return tuple(dict.fromkeys(sizes))

    def company(self, row: int, batch_size: int, draws: int) -> Indices:
        """The batches of `noise(row, batch_size, draws)`, (draws, batch_size) row numbers, `row` first."""
        return dealing.company(self.data.count, row, batch_size, draws, self._dealer(batch_size))

    def noise(self, row: int, batch_size: int, draws: int) -> Array:
        """Where one row lands when standardized in `draws` different batches, (draws, 2)."""
        rng = self._dealer(batch_size)
        return dealing.standardized_in_company(self.data.features, row, batch_size, draws, rng, self.eps)

    def _dealer(self, batch_size: int) -> np.random.Generator:
        """Deals the same batches to whoever asks."""
        return np.random.default_rng((self.batch_seed, batch_size))

    def landing(self, row: int, batch_size: int) -> Landing:
        """The exact law that `noise(row, batch_size, draws)` comes to as its draws grow."""
        return landing(self.data.features, row, batch_size, self.eps)

    def noise_shares(self, row: int, batch_size: int, draws: int, edges: ArrayLike) -> Array:
        """Share of `noise(row, batch_size, draws)` between `edges` (k + 1,), for a histogram: (k, 2)."""
        edges = finite_array("edges", edges)
        landed = self.noise(row, batch_size, draws)
        return np.column_stack([np.histogram(column, edges)[0] / draws for column in landed.T])

    def batch_mean_shares(self, batch_size: int, edges: ArrayLike) -> Array:
        """The exact share of all batches whose mean, as an offset in sigmas, is between `edges`, (k, 2).

        What the histogram of `sampled_batch_means` comes to as its draws grow.
        """
        features = (self.data.features - self.data.means) / self.data.stds
        return batch_mean_shares(features, batch_size, edges)

    # The layer

    def layer(self) -> BatchNorm:
        """A new batch-normalization layer for the two features, with this lesson's eps and momentum."""
        return BatchNorm(2, eps=self.eps, momentum=self.momentum)

    def dealt(self, passes: int = 1) -> tuple[Indices, ...]:
        """The batches of `passes` passes, one after the other: every pass deals the rows anew.

        The first pass deals `batches`.
        """
        rng = np.random.default_rng(self.batch_seed)
        each = range(integer("passes", passes, at_least=1))
        split = (dealing.split_batches(self.data.count, self.batch_size, rng) for _ in each)
        return tuple(rows for batches in split for rows in batches)

    def running_statistics(self, passes: int = 1) -> tuple[Array, Array]:
        """The layer's running mean and variance before and after each batch: two arrays (passes * k + 1, 2).

        The batches are those of `dealt`.
        """
        record = [(layer.running_mean, layer.running_var) for layer in self._training(passes)]
        means, variances = zip(*record, strict=True)
        return readonly(np.array(means)), readonly(np.array(variances))

    def start_left(self, batches: int) -> float:
        """What the initial 0 and 1 still weigh in the running statistics after `batches`, 0 to 1.

        That is (1 - momentum)^batches; in a cumulative average the first batch takes their place.
        """
        batches = integer("batches", batches, at_least=0)
        if self.momentum is None:
            return float(batches == 0)
        return float((1 - self.momentum) ** batches)

    def expected_running_statistics(self, passes: int = 1) -> tuple[Array, Array]:
        """What `running_statistics` are on average over all ways of dealing: two arrays (passes * k + 1, 2).

        What `start_left` leaves is the data's mean and variance with ddof 1, which batches dealt without
        replacement hit on average.
        """
        count = integer("passes", passes, at_least=1) * self.batch_count
        left = np.array([self.start_left(batches) for batches in range(count + 1)])
        variance = self.data.standard_deviations(1) ** 2
        means = (1 - left)[:, None] * self.data.means
        return readonly(means), readonly(left[:, None] + (1 - left)[:, None] * variance)

    def trained_layer(self, passes: int = 1) -> BatchNorm:
        """The layer after `passes` passes over the mini-batches, with the running statistics it has then."""
        *_, layer = self._training(passes)
        return layer

    def inferred(self, sample: ArrayLike, passes: int = 1) -> Array:
        """What the trained layer makes of `sample`, (2,) alone or (n, 2), at inference: the same shape.

        It takes the running statistics, so that the answer does not depend on what else is asked.
        """
        sample = weights("sample", sample, 2)
        return self.trained_layer(passes).forward(sample.reshape(-1, 2), training=False).reshape(sample.shape)

    @cached_property
    def refusal(self) -> str:
        """What the layer says to a batch of one in training."""
        try:
            self.layer().forward(self.data.features[:1])
        except ValueError as error:
            return str(error)
        raise RuntimeError("a batch of one was let through")

    def _training(self, passes: int) -> Iterator[BatchNorm]:
        """The one layer, before and after each batch."""
        layer = self.layer()
        yield layer
        for rows in self.dealt(passes):
            layer.forward(self.data.features[rows])
            yield layer

    # The deep stack

    @cached_property
    def plain_stack(self) -> DeepStack:
        """`deep` without batch normalization."""
        return replace(self.deep, batch_norm=False)

    @cached_property
    def level_stack(self) -> DeepStack:
        """`exploding` without batch normalization: what its growth is to be compared with."""
        return replace(self.exploding, batch_norm=False)

    @cached_property
    def normalized_stack(self) -> DeepStack:
        """`deep` with batch normalization, and all else the same."""
        return replace(self.deep, batch_norm=True)

    def _stage(self, name: str, data: Dataset) -> Stage:
        return Stage(name, data, self.start, self.tolerance, self.race)

    def _neuron(self, name: str, data: Dataset) -> NeuronStage:
        return NeuronStage(name, data, self.neuron_start, self.tolerance)


# Fields which are settings themselves: tables in TOML.
_TABLES: dict[str, type] = {"race": RaceSettings, "deep": DeepStack, "exploding": DeepStack}
_STACKS: dict[str, DeepStack] = {
    field.name: field.default for field in fields(Lesson) if isinstance(field.default, DeepStack)
}


def _from_table(name: str, default: Any, table: object) -> Any:
    """`default` with what `table` changes."""
    if not isinstance(table, Mapping):
        raise ValueError(f"{name} must be a table, [{name}], but is {table!r}")
    try:
        _check_known(table, [field.name for field in fields(default)])
        return replace(default, **table)
    except ValueError as error:
        raise ValueError(f"{name}: {error}") from error


def _check_known(settings: Mapping[str, Any], known: Sequence[str]) -> None:
    for key in settings:
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1)
            hint = f"did you mean {near[0]}?" if near else f"the fields are {', '.join(known)}"
            raise ValueError(f"unknown field {key}; {hint}")


def _one_point(name: str, value: ArrayLike) -> tuple[float, ...]:
    point = weights(name, value, 2)
    if point.shape != (2,):
        raise ValueError(f"{name} must be one point of two numbers, but has shape {point.shape}")
    return tuple(point.tolist())


def _shares(name: str, value: ArrayLike) -> tuple[float, ...]:
    shares = finite_array(name, value)
    if shares.ndim != 1 or not len(shares) or (np.diff(shares, prepend=0.0) <= 0).any() or shares[-1] > 1:
        raise ValueError(f"{name} must be ascending shares of the rows, above 0 and at most 1, not {value!r}")
    return tuple(shares.tolist())


def _range(name: str, value: ArrayLike) -> tuple[float, float]:
    ends = finite_array(name, value)
    if ends.shape != (2,) or not 0 < ends[0] < ends[1]:
        raise ValueError(f"{name} must be two numbers above 0, the lower first, but is {value!r}")
    return float(ends[0]), float(ends[1])
