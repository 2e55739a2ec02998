"""standardize and rescale, against SciPy and the printed algorithm."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from bn_math import article_dataset, rescale, standardize
from tests.bn_math.normalization.layers import quick, seeds


@pytest.mark.parametrize("ddof", [0, 1])
def test_standardize_agrees_with_scipy(ddof: int) -> None:
    x = article_dataset().features
    np.testing.assert_allclose(standardize(x, ddof), stats.zscore(x, ddof=ddof), rtol=1e-12, atol=1e-14)
    np.testing.assert_allclose(standardize(x[:, 0]), stats.zscore(x[:, 0]), rtol=1e-12, atol=1e-14)


def test_eps_sits_inside_the_root() -> None:
    np.testing.assert_allclose(standardize([1.0, 3.0], eps=3.0), [-0.5, 0.5], rtol=1e-15)


@quick
@given(seed=seeds, eps=st.sampled_from([0.0, 1e-5, 1.0]), scale=st.floats(1e-3, 1e3))
def test_gamma_sqrt_var_plus_eps_and_beta_mu_undo_the_normalization(
    seed: int, eps: float, scale: float
) -> None:
    x = np.random.default_rng(seed).normal(size=(20, 3)) * scale + [0, 10, -5]
    x_hat = standardize(x, eps=eps)
    back = rescale(x_hat, np.sqrt(x.var(axis=0) + eps), x.mean(axis=0))
    np.testing.assert_allclose(back, x, rtol=1e-9, atol=1e-9 * scale)


def test_rescale_stretches_by_gamma_and_shifts_by_beta() -> None:
    np.testing.assert_array_equal(
        rescale([[1.0, 2.0], [3.0, 4.0]], [10, 100], [1, -1]), [[11, 199], [31, 399]]
    )
    np.testing.assert_array_equal(rescale([1.0, 2.0], 3.0, 1.0), [4, 7])


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: standardize([[1.0, 2.0]]), "at least two rows"),
        (lambda: standardize(np.zeros((2, 2, 2))), r"shape \(n,\) or \(n, d\)"),
        (lambda: standardize([1.0, np.nan]), r"x must be finite, but it holds nan at index \[1\]"),
        (lambda: standardize([[1.0, 5.0], [2.0, 5.0]]), "constant in column 1.*eps > 0"),
        (lambda: standardize([0.1, 0.1, 0.1]), "constant in column 0"),
        (lambda: standardize([1.0, 2.0], ddof=2), "ddof must be a whole number"),
        (
            lambda: standardize([1.0, 2.0], eps=-1.0),
            r"eps must be a finite number and at least 0, but is -1\.0",
        ),
        (lambda: rescale([1.0, 2.0, 3.0], [1.0, 2.0], 0.0), r"gamma must be one number or of shape \(3,\)"),
        (lambda: rescale([1.0, 2.0], 1.0, np.inf), "beta must be finite"),
    ],
)
def test_bad_input_is_refused_with_a_reason(call, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()


def test_a_constant_column_becomes_zero_when_eps_is_given() -> None:
    np.testing.assert_array_equal(standardize([5.0, 5.0, 5.0], eps=1e-5), 0)
