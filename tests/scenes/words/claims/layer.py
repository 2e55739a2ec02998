"""What is claimed in the scenes about mini-batches, about the layer, and in the last one."""

from __future__ import annotations

from tests.scenes.words.claims import Claim

CLAIMS: dict[str, Claim] = {}
