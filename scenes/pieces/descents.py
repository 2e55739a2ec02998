"""How a long descent is shown in bounded time."""

FIRST = 8  # jumps that are made one by one; then the descent is sped up
