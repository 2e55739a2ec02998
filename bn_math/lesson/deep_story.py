"""What is true of the race, of learning rates, of neurons and deep stacks: their part of the story."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from bn_math.checks import Array
from bn_math.lesson.stage import Stage
from bn_math.networks.neuron import NeuronStage, beside_the_ridge
from bn_math.networks.stack import DeepStack
from bn_math.normalization.standardize import standardize

if TYPE_CHECKING:
    from bn_math.lesson.lesson import Lesson

# The weights of the neuron whose sums are shown.
SUMMED = (1.2, 0.9)
# The descent that is shown on the normalized neuron's loss: its rate over the loss's span, and its steps.
RAY_RATE, RAY_STEPS = 0.85, 3


# Weights that keep the spread of what goes into a linear layer: for sigmoids, which have a slope of a quarter
# at most, they are small.
SMALL_WEIGHTS = 1.0


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

    @cached_property
    def adam_saves_steps(self) -> bool:
        """On the raw data Adam settles in at most half as many steps as gradient descent."""
        steps = self.lesson.raw.optimizer_steps["adam"]
        return steps is not None and self.lesson.raw.steps is not None and 2 * steps <= self.lesson.raw.steps

    @cached_property
    def momentum_is_home_standardized(self) -> bool:
        """On the standardized data heavy ball and gradient descent settle."""
        standardized = self.lesson.standardized
        return standardized.optimizer_steps["heavy_ball"] is not None and bool(standardized.steps)

    @cached_property
    def adam_hardly_gains(self) -> bool:
        """Standardizing saves Adam, as it is usually set, a tenth of its steps at most, and costs it none."""
        before, after = (
            stage.optimizer_steps["adam"] for stage in (self.lesson.raw, self.lesson.standardized)
        )
        return before is not None and after is not None and 0.9 * before <= after <= before

    @cached_property
    def plainest_is_nearly_the_quickest(self) -> bool:
        """On the standardized data gradient descent takes a quarter more than any optimizer, at most."""
        steps, fewest = self.lesson.standardized.steps, self.lesson.standardized.fewest_steps
        return bool(steps) and fewest is not None and 4 * (steps or 0) <= 5 * fewest

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

    @property
    def shown_stage(self) -> Stage:
        """The data on which the normalized neuron is shown: on raw ones its valley may be too narrow."""
        return self.lesson.standardized

    @property
    def shown_neuron(self) -> NeuronStage:
        """The batch-normalized neuron on the data of `shown_stage`."""
        return self.lesson.standardized_neuron

    @cached_property
    def neuron_run(self) -> Array:
        """A short descent on the normalized neuron's loss that is shown, from a length of 1: (n, 2).

        Its rate is `RAY_RATE` over the loss's span, so that a few steps are seen, whatever the data.
        """
        loss = self.shown_neuron.loss
        points, rate = [beside_the_ridge(loss)], RAY_RATE / (loss.maximum - loss.minimum)
        for _ in range(RAY_STEPS):
            points.append(points[-1] - rate * loss.gradient(points[-1]))
        return np.array(points)

    @cached_property
    def weights_only_lengthen(self) -> bool:
        """Every step of `neuron_run` is at right angles to the weights, which end a tenth longer."""
        run = self.neuron_run
        slopes, lengths = self.shown_neuron.loss.gradient(run), np.linalg.norm(run, axis=1)
        across = np.abs((run * slopes).sum(axis=1)) <= 1e-9 * lengths * np.linalg.norm(slopes, axis=1)
        longer = np.diff(lengths) >= -1e-12 * lengths[:-1]
        return bool(across.all() and longer.all() and lengths[-1] >= 1.1 * lengths[0])

    @cached_property
    def twice_the_weights_change_nothing(self) -> bool:
        """What comes out of the layer is the same in three decimals, with the layer's eps.

        And what is written of the first row is the same in two.
        """
        sums = self.shown_stage.data.features @ np.array(SUMMED)
        outputs = [standardize(times * sums, eps=self.lesson.settings.eps) for times in (1.0, 2.0)]
        alike = np.abs(outputs[1] - outputs[0]).max() < 5e-4
        return bool(alike and f"{outputs[0][0]:.2f}" == f"{outputs[1][0]:.2f}")

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

    # Deep stacks, which depend on the settings alone. What fades or grows is the gradient of the activations.

    @cached_property
    def small_stack(self) -> DeepStack:
        """The deep stack without batch normalization, drawn with small weights, see `SMALL_WEIGHTS`."""
        return replace(self.lesson.plain_stack, weight_scale=SMALL_WEIGHTS)

    @cached_property
    def small_weights_fade(self) -> bool:
        """A layer of sigmoids leaves at most 0.3 of the gradient where the deep stack's weights are small.

        Something is left of it at the first layer, and next to nothing of what goes into the layers after
        that one is on the flat ends.
        """
        stack = self.small_stack
        return bool(
            stack.activation == "sigmoid"
            and stack.depth > 1
            and stack.passes.signal_gradient_norms[0] > 0
            and stack.passes.signal_growth <= 0.3
            and stack.passes.flat_shares()[1:].max() < 0.005
        )

    @cached_property
    def deep_gradient_fades(self) -> bool:
        """The deep stack is of sigmoids, a quarter of what goes into the last layer is on the flat ends.

        And a layer leaves at most 0.9 of the gradient.
        """
        stack = self.lesson.plain_stack
        return bool(
            stack.activation == "sigmoid"
            and stack.depth > 1
            and stack.passes.signal_growth <= 0.9
            and stack.passes.flat_shares()[-1] >= 0.25
        )

    @cached_property
    def large_weights_reach_farther(self) -> bool:
        """A layer of the deep stack leaves at least one and a half times as much as one of small weights."""
        if self.lesson.plain_stack.depth < 2:
            return False
        small, large = self.small_stack.passes, self.lesson.plain_stack.passes
        return bool(self.deep_gradient_fades and large.signal_growth >= 1.5 * small.signal_growth)

    @cached_property
    def normalized_gradient_stays(self) -> bool:
        """With batch norm a layer of the deep stack changes the gradient by a factor of 0.9 to 1.1.

        No layer has less than half of the last one's, and less than half as much of what goes into the last
        layer is on the flat ends as without.
        """
        if self.lesson.plain_stack.depth < 2:
            return False
        plain, normalized = self.lesson.plain_stack.passes, self.lesson.normalized_stack.passes
        norms = normalized.signal_gradient_norms
        return bool(
            0.9 <= normalized.signal_growth <= 1.1
            and norms.min() >= norms[-1] / 2
            and normalized.flat_shares()[-1] < plain.flat_shares()[-1] / 2
        )

    @cached_property
    def relu_gradient_grows(self) -> bool:
        """Through the ReLU stack with batch norm a layer lets the gradient grow by 1.1 at least.

        Without batch norm it changes by a factor of 0.94 to 1.06.
        """
        stack = self.lesson.settings.exploding
        return bool(
            stack.activation == "relu"
            and stack.batch_norm
            and stack.depth > 1
            and stack.passes.signal_growth >= 1.1
            and 0.94 <= self.lesson.level_stack.passes.signal_growth <= 1.06
        )
