"""The norms of the family, and which numbers of a block share a mean in each."""

from __future__ import annotations

from scenes.kit.drawing.canvas import Array
from scenes.pieces.blocks.block import Block
from scenes.pieces.blocks.company import CHANNELS

NORMS = ("batch_norm", "layer_norm", "instance_norm", "group_norm")


def members_of(block: Block, norm: str) -> Array:
    """1 for the cubes that share a mean with the last sample's first pixel in the last channel, (n,)."""
    return {
        "batch_norm": block.members(-1),
        "layer_norm": block.members(slice(None), -1),
        "instance_norm": block.members(-1, -1),
        "group_norm": block.members(slice(CHANNELS // 2, None), -1),
    }[norm]
