"""What travels from process to process: the fields of a data class, and nothing that follows from them."""

from dataclasses import fields
from typing import Any


class PickleByFields:
    """A data class that is pickled as its fields: checked again, and what follows is computed again.

    Cached properties would make megabytes of a lesson's kilobytes, and arrays would arrive writeable.
    """

    def __reduce__(self) -> tuple[Any, ...]:
        """Its class, and what to make it from."""
        kept: Any = self
        return type(self), tuple(getattr(self, field.name) for field in fields(kept))
