"""The mathematics of the film: data, batches, batch normalization, loss surfaces and descents.

numpy and scipy only; nothing here knows of pictures or words. This file only names what is public.
"""

from bn_math.data.dataset import Dataset, article_dataset, article_recipe, load_dataset
from bn_math.data.split import (
    batch_mean_spread,
    batch_means,
    batch_stds,
    split_batches,
    standardized_with_batchmates,
)
from bn_math.descent.descent import steps_against, steps_to
from bn_math.descent.learning_rates import rate_grid, stable_limit
from bn_math.descent.losses import LeastSquares, Loss, NormalizedNeuron
from bn_math.descent.optimizers import AdaGrad, Adam, GradientDescent, HeavyBall, Nesterov, Optimizer, RMSProp
from bn_math.descent.race import RACE_DECAY_STEPS, RACE_LIMIT, RACE_SHARES, RaceSettings
from bn_math.descent.schedules import LinearDecay
from bn_math.descent.spectrum import Ellipse, Spectrum
from bn_math.descent.trajectory import Trajectory, descend
from bn_math.lesson.lesson import Lesson
from bn_math.lesson.minibatches import MiniBatches
from bn_math.lesson.settings import LessonSettings
from bn_math.lesson.stage import Stage
from bn_math.networks.neuron import NeuronStage, steps_to_excess
from bn_math.networks.stack import ACTIVATIONS, Activation, DeepStack, StackPasses, sigmoid, sigmoid_slope
from bn_math.normalization.batch_norm import BatchNorm
from bn_math.normalization.noise import (
    NormalizedValueDistribution,
    batch_mean_shares,
    normalized_value_distribution,
)
from bn_math.normalization.standardize import rescale, standardize

__all__ = [
    "ACTIVATIONS",
    "Activation",
    "AdaGrad",
    "Adam",
    "BatchNorm",
    "Dataset",
    "DeepStack",
    "Ellipse",
    "GradientDescent",
    "HeavyBall",
    "LeastSquares",
    "Lesson",
    "LessonSettings",
    "LinearDecay",
    "Loss",
    "MiniBatches",
    "Nesterov",
    "NeuronStage",
    "NormalizedNeuron",
    "NormalizedValueDistribution",
    "Optimizer",
    "RACE_DECAY_STEPS",
    "RACE_LIMIT",
    "RACE_SHARES",
    "RMSProp",
    "RaceSettings",
    "Spectrum",
    "StackPasses",
    "Stage",
    "Trajectory",
    "article_dataset",
    "article_recipe",
    "batch_mean_shares",
    "batch_mean_spread",
    "batch_means",
    "batch_stds",
    "descend",
    "load_dataset",
    "normalized_value_distribution",
    "rate_grid",
    "rescale",
    "sigmoid",
    "sigmoid_slope",
    "split_batches",
    "stable_limit",
    "standardize",
    "standardized_with_batchmates",
    "steps_against",
    "steps_to",
    "steps_to_excess",
]
