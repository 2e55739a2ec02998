"""The mathematics of the film: data, batches, batch normalization, loss surfaces and descents.

numpy and scipy only; nothing here knows of pictures or words. This file only names what is public.
"""

from bn_math.batches import batch_mean_spread, batch_means, batch_stds, split_batches, standardized_in_company
from bn_math.data import Dataset, article_dataset, article_recipe, load_dataset
from bn_math.descent import Trajectory, descend, steps_to
from bn_math.lesson import Lesson
from bn_math.losses import LeastSquares, Loss
from bn_math.normalization import BatchNorm, rescale, standardize
from bn_math.optimizers import AdaGrad, Adam, GradientDescent, HeavyBall, Nesterov, Optimizer, RMSProp
from bn_math.spectrum import Ellipse, Spectrum
from bn_math.stage import Stage

__all__ = [
    "AdaGrad",
    "Adam",
    "BatchNorm",
    "Dataset",
    "Ellipse",
    "GradientDescent",
    "HeavyBall",
    "LeastSquares",
    "Lesson",
    "Loss",
    "Nesterov",
    "Optimizer",
    "RMSProp",
    "Spectrum",
    "Stage",
    "Trajectory",
    "article_dataset",
    "article_recipe",
    "batch_mean_spread",
    "batch_means",
    "batch_stds",
    "descend",
    "load_dataset",
    "rescale",
    "split_batches",
    "standardize",
    "standardized_in_company",
    "steps_to",
]
