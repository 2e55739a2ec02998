"""A block as text: sentences one behind the other, tokens from left to right, their features upwards."""

from __future__ import annotations

import numpy as np
from manim import Mobject

from scenes.kit.drawing.canvas import Array, Mask
from scenes.kit.lettering import typography
from scenes.kit.lettering.places import Box
from scenes.kit.script.words import Words
from scenes.kit.surface.viewpoint import Viewpoint
from scenes.pieces.blocks.block import Block, places
from scenes.pieces.blocks.edge_name import beside

LENGTHS = (4, 3, 5)  # tokens of each sentence, from the farthest to the one in front
TOKENS, FEATURES = max(LENGTHS), 4
COUNTS = (len(LENGTHS), TOKENS, FEATURES)
WORD = 48.0  # size of the tokens
BEHIND = 1.8  # from one sentence to the next, in cubes
AT_HAND = 2  # the token of the sentence in front that is looked at
LEVEL = FEATURES - 1  # the feature that a mean over the batch would be of
EMPTY = 0.55  # size of padding, until a mean counts it
AZIMUTH, ZENITH, PERSPECTIVE = 20.0, 55.0, 0.035
WIDE = 9.8  # of the picture, in cubes
MEAN, SPREAD = 2.0, 0.8  # of the features of the token at hand, which is no norm's doing yet
HALF = ((len(LENGTHS) - 1) / 2 * BEHIND + 0.5, TOKENS / 2, FEATURES / 2)


class Sentences:
    """Where the cubes of a block go when it holds text, and which of them are what.

    Args:
        words: the scene's.
        block: its cubes; those that are too many vanish.
        box: the place.
    """

    def __init__(self, words: Words, block: Block, box: Box) -> None:
        self.words, self.block, self.box = words, block, box
        x, y = box.center
        scale = min(box.width / WIDE, box.height / (0.8 * WIDE))
        self.view = Viewpoint(AZIMUTH, ZENITH, PERSPECTIVE, (x, y + 0.45 * scale), scale)
        self.count = int(np.prod(COUNTS))

    def _whole(self, members: Array) -> Array:
        """Of the cubes that are there, as numbers of all of them."""
        return np.concatenate([members.reshape(-1), np.zeros(len(self.block.points) - self.count)])

    def filled(self) -> Block:
        """The block as text."""
        found = self.block.copy().light(0.0)
        rest = np.zeros((len(found.points) - self.count, 3))
        found.points = np.concatenate([places(COUNTS) * [BEHIND, 1, 1], rest])
        found.grow(self._whole(np.where(self._is_padding(), EMPTY, 1.0)))
        tint = found.tint.copy()
        tint[self._is_at_hand()] = np.tanh((self.token_numbers() - MEAN) / (2 * SPREAD))
        return found.fill(np.where(self.padding() > 0, -1.0, tint))

    # -- which cubes ----------------------------------------------------------------------------------------
    @staticmethod
    def _is_padding() -> Array:
        beyond = np.arange(TOKENS)[None] >= np.array(LENGTHS)[:, None]
        return np.asarray(np.repeat(beyond[..., None], FEATURES, axis=-1), dtype=float)

    def padding(self) -> Array:
        """Of one feature, what is empty."""
        chosen = self._is_padding()
        chosen[..., np.arange(FEATURES) != LEVEL] = 0.0
        return self._whole(chosen)

    def one_feature(self) -> Array:
        """One feature of all tokens of all sentences."""
        chosen = np.zeros(COUNTS)
        chosen[..., LEVEL] = 1.0
        return self._whole(chosen)

    def later(self) -> Array:
        """The same, of the tokens behind the one at hand, in its sentence."""
        chosen = np.zeros(COUNTS)
        chosen[-1, AT_HAND + 1 :, LEVEL] = 1.0
        return self._whole(chosen)

    def one_token(self) -> Array:
        """All features of the token at hand."""
        chosen = np.zeros(COUNTS)
        chosen[-1, AT_HAND] = 1.0
        return self._whole(chosen)

    def _is_at_hand(self) -> Mask:
        return self.one_token() > 0

    def token_numbers(self) -> Array:
        """The features of the token at hand, (FEATURES,), off 0, apart, in the order of its cubes."""
        order = np.argsort(np.argsort(self.block.tint[: self.count].reshape(COUNTS)[0, 0]))
        return np.asarray(MEAN + SPREAD * (order - order.mean()) / order.std())

    # -- names ----------------------------------------------------------------------------------------------
    def names(self) -> list[Mobject]:
        """The tokens of the sentence in front, and what runs upwards."""
        depth, tokens, _ = HALF
        found = [self._token_name(index, 0.0) for index in range(TOKENS)]
        side = beside(
            typography.name(self.words.label("features"), None),
            self.block,
            (depth, -tokens, 0.0),
            (-1.0, 0.0),
        )
        return [*found, side]

    @staticmethod
    def later_names(names: list[Mobject]) -> list[Mobject]:
        """Those of ``names`` that are tokens behind the one at hand."""
        return names[AT_HAND + 1 : TOKENS]

    def name_of_the_token(self, pulled: float) -> Mobject:
        """The token at hand, below its features, which are pulled out so far."""
        return self._token_name(AT_HAND, pulled)

    def _token_name(self, index: int, pulled: float) -> Mobject:
        depth, tokens, features = HALF
        text = typography.figure(self.words.label(f"token_{index + 1}"), None, WORD)
        place = (depth + pulled, index - (tokens - 0.5), -features)
        return beside(text, self.block, place, (0.0, -1.0), 0.12)

    def alone(self) -> Viewpoint:
        """The token at hand, all by itself, at the right of the box."""
        scale = 0.95 * self.box.height / (FEATURES + 2.5)
        view = Viewpoint(AZIMUTH + 15, ZENITH + 8, PERSPECTIVE, (0.0, 0.0), scale)
        middle = view.project(self._middle())
        place = self.box.at(0.78 if self.box.height > 5 else 0.85, 0.52)
        return view.look(center=(float(place[0] - middle[0]), float(place[1] - middle[1])))

    def _middle(self) -> Array:
        """Where the token at hand is, in space."""
        return np.array([HALF[0], AT_HAND - (TOKENS - 1) / 2, 0.0])

    def padding_name(self) -> Mobject:
        """What the empty places are called."""
        depth, tokens, features = HALF
        text = typography.name(self.words.label("padding"))
        return beside(text, self.block, (-depth + 0.5, tokens, features), (0.0, 1.0))
