"""The layers that normalize each sample by itself: ONNX's operators, finite differences, PyTorch."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from onnx import TensorProto, helper
from onnx.reference import ReferenceEvaluator

from bn_math import BatchNorm, GroupNorm, InstanceNorm, LayerNorm, RMSNorm
from tests.bn_math.normalization.layers import quick, seeds
from tests.bn_math.normalization.test_backward import numeric_gradient


class Case(NamedTuple):
    """A layer, an input's shape, ONNX's operator for it and its attributes, and PyTorch's module."""

    make: Callable[..., Any]
    shape: tuple[int, ...]
    operator: str
    attributes: dict[str, Any]
    torch: Callable[..., Any]


CASES = {
    "layer, rows": Case(
        lambda **k: LayerNorm(5, **k),
        (4, 5),
        "LayerNormalization",
        {"axis": -1},
        lambda nn, **k: nn.LayerNorm(5, **k),
    ),
    "layer, a length": Case(
        lambda **k: LayerNorm((3, 4), **k),
        (2, 3, 4),
        "LayerNormalization",
        {"axis": 1},
        lambda nn, **k: nn.LayerNorm((3, 4), **k),
    ),
    "layer, images": Case(
        lambda **k: LayerNorm((3, 2, 4), **k),
        (2, 3, 2, 4),
        "LayerNormalization",
        {"axis": 1},
        lambda nn, **k: nn.LayerNorm((3, 2, 4), **k),
    ),
    "layer, a last dimension of 1": Case(
        lambda **k: LayerNorm((3, 1), **k),
        (2, 3, 1),
        "LayerNormalization",
        {"axis": 1},
        lambda nn, **k: nn.LayerNorm((3, 1), **k),
    ),
    "root mean square, rows": Case(
        lambda **k: RMSNorm(5, **k),
        (4, 5),
        "RMSNormalization",
        {"axis": -1},
        lambda nn, **k: nn.RMSNorm(5, **k),
    ),
    "root mean square, images": Case(
        lambda **k: RMSNorm((2, 4), **k),
        (2, 3, 2, 4),
        "RMSNormalization",
        {"axis": 2},
        lambda nn, **k: nn.RMSNorm((2, 4), **k),
    ),
    "groups, rows": Case(
        lambda **k: GroupNorm(2, 6, **k),
        (3, 6),
        "GroupNormalization",
        {"num_groups": 2, "stash_type": TensorProto.DOUBLE},
        lambda nn, **k: nn.GroupNorm(2, 6, **k),
    ),
    "groups, a length": Case(
        lambda **k: GroupNorm(3, 6, **k),
        (2, 6, 4),
        "GroupNormalization",
        {"num_groups": 3, "stash_type": TensorProto.DOUBLE},
        lambda nn, **k: nn.GroupNorm(3, 6, **k),
    ),
    "groups, images": Case(
        lambda **k: GroupNorm(2, 4, **k),
        (2, 4, 3, 2),
        "GroupNormalization",
        {"num_groups": 2, "stash_type": TensorProto.DOUBLE},
        lambda nn, **k: nn.GroupNorm(2, 4, **k),
    ),
    "instances, a length": Case(
        lambda **k: InstanceNorm(3, **k),
        (2, 3, 5),
        "InstanceNormalization",
        {},
        lambda nn, **k: nn.InstanceNorm1d(3, affine=True, **k),
    ),
    "instances, images": Case(
        lambda **k: InstanceNorm(2, **k),
        (3, 2, 2, 4),
        "InstanceNormalization",
        {},
        lambda nn, **k: nn.InstanceNorm2d(2, affine=True, **k),
    ),
}
cases = pytest.mark.parametrize("case", CASES.values(), ids=CASES)


def with_parameters(case: Case, rng: np.random.Generator, **settings) -> Any:
    layer = case.make(**settings)
    layer.gamma = rng.normal(size=layer.gamma.shape)
    if layer.beta is not None:
        layer.beta = rng.normal(size=layer.beta.shape)
    return layer


def onnx_output(case: Case, x: np.ndarray, layer: Any) -> np.ndarray:
    """ONNX's operator, whose eps is stored in single precision; agreement ends at seven digits."""
    given = {"x": x, "gamma": layer.gamma} | ({} if layer.beta is None else {"beta": layer.beta})
    node = helper.make_node(case.operator, list(given), ["out"], epsilon=layer.eps, **case.attributes)
    graph = helper.make_graph(
        [node],
        "norm",
        [helper.make_tensor_value_info(name, TensorProto.DOUBLE, None) for name in given],
        [helper.make_tensor_value_info("out", TensorProto.DOUBLE, None)],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 23)])
    return ReferenceEvaluator(model).run(None, given)[0]


@cases
@quick
@given(seed=seeds, eps=st.sampled_from([1e-5, 1e-3, 0.5]))
def test_the_output_is_that_of_the_onnx_operator(case: Case, seed: int, eps: float) -> None:
    rng = np.random.default_rng(seed)
    layer, x = with_parameters(case, rng, eps=eps), rng.normal(1, 3, case.shape)
    np.testing.assert_allclose(layer.forward(x), onnx_output(case, x, layer), rtol=1e-6, atol=2e-6)


@cases
@quick
@given(seed=seeds, affine=st.booleans(), eps=st.sampled_from([1e-3, 0.1]))
def test_backward_agrees_with_finite_differences(case: Case, seed: int, affine: bool, eps: float) -> None:
    rng = np.random.default_rng(seed)
    x, g = rng.normal(size=case.shape), rng.normal(size=case.shape)
    layer = with_parameters(case, rng, eps=eps) if affine else case.make(eps=eps, affine=False)
    gamma, beta = layer.gamma, layer.beta

    def loss(x: np.ndarray, gamma=gamma, beta=beta) -> float:
        other = case.make(eps=eps, affine=affine)
        other.gamma, other.beta = gamma, beta
        return float((g * other.forward(x)).sum())

    layer.forward(x)
    close = {"rtol": 1e-4, "atol": 1e-5}
    np.testing.assert_allclose(layer.backward(g), numeric_gradient(loss, x), **close)
    if not affine:
        assert layer.grad_gamma is None and layer.grad_beta is None
        return
    np.testing.assert_allclose(layer.grad_gamma, numeric_gradient(lambda v: loss(x, gamma=v), gamma), **close)
    if beta is not None:
        np.testing.assert_allclose(
            layer.grad_beta, numeric_gradient(lambda v: loss(x, beta=v), beta), **close
        )


@cases
def test_the_layer_is_pytorchs(case: Case) -> None:
    torch = pytest.importorskip("torch")
    rng = np.random.default_rng(5)
    ours = with_parameters(case, rng, eps=1e-5)
    theirs = case.torch(torch.nn, eps=1e-5, dtype=torch.float64)
    x, g = rng.normal(size=case.shape), rng.normal(size=case.shape)
    with torch.no_grad():
        theirs.weight.copy_(torch.tensor(ours.gamma))
        if ours.beta is not None:
            theirs.bias.copy_(torch.tensor(ours.beta))
    tensor = torch.tensor(x, requires_grad=True)
    out = theirs(tensor)
    out.backward(torch.tensor(g))
    close = {"rtol": 1e-8, "atol": 1e-10}
    np.testing.assert_allclose(ours.forward(x), out.detach().numpy(), **close)
    np.testing.assert_allclose(ours.backward(g), tensor.grad.numpy(), **close)
    np.testing.assert_allclose(ours.grad_gamma, theirs.weight.grad.numpy(), **close)
    if ours.beta is not None:
        np.testing.assert_allclose(ours.grad_beta, theirs.bias.grad.numpy(), **close)


@cases
def test_a_sample_is_the_same_whatever_its_batchmates_are(case: Case) -> None:
    rng = np.random.default_rng(1)
    layer, x = with_parameters(case, rng, eps=1e-5), rng.normal(size=(9, *case.shape[1:]))
    together = layer.forward(x)
    for row in range(9):
        np.testing.assert_array_equal(layer.forward(x[row : row + 1], training=False)[0], together[row])


def test_one_group_is_a_layer_norm_and_a_group_a_channel_an_instance_norm() -> None:
    x = np.random.default_rng(2).normal(2, 5, (3, 4, 5, 6))
    close = {"rtol": 1e-12, "atol": 1e-13}
    np.testing.assert_allclose(GroupNorm(1, 4).forward(x), LayerNorm((4, 5, 6)).forward(x), **close)
    np.testing.assert_allclose(GroupNorm(4, 4).forward(x), InstanceNorm(4).forward(x), **close)
    one = x[:1]
    np.testing.assert_allclose(BatchNorm(4).forward(one), InstanceNorm(4).forward(one), **close)


def test_centered_values_are_alike_to_rms_and_layer_norm() -> None:
    x = np.random.default_rng(3).normal(size=(4, 7))
    x -= x.mean(axis=1, keepdims=True)
    np.testing.assert_allclose(RMSNorm(7, eps=1e-5).forward(x), LayerNorm(7).forward(x), rtol=1e-12)


def test_rms_by_hand() -> None:
    layer = RMSNorm(2, eps=0.0)
    np.testing.assert_allclose(
        layer.forward([[3.0, 4.0]]), np.array([[3.0, 4.0]]) / np.sqrt(12.5), rtol=1e-15
    )
    assert layer.beta is None and layer.grad_beta is None


def test_the_defaults_are_stated() -> None:
    layers = (LayerNorm(3), GroupNorm(1, 3), InstanceNorm(3))
    assert [layer.eps for layer in layers] == [1e-5] * 3
    # What torch.nn.RMSNorm takes for float64 where eps is None.
    assert RMSNorm(3).eps == np.finfo(np.float64).eps
    for layer in (*layers, RMSNorm(3)):
        np.testing.assert_array_equal(layer.gamma, np.ones(3))
        assert layer.grad_gamma is None
    for layer in layers:
        np.testing.assert_array_equal(layer.beta, np.zeros(3))


@pytest.mark.parametrize(("scale", "offset"), [(1e-170, 0.0), (1e160, 0.0), (2.0**-10, 2.0**30)])
def test_tiny_and_huge_numbers_lose_nothing(scale: float, offset: float) -> None:
    x = np.array([[1.0, 2.0, 4.0, -3.0]])
    expected = (x - x.mean()) / x.std()
    found = LayerNorm(4, eps=0.0).forward(offset + scale * x)
    np.testing.assert_allclose(found, expected, rtol=1e-14, atol=1e-14)
    if not offset:
        size = np.sqrt((x**2).mean())
        np.testing.assert_allclose(RMSNorm(4, eps=0.0).forward(scale * x), x / size, rtol=1e-14)


def test_a_constant_becomes_beta() -> None:
    layer = LayerNorm(3)
    layer.beta = np.array([1.0, 2.0, 3.0])
    np.testing.assert_array_equal(layer.forward(np.full((2, 3), 0.1)), [[1, 2, 3]] * 2)
    np.testing.assert_array_equal(RMSNorm(3).forward(np.zeros((2, 3))), np.zeros((2, 3)))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: LayerNorm(0), "normalized_shape must be a whole number of at least 1"),
        (lambda: LayerNorm(()), "normalized_shape must hold"),
        (lambda: LayerNorm((10**4, 10**4)), "normalized_shape must hold at most 10,000,000"),
        (lambda: LayerNorm(3, eps=-1), "eps must be"),
        (
            lambda: LayerNorm((2, 3)).forward(np.ones((4, 3, 2))),
            r"x must have shape \(\.\.\., 2, 3\).*4, 3, 2",
        ),
        (lambda: LayerNorm(3).forward(np.ones((0, 3))), "not empty"),
        (lambda: LayerNorm(2, eps=0.0).forward([[1.0, 1.0]]), "group 0 of x has variance 0"),
        (lambda: RMSNorm(2, eps=0.0).forward([[0.0, 0.0]]), "group 0 of x has mean square 0"),
        (lambda: GroupNorm(2, 3), "num_groups must divide num_channels, but 2 does not divide 3"),
        (lambda: GroupNorm(2, 4).forward(np.ones((2, 3))), r"x must have shape \(N, 4\) or .*\(N, 4, H, W\)"),
        (lambda: GroupNorm(4, 4).forward(np.ones((1, 4))), "a group needs more than one value"),
        (lambda: InstanceNorm(0), "num_features must be"),
        (
            lambda: InstanceNorm(2).forward(np.ones((3, 2))),
            r"x must have shape \(N, 2, L\) or \(N, 2, H, W\)",
        ),
        (lambda: InstanceNorm(2).forward(np.ones((3, 2, 1, 1))), "an instance needs more than one value"),
        (lambda: InstanceNorm(2).forward(np.full((3, 2, 4), np.nan)), "x must be finite"),
    ],
)
def test_bad_input_is_refused_with_a_reason(call: Callable[[], Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()


@cases
def test_backward_belongs_to_the_last_forward(case: Case) -> None:
    layer = case.make()
    with pytest.raises(RuntimeError, match=r"call forward\(x\) first"):
        layer.backward(np.ones(case.shape))
    layer.forward(np.random.default_rng(0).normal(size=case.shape))
    with pytest.raises(ValueError, match="shape of the last forward pass"):
        layer.backward(np.ones((1, *case.shape)))
    layer.gamma = np.ones(77)
    with pytest.raises(ValueError, match=r"gamma must have shape"):
        layer.backward(np.ones(case.shape))
