"""What is true of the race, of learning rates, of neurons and deep stacks: their part of the story."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from bn_math.lesson.defaults import comparable_spreads
from bn_math.lesson.stage import Stage
from bn_math.networks.neuron import NeuronStage

if TYPE_CHECKING:
    from bn_math.lesson.lesson import Lesson


@dataclass(frozen=True, eq=False)
class DeepStory:
    """Conditions of the second half of the film.

    lesson: the one that they are about.
    """

    lesson: "Lesson"

    # The race

    @cached_property
    def descent_is_first(self) -> bool:
        """On the raw data no optimizer of the race settles in fewer steps than gradient descent."""
        raw = self.lesson.raw
        return raw.fewest_steps == raw.optimizer_steps["gradient_descent"]

    @cached_property
    def heavy_ball_flies_out(self) -> bool:
        """On the raw data heavy ball gets at least 1.5 times as far from the minimizer as it started."""
        return self.lesson.raw.heavy_ball_excursion >= 1.5

    @cached_property
    def momentum_saves_steps(self) -> bool:
        """On the raw data heavy ball settles in at most half as many steps as gradient descent."""
        steps = self.lesson.raw.optimizer_steps
        heavy, descent = steps["heavy_ball"], self.lesson.raw.steps
        return heavy is not None and descent is not None and 2 * heavy <= descent

    # Learning rates

    @cached_property
    def cliff_moves_out(self) -> bool:
        """The largest stable learning rate is at least 1.05 times as large on the standardized data."""
        return self.lesson.learning_rate_ratio >= 1.05

    @cached_property
    def cliff_moves_in(self) -> bool:
        """The largest stable learning rate is at least 1.05 times as large on the raw data."""
        return self.lesson.learning_rate_ratio <= 1 / 1.05

    @cached_property
    def fewer_at_every_share(self) -> bool:
        """At any share of its own largest stable rate, up to a half, standardizing saves two thirds.

        Tried from a thousandth on. Nearer to it every descent takes as long as it likes.
        """
        shares = np.geomspace(1e-3, 0.5, 60)
        raw, standardized = (
            stage.steps_against(shares * stage.spectrum.largest_stable_learning_rate)
            for stage in (self.lesson.raw, self.lesson.standardized)
        )
        return bool((3 * standardized <= raw).all())

    # Inside the network

    @cached_property
    def has_names(self) -> bool:
        """The features are not simply called A and B."""
        labels = self.lesson.settings.labels
        return tuple(map(labels.name, self.lesson.data.feature_names)) != ("A", "B")

    @cached_property
    def neuron_on_raw(self) -> bool:
        """The covariance of the raw features has a condition number of at most 1000.

        Else the normalized neuron's valley is too narrow to be seen, and it is shown on standardized data.
        """
        return comparable_spreads(self.lesson.data)

    @property
    def shown_stage(self) -> Stage:
        """The data on which the batch-normalized neuron is shown, see `neuron_on_raw`."""
        return self.lesson.raw if self.neuron_on_raw else self.lesson.standardized

    @property
    def shown_neuron(self) -> NeuronStage:
        """The batch-normalized neuron on the data of `shown_stage`."""
        return self.lesson.neuron if self.neuron_on_raw else self.lesson.standardized_neuron

    @cached_property
    def every_rate_arrives(self) -> bool:
        """The normalized neuron arrives at each learning rate of its chart, one a decade, and at both ends.

        The linear neuron's largest stable rate lies in the chart, and an end takes at least a thousand times
        the fewest steps.
        """
        neuron, stage = self.shown_neuron, self.shown_stage
        low, high = self.lesson.settings.neuron_learning_rates
        steps = neuron.steps_against(np.geomspace(low, high, max(round(np.log10(high / low)), 1) + 1))
        return bool(
            low < stage.spectrum.largest_stable_learning_rate < high
            and np.isfinite(steps).all()
            and max(steps[0], steps[-1]) >= 1000 * max(steps.min(), 1)
        )

    # Deep stacks, which depend on the settings alone

    @cached_property
    def deep_gradient_fades(self) -> bool:
        """The deep stack is of sigmoids, a quarter of what goes into the last layer is on the flat ends.

        And a layer leaves at most 0.9 of the gradient.
        """
        stack = self.lesson.plain_stack
        return bool(
            stack.activation == "sigmoid"
            and stack.depth > 1
            and stack.passes.growth <= 0.9
            and stack.passes.flat_shares()[-1] >= 0.25
        )

    @cached_property
    def normalized_gradient_stays(self) -> bool:
        """With batch norm a layer of the deep stack changes the gradient by a factor of 0.9 to 1.1.

        And less than half as much of what goes into the last layer is on the flat ends as without.
        """
        if self.lesson.plain_stack.depth < 2:
            return False
        plain, normalized = self.lesson.plain_stack.passes, self.lesson.normalized_stack.passes
        return bool(
            0.9 <= normalized.growth <= 1.1 and normalized.flat_shares()[-1] < plain.flat_shares()[-1] / 2
        )

    @cached_property
    def relu_gradient_grows(self) -> bool:
        """Through the ReLU stack with batch norm a layer lets the gradient grow by 1.1 at least.

        Without batch norm it changes by a factor of 0.95 to 1.05.
        """
        stack = self.lesson.settings.exploding
        return bool(
            stack.activation == "relu"
            and stack.batch_norm
            and stack.depth > 1
            and stack.passes.growth >= 1.1
            and 0.95 <= self.lesson.level_stack.passes.growth <= 1.05
        )
