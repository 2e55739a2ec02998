"""Beats that are left out: how much of a scene's time is jumped over, and when what is seen is on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from scenes.kit.script.beat import Beat


class Jumps:
    """The parts of a scene's time in which nothing is shown; what is shown lies end to end."""

    def __init__(self) -> None:
        self._seconds = 0.0
        self._since: float | None = None

    def begin(self, now: float) -> None:
        """From ``now`` on, in seconds, nothing is shown; it may be so already."""
        if self._since is None:
            self._since = now

    def end(self, now: float) -> bool:
        """From ``now`` on all is shown; returns whether that is new."""
        if self._since is None:
            return False
        self._seconds += now - self._since
        self._since = None
        return True

    def seen(self, beat: Beat) -> Beat:
        """``beat`` with the times at which it is seen."""
        return replace(
            beat,
            start=beat.start - self._seconds,
            end=beat.end - self._seconds,
            cues=tuple(
                replace(cue, start=cue.start - self._seconds, end=cue.end - self._seconds)
                for cue in beat.cues
            ),
            clips=tuple(replace(clip, start=clip.start - self._seconds) for clip in beat.clips),
        )


def ends_with(beat: str, only: Sequence[str], told: Sequence[str], has_curtain: bool) -> bool:
    """Whether a scene is over with a beat that it shows.

    Args:
        beat: the beat.
        only: the beats that are shown; () are all.
        told: the scene's beats, in order.
        has_curtain: whether what comes after a scene's last beat is shown.
    """
    shown = [name for name in told if name in only]
    return bool(only) and beat == shown[-1] and not (has_curtain and beat == told[-1])
