"""The sketch of dropout: what is switched off takes its links with it, and comes back."""

from __future__ import annotations

import numpy as np

from scenes.kit.dropout import DropoutSketch


def switched(sketch: DropoutSketch, off: np.ndarray) -> None:
    for move in sketch.switch(off):
        move = move.build()
        move.begin()
        move.interpolate(1)
        move.finish()


def test_every_neuron_is_linked_to_the_layers_beside_its_own() -> None:
    sketch = DropoutSketch((2, 3, 1), 2.0, 1.5)
    assert (len(sketch.neurons), len(sketch.links)) == (6, 2 * 3 + 3 * 1)
    assert sketch.ends[:3] == [(0, 2), (0, 3), (0, 4)]
    assert sketch.neurons[0].get_x() < sketch.neurons[2].get_x() < sketch.neurons[5].get_x()


def test_a_neuron_that_is_off_has_no_links_until_it_is_on_again() -> None:
    sketch = DropoutSketch((2, 3, 1), 2.0, 1.5)
    off = np.array([False, False, True, False, False, False])
    switched(sketch, off)
    assert [neuron.get_fill_opacity() for neuron in sketch.neurons] == [1.0, 1.0, 0.0, 1.0, 1.0, 1.0]
    for link, ends in zip(sketch.links, sketch.ends, strict=True):
        assert link.get_stroke_opacity() == (0.0 if 2 in ends else 1.0)
    switched(sketch, np.zeros(6, dtype=bool))
    assert all(link.get_stroke_opacity() == 1.0 for link in sketch.links)
    assert all(neuron.get_fill_opacity() == 1.0 for neuron in sketch.neurons)
