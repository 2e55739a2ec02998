"""The mathematics of the film: data, batches, batch normalization, loss surfaces and descents.

numpy and scipy only; nothing here knows of pictures or words. This file only names what is public.
"""

from bn_math.data.dataset import Dataset, article_dataset, article_recipe, load_dataset
from bn_math.data.examples import Digits, LabeledRows, digits
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
from bn_math.descent.minibatch_descent import MiniBatchDescent
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
from bn_math.networks.small_batches import SmallBatches
from bn_math.networks.stack import ACTIVATIONS, Activation, DeepStack, StackPasses, sigmoid, sigmoid_slope
from bn_math.networks.trained.results import (
    AlongGradient,
    DepthStudy,
    Drift,
    RateStudy,
    Shaking,
    StartOfTraining,
    StartSpreadStudy,
    UnseenStudy,
    Walls,
)
from bn_math.networks.trained.settings import NetworkSettings
from bn_math.networks.trained.study import NetworkStudy
from bn_math.normalization.batch_norm import BatchNorm
from bn_math.normalization.fold import fold, fold_into_next
from bn_math.normalization.group_norm import GroupNorm
from bn_math.normalization.instance_norm import InstanceNorm
from bn_math.normalization.layer_norm import LayerNorm
from bn_math.normalization.noise import (
    NormalizedValueDistribution,
    batch_mean_shares,
    normalized_value_distribution,
)
from bn_math.normalization.rms_norm import RMSNorm
from bn_math.normalization.standardize import rescale, standardize

__all__ = [
    "ACTIVATIONS",
    "Activation",
    "AdaGrad",
    "Adam",
    "AlongGradient",
    "BatchNorm",
    "Dataset",
    "DeepStack",
    "DepthStudy",
    "Digits",
    "Drift",
    "Ellipse",
    "GradientDescent",
    "GroupNorm",
    "HeavyBall",
    "InstanceNorm",
    "LabeledRows",
    "LayerNorm",
    "LeastSquares",
    "Lesson",
    "LessonSettings",
    "LinearDecay",
    "Loss",
    "MiniBatchDescent",
    "MiniBatches",
    "Nesterov",
    "NetworkSettings",
    "NetworkStudy",
    "NeuronStage",
    "NormalizedNeuron",
    "NormalizedValueDistribution",
    "Optimizer",
    "RACE_DECAY_STEPS",
    "RACE_LIMIT",
    "RACE_SHARES",
    "RMSNorm",
    "RMSProp",
    "RaceSettings",
    "RateStudy",
    "Shaking",
    "SmallBatches",
    "Spectrum",
    "StackPasses",
    "Stage",
    "StartOfTraining",
    "StartSpreadStudy",
    "Trajectory",
    "UnseenStudy",
    "Walls",
    "article_dataset",
    "article_recipe",
    "batch_mean_shares",
    "batch_mean_spread",
    "batch_means",
    "batch_stds",
    "descend",
    "digits",
    "fold",
    "fold_into_next",
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
