"""What may go wrong for a user, said in a sentence instead of a traceback."""

from __future__ import annotations


class UserError(Exception):
    """Something the user can mend: the message says what is wrong and what would be right."""

    def _render_traceback_(self) -> list[str]:
        """What a notebook shows of it: the sentence, no traceback."""
        return [str(self)]


class SceneFailed(UserError):
    """A scene could not be rendered; ``details`` is the whole traceback."""

    def __init__(self, scene: str, reason: str, details: str = "") -> None:
        """Name the scene and why it failed."""
        super().__init__(scene, reason, details)  # what it is made of again in another process
        self.scene = scene
        self.reason = reason
        self.details = details

    def __str__(self) -> str:
        """In a sentence."""
        return f"scene {self.scene} failed: {self.reason}"


class JoinError(UserError):
    """The scenes do not fit together, or what was written is not what it should be."""
