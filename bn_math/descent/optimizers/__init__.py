"""Optimizers: one a file, with its ENTRY in the race. When to stop is no business of theirs."""

from bn_math.descent.optimizers.adagrad import AdaGrad
from bn_math.descent.optimizers.adam import Adam
from bn_math.descent.optimizers.gradient_descent import GradientDescent
from bn_math.descent.optimizers.heavy_ball import HeavyBall
from bn_math.descent.optimizers.nesterov import Nesterov
from bn_math.descent.optimizers.rmsprop import RMSProp
from bn_math.descent.optimizers.rule import Gradient, LinearOptimizer, Optimizer, is_linear

__all__ = [
    "AdaGrad",
    "Adam",
    "Gradient",
    "GradientDescent",
    "HeavyBall",
    "LinearOptimizer",
    "Nesterov",
    "Optimizer",
    "RMSProp",
    "is_linear",
]
