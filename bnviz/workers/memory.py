"""How a process that renders keeps its memory."""

from __future__ import annotations

import ctypes
import sys

_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3  # as malloc.h of the GNU C library numbers them
_MUCH, _LARGE = 1 << 30, 32 << 20  # bytes; the library takes no more for the second


def keep_what_is_freed() -> None:
    """Let memory that is freed serve again, instead of giving it back to the system and asking for it anew.

    Every animation has an encoder of its own, which takes more than a hundred megabytes; having the system
    clear them each time costs up to a tenth of a scene. Only the GNU C library is told.
    """
    if sys.platform == "linux":
        mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
        if mallopt is not None:
            mallopt(_TRIM_THRESHOLD, _MUCH)
            mallopt(_MMAP_THRESHOLD, _LARGE)
