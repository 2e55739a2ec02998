"""The loss of networks that are shaken after batch normalization, beside that of networks which are not."""

import numpy as np

from bn_math.networks.layered.network import Network
from bn_math.networks.layered.recipe import HE
from bn_math.networks.layered.shaken import ShakenNetwork
from bn_math.networks.trained.arrival import recipe_of
from bn_math.networks.trained.results import Shaking
from bn_math.networks.trained.rows import training_rows
from bn_math.networks.trained.settings import NetworkSettings
from bn_math.networks.trained.studies.robustness import ALONG_STEPS, ORDINARY, PLAIN
from bn_math.networks.trained.training import Training, shown_seeds

# Steps from one look at the loss to the next.
EVERY = 2
# Without batch normalization; with it; with it, and shaken.
KINDS: tuple[tuple[bool, type[Network]], ...] = ((False, Network), (True, Network), (True, ShakenNetwork))


def shaking(settings: NetworkSettings) -> Shaking:
    """The loss on the fixed rows of each kind, at every second step."""
    rows, seeds = training_rows(settings.data), shown_seeds(settings.seed, settings.seeds)
    fixed = rows.fixed(settings.fixed_rows)
    inputs, labels = rows.inputs[fixed], rows.labels[fixed]
    steps = np.arange(0, min(ALONG_STEPS, settings.limit) + 1, EVERY)
    loss = np.full((len(KINDS), len(steps), len(seeds)), np.inf)
    for place, (batch_norm, kind) in enumerate(KINDS):
        recipe = recipe_of(settings, PLAIN, HE, settings.depth, batch_norm)
        rates = [ORDINARY] * len(seeds)
        training = Training(recipe, rows, settings.batch_size, rates, seeds, kind)
        with np.errstate(all="ignore"):
            for look, step in enumerate(steps):
                while training.taken < step:
                    training.step()
                loss[place, look] = training.network.loss(inputs, labels)
    return Shaking(ORDINARY, settings.mark, steps, np.where(np.isfinite(loss), loss, np.inf))
