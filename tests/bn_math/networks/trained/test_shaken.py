"""Networks that are shaken after batch normalization: gradients, their noise, and the study of them."""

import numpy as np

from bn_math import NetworkStudy
from bn_math.networks.layered.layers import cross_entropy
from bn_math.networks.layered.network import Network
from bn_math.networks.layered.recipe import Recipe
from bn_math.networks.layered.shaken import MOVED, STRETCHED, ShakenNetwork
from tests.bn_math.networks.trained.small import SMALL, batch, pairs, slopes

SEEDS = [(7, 0), (7, 1)]
RECIPE = Recipe("tanh", "he", 3, True, width=5)


class AlwaysAlike(ShakenNetwork):
    """Shaken in the same way at every pass."""

    def forward(self, *args, **options):
        """A pass with the first pass's random numbers."""
        self._rngs = [np.random.default_rng(seed) for seed in SEEDS]
        return super().forward(*args, **options)


def test_every_gradient_is_the_slope_of_the_loss() -> None:
    made, (x, labels) = AlwaysAlike(RECIPE, 4, 3, SEEDS), batch()
    _, gradients = made.gradients(made.forward(x), labels)
    for name, value, slope in pairs(made.parameters, gradients):
        found = slopes(value, lambda: cross_entropy(made.forward(x).logits, labels))
        np.testing.assert_allclose(slope, found, atol=2e-8, err_msg=name)


def test_each_neuron_is_moved_and_stretched_anew_at_every_pass_and_no_row_alone() -> None:
    plain, made = Network(RECIPE, 4, 3, SEEDS), ShakenNetwork(RECIPE, 4, 3, SEEDS)
    x, _ = batch()
    before = plain.forward(x, keep_sums=True).sums[0]
    seen = [made.forward(x, keep_sums=True).sums[0] for _ in range(2)]
    assert not np.allclose(*seen)
    for after in seen:
        stretch = after.std(axis=1) / before.std(axis=1)
        assert (stretch >= 1).all() and (stretch <= STRETCHED).all() and np.ptp(stretch) > 0
        moved = after.mean(axis=1)
        assert (np.abs(moved) <= MOVED + 1e-12).all() and np.ptp(moved) > 0
        shaken = (after - moved[:, None]) / stretch[:, None]
        np.testing.assert_allclose(shaken, before - before.mean(axis=1, keepdims=True), atol=1e-12)


def test_the_study_looks_at_three_kinds_of_one_start() -> None:
    found = NetworkStudy(SMALL).shaking
    assert found.loss.shape == (3, len(found.steps), SMALL.seeds)
    assert found.steps[-1] == SMALL.limit
    # Before the first step nothing has been learned.
    assert (found.loss[:, 0] > 1.5).all()
    assert np.isfinite(found.loss).all()
