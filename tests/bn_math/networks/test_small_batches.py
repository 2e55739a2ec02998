"""A normalized sample and its batchmates: batch norm mixes them, the others do not."""

import numpy as np
import pytest

from bn_math import BatchNorm, SmallBatches, digits


@pytest.fixture(scope="module")
def small() -> SmallBatches:
    return SmallBatches()


def test_batch_norm_varies_the_less_the_larger_the_batch(small: SmallBatches) -> None:
    found = small.batch_norm
    assert found.shape == (4,) and (np.diff(found) < 0).all()
    # About as one over the root of the batch size, and far from nothing in twos.
    assert found[0] > 0.3 > 0.15 > found[-1] > 0
    # Pixels are averaged over, too: the more there are, the less.
    assert (SmallBatches(filter_size=3).batch_norm < found).all()
    assert found[1] / found[3] == pytest.approx(np.sqrt(8), rel=0.3)


@pytest.mark.parametrize("name", ["group_norm", "layer_norm", "instance_norm"])
def test_the_others_look_at_no_batchmate(small: SmallBatches, name: str) -> None:
    # 0 but for the last bit of a variance of equal numbers.
    assert (getattr(small, name) < 1e-12).all()


def test_activations_are_a_convolution_of_the_digits(small: SmallBatches) -> None:
    x = SmallBatches(filter_size=3).activations
    assert small.activations.shape[1:] == (8, 2, 2)
    images = digits().test_images.reshape(-1, 8, 8)
    assert x.shape == (len(images), 8, 6, 6)
    filters = np.random.default_rng((42, 0)).standard_normal((8, 3, 3)) / 3
    assert x[5, 2, 1, 3] == pytest.approx((filters[2] * images[5, 1:4, 3:6]).sum(), rel=1e-12)


def test_one_row_in_two_batches_by_hand() -> None:
    small = SmallBatches(sizes=(2,), rows=1, draws=2)
    rng = np.random.default_rng((42, 1, 2))
    others = rng.permuted(np.tile(np.arange(1, len(small.activations)), (2, 1)), axis=1)[:, 0]
    outputs = [BatchNorm(8).forward(small.activations[[0, other]])[0] for other in others]
    assert small.batch_norm[0] == pytest.approx(np.sqrt(np.var(outputs, axis=0).mean()), rel=1e-9)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"sizes": ()}, "sizes must be 1 to 20 ascending"),
        ({"sizes": (4, 2)}, "sizes must be 1 to 20 ascending"),
        ({"sizes": (1, 2)}, "sizes must be a whole number of at least 2"),
        ({"groups": 3}, "num_groups must divide"),
        ({"draws": 1}, "draws must be"),
    ],
)
def test_what_is_wrong_is_refused(changed: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        SmallBatches(**changed)
