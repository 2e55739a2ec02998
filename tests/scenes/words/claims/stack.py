"""What is claimed of the deep stack whose gradient travels back."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from bn_math import DeepStack, Lesson
from tests.scenes.words.claims import Claim


def stack_called(lesson: Lesson, name: str) -> DeepStack:
    return {
        "small": replace(lesson.settings.deep, weight_scale=1.0, batch_norm=False),
        "large": replace(lesson.settings.deep, batch_norm=False),
        "normalized": replace(lesson.settings.deep, batch_norm=True),
        "relu": replace(lesson.settings.exploding, batch_norm=False),
        "relu normalized": lesson.settings.exploding,
    }[name]


def gradients(lesson: Lesson, name: str) -> np.ndarray:
    """The gradient's length in each layer's activations."""
    return np.array([np.linalg.norm(item) for item in stack_called(lesson, name).passes.signal_gradients])


def typical(lesson: Lesson, name: str) -> float:
    """What the gradient is multiplied by from a layer to the one before, all layers taken together."""
    norms = gradients(lesson, name)
    return float(np.exp(np.log(norms[:-1] / norms[1:]).mean()))


def far_out(lesson: Lesson, name: str) -> float:
    """The share of what goes into all layers that lies on the flat ends."""
    return float(np.mean(np.abs(stack_called(lesson, name).passes.pre_activations) > 2))


def slope_is_a_quarter_at_most(lesson: Lesson) -> bool:
    """Measured on the function itself; on the flat ends it is less than half of that."""
    z = np.linspace(-9, 9, 20001)
    slope = np.gradient(1 / (1 + np.exp(-z)), z)
    flat = slope[np.abs(z) > 6]
    return bool(abs(slope.max() - 0.25) < 1e-6 and abs(z[slope.argmax()]) < 1e-3 and flat.max() < 0.01)


def is_of_sigmoids(lesson: Lesson) -> bool:
    return lesson.settings.deep.activation == "sigmoid"


def fades_at_once(lesson: Lesson) -> bool:
    """A layer leaves less than a third, so that four of them leave about a hundredth."""
    norms = gradients(lesson, "small")
    return bool(typical(lesson, "small") < 0.31 and norms[0] < 0.31 ** (len(norms) - 1) * 1.01 * norms[-1])


def gets_farther_and_fades(lesson: Lesson) -> bool:
    return 1.49 * typical(lesson, "small") <= typical(lesson, "large") <= 0.91


def reaches_the_first_layer(lesson: Lesson) -> bool:
    norms = gradients(lesson, "normalized")
    return bool(norms.min() >= 0.49 * norms[-1] and 0.89 <= typical(lesson, "normalized") <= 1.11)


def total_is_right(lesson: Lesson) -> bool:
    """How many times as long it is at the first layer, from the factors of a layer each."""
    norms, stack = gradients(lesson, "relu"), lesson.settings.exploding
    total = float(np.exp(np.log(norms[:-1] / norms[1:]).sum()))
    return stack.activation == "relu" and bool(np.isclose(total, lesson.level_stack.passes.signal_total))


CLAIMS: dict[str, Claim] = {
    "VanishingGradient.slope.0": slope_is_a_quarter_at_most,
    "VanishingGradient.small.0": lambda it: is_of_sigmoids(it) and far_out(it, "small") < 0.01,
    "VanishingGradient.small.1": fades_at_once,
    "VanishingGradient.large.0": lambda it: far_out(it, "large") >= 0.2,
    "VanishingGradient.large.1": gets_farther_and_fades,
    "VanishingGradient.normalized.0": lambda it: far_out(it, "normalized") < far_out(it, "large") / 1.9,
    "VanishingGradient.normalized.1": reaches_the_first_layer,
    "VanishingGradient.limit.0": total_is_right,
    "VanishingGradient.limit.1": lambda it: typical(it, "relu normalized") >= 1.09,
}
