"""How wide the usable learning rates and starts are, what gets no better, and the loss along the gradient."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np

from bn_math.descent.learning_rates import rate_grid
from bn_math.networks.layered.layers import cross_entropy
from bn_math.networks.layered.recipe import HE
from bn_math.networks.trained.arrival import arrivals_at, recipe_of
from bn_math.networks.trained.results import (
    AlongGradient,
    RateStudy,
    StartSpreadStudy,
    UnseenStudy,
)
from bn_math.networks.trained.rows import TrainingRows, evenly, training_rows
from bn_math.networks.trained.settings import NetworkSettings
from bn_math.networks.trained.training import Training, shown_seeds
from bn_math.networks.trained.tuned import tuned_rate

BOTH = (False, True)
# The nonlinearity of these studies, and the rate that is ordinary for it.
PLAIN, ORDINARY = "relu", 0.1
# Standard deviations of the start's weights; He's for 64 inputs, sqrt(2 / 64), is among them.
SPREADS = (0.01, 0.03, 0.1, float(np.sqrt(2 / 64)), 0.3, 1.0)
# Rows and mini-batches from which unseen ones are to be read; layers and rate of it, and how many
# times as long as the settings' epochs it takes.
UNSEEN = ((100, 10), (100, 50), (300, 10), (300, 4), (1000, 64))
UNSEEN_LAYERS, UNSEEN_RATE, UNSEEN_TIMES = 3, 0.05, 3
# Steps along which the loss is looked at, how far along the gradient, and for which networks.
ALONG_STEPS = 120
SHARES = tuple(np.linspace(0.05, 0.4, 8))
ALONG = {"relu": 0.1, "sigmoid": 0.5}


def rate_study(settings: NetworkSettings) -> RateStudy:
    """The loss after the settings' epochs against the learning rate."""
    rows, seeds = training_rows(settings.data), shown_seeds(settings.seed, settings.seeds)
    rates = rate_grid(*settings.learning_rates, max(settings.rates_per_decade // 2, 1))
    fixed = rows.fixed(settings.fixed_rows)
    loss = np.full((2, len(rates), len(seeds)), np.inf)
    accuracy = np.full(loss.shape, np.nan)
    for norm, batch_norm in enumerate(BOTH):
        recipe = recipe_of(settings, PLAIN, HE, settings.depth, batch_norm)
        for place, rate in enumerate(rates):
            training = Training(recipe, rows, settings.batch_size, np.full(len(seeds), rate), seeds)
            with np.errstate(all="ignore"):
                while training.taken < settings.epochs * training.steps_an_epoch and len(training.numbers):
                    training.keep(np.isfinite(training.step()))
                if len(training.numbers):
                    found = training.network.loss(rows.inputs[fixed], rows.labels[fixed])
                    loss[norm, place, training.numbers] = np.where(np.isfinite(found), found, np.inf)
                    accuracy[norm, place, training.numbers] = training.correct().mean(axis=1)
    # What diverged says the same of every row.
    chance = float((rows.test_labels == 0).mean())
    accuracy = np.where(np.isnan(accuracy), chance, accuracy)
    return RateStudy(rates, loss, accuracy, settings.mark)


def start_spread_study(settings: NetworkSettings) -> StartSpreadStudy:
    """Steps to the mark against the spread of the start's weights."""
    seeds = shown_seeds(settings.seed, settings.seeds)
    shape = (2, len(SPREADS))
    at_one, at_best, rates = [], [], np.zeros(shape)
    for at in np.ndindex(shape):
        spread, batch_norm = SPREADS[at[1]], BOTH[at[0]]
        recipe = recipe_of(settings, PLAIN, spread, settings.depth, batch_norm)
        rates[at] = tuned_rate(settings, PLAIN, spread, settings.depth, batch_norm)
        at_one.append(arrivals_at(settings, recipe, [ORDINARY] * len(seeds), seeds).steps)
        at_best.append(arrivals_at(settings, recipe, np.full(len(seeds), rates[at]), seeds).steps)
    return StartSpreadStudy(
        np.array(SPREADS),
        np.array(at_one).reshape(*shape, -1),
        np.array(at_best).reshape(*shape, -1),
        rates,
    )


def unseen_study(settings: NetworkSettings) -> UnseenStudy:
    """Accuracy on unseen rows after long training on few."""
    rows, seeds = training_rows(settings.data), shown_seeds(settings.seed, settings.seeds)
    count = len(rows.inputs)
    cases = [(min(n, count), min(m, n, count)) for n, m in UNSEEN]
    accuracy = np.zeros((2, len(cases), len(seeds)))
    for norm, batch_norm in enumerate(BOTH):
        recipe = recipe_of(settings, PLAIN, HE, UNSEEN_LAYERS, batch_norm)
        for place, (n, batch) in enumerate(cases):
            training = Training(recipe, _few(rows, n), batch, [UNSEEN_RATE] * len(seeds), seeds)
            with np.errstate(all="ignore"):
                while training.taken < UNSEEN_TIMES * settings.epochs * training.steps_an_epoch:
                    training.step()
                accuracy[norm, place] = training.correct().mean(axis=1)
    return UnseenStudy(np.array([n for n, _ in cases]), np.array([m for _, m in cases]), accuracy)


def _few(rows: TrainingRows, count: int) -> TrainingRows:
    taken = evenly(len(rows.inputs), count)
    return replace(rows, inputs=rows.inputs[taken], labels=rows.labels[taken])


def along_gradient(settings: NetworkSettings, name: str) -> AlongGradient:
    """The loss of the mini-batch along its gradient, at every step."""
    rows, seeds = training_rows(settings.data), shown_seeds(settings.seed, settings.seeds)
    steps = np.arange(min(ALONG_STEPS, settings.limit))
    rate = ALONG[name]
    found = np.full((2, len(steps), len(SHARES), len(seeds)), np.inf)
    for norm, batch_norm in enumerate(BOTH):
        recipe = recipe_of(settings, name, HE, settings.depth, batch_norm)
        training = Training(recipe, rows, settings.batch_size, [rate] * len(seeds), seeds)
        with np.errstate(all="ignore"):
            for step in steps:
                x, labels = training.batch()
                _, gradients = training.network.gradients(training.network.forward(x), labels)
                for place, share in enumerate(SHARES):
                    moved = training.network.moved(gradients, share)
                    found[norm, step, place] = cross_entropy(moved.forward(x).logits, labels)
                training.step()
    found = np.where(np.isfinite(found), found, np.inf)
    return AlongGradient(name, rate, steps, np.array(SHARES), found)


ALONG_PARTS: dict[str, Callable[[NetworkSettings], AlongGradient]] = {
    name: partial(along_gradient, name=name) for name in ALONG
}
