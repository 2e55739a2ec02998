"""Joining rendered scenes into one MP4: pictures copied as they are, narration, subtitles, chapters.

The pictures' packets are not encoded again. Their times are counted anew, one frame each: Manim puts a scene
together from clips whose lengths are rounded, so its own times are off by up to some thousandths of a second.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

import av
from av.subtitles.stream import SubtitleStream
from av.subtitles.subtitle import SubtitleSet
from av.video.stream import VideoStream

from bnviz.errors import JoinError
from bnviz.files import replacing_together
from bnviz.film.description import About, description
from bnviz.film.file_names import files_of
from bnviz.film.timeline import Timeline, timeline
from bnviz.media import aac, caption_files, mp4, packets
from bnviz.media.crossfade import crossfade
from bnviz.media.hardware import X264
from bnviz.media.loudness import Samples
from bnviz.media.packets import Due
from bnviz.media.soundtrack import RATE, narration
from bnviz.temporary import temporary_folder
from scenes.kit import languages

if TYPE_CHECKING:
    from av.container.core import Chapter as ChapterEntry

    from bnviz.run.render import RenderedScene
    from scenes.kit.script.captions import Cue

MILLISECOND = Fraction(1, 1000)
_SUBTITLE_STYLE = (
    b"[Script Info]\nScriptType: v4.00+\n\n[V4+ Styles]\n"
    b"Format: Name, Fontname, Fontsize, PrimaryColor, SecondaryColor, OutlineColor, BackColor, Bold, "
    b"Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, "
    b"MarginL, MarginR, MarginV, Encoding\n"
    b"Style: Default,Lato,16,&Hffffff,&Hffffff,&H0,&H0,0,0,0,0,100,100,0,0,1,1,0,2,10,10,10,0\n\n[Events]\n"
    b"Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"
)


def join(
    rendered: Sequence[RenderedScene],
    output: Path,
    title: str,
    comment: str = "",
    language: str = "en",
    encoder_options: Mapping[str, str] | None = None,
    about: About | None = None,
    encoder: str = X264,
) -> Timeline:
    """Write ``output`` and, beside it, its captions and its description: all of them or none.

    Args:
        rendered: the scenes in order, of one size and frame rate.
        output: the MP4 file.
        title: of the film, for its metadata.
        comment: for its metadata.
        language: two letters, of narration and captions.
        encoder_options: what the scenes were encoded with, for the cross-fades between them.
        about: what its description says besides title and chapters.
        encoder: what encoded the scenes.

    Raises:
        JoinError: the scenes differ in how they are encoded, or the result did not pass its check.
    """
    require_alike(rendered)
    plan = timeline(rendered)
    samples = narration(plan.clips, round(Fraction(plan.frames, plan.frame_rate) * RATE))
    with (
        replacing_together(files_of(output)) as (film, srt_file, vtt_file, text),
        temporary_folder() as folder,
    ):
        pieces = list(_pieces(plan, folder, encoder_options or {}, encoder))
        _write_film(film, pieces, plan, samples, {"title": title, "comment": comment}, language)
        if samples is not None:  # a silent film shows its captions unless they are turned off
            mp4.turn_off_subtitles(film)
        check(film, plan, narrated=samples is not None)
        caption_files.write(plan.cues, srt_file, vtt_file)
        text.write_text(description(plan, title, about or About()), encoding="utf-8", newline="\n")
    return plan


@dataclass(frozen=True)
class _Piece:
    """A stretch of the film's pictures: a scene, or a cross-fade."""

    name: str
    video: Path
    frames: int
    frame_rate: int


def _pieces(plan: Timeline, folder: Path, options: Mapping[str, str], encoder: str) -> Iterator[_Piece]:
    """The film's pictures in order; cross-fades are made in ``folder``."""
    for placed, after in zip_longest(plan.scenes, plan.scenes[1:]):
        scene = placed.scene
        yield (before := _piece(scene))
        if placed.fade:
            video = folder / f"{scene.name}.mp4"
            crossfade(scene.video, after.scene.video, video, placed.fade, plan.frame_rate, options, encoder)
            piece = _Piece(f"the cross-fade after {scene.name}", video, placed.fade, plan.frame_rate)
            _require_alike([before, piece])
            yield piece


def _piece(scene: RenderedScene) -> _Piece:
    return _Piece(scene.name, scene.video, scene.frames, scene.frame_rate)


def require_alike(rendered: Sequence[RenderedScene]) -> None:
    """Refuse scenes that one video stream cannot hold.

    Raises:
        JoinError: two scenes differ, or one is no video; the message says in what.
    """
    if not rendered:
        raise JoinError("there is no scene to join")
    _require_alike(map(_piece, rendered))


def _require_alike(pieces: Iterable[_Piece]) -> None:
    first: tuple[str, dict[str, object]] | None = None
    for piece in pieces:
        traits = _traits(piece)
        if first is None:
            first = (piece.name, traits)
        for trait, value in traits.items():
            if value != first[1][trait]:
                both = f"{value!r}, {first[1][trait]!r}"
                raise JoinError(
                    f"{piece.name} and {first[0]} cannot be joined: they differ in {trait} ({both})"
                )


def _traits(piece: _Piece) -> dict[str, object]:
    """What must be alike."""
    try:
        with av.open(piece.video) as container:
            context = container.streams.video[0].codec_context
            return {
                "codec": context.name,
                "size": (context.width, context.height),
                "pixel format": context.pix_fmt,
                "frame rate": piece.frame_rate,
                "encoder parameters": context.extradata,
            }
    except (av.error.FFmpegError, IndexError) as error:
        raise JoinError(
            f"{piece.name} is no video ({error}); if it was kept from before, render it again: --fresh"
        ) from error


def check(film: Path, plan: Timeline, narrated: bool) -> None:
    """Open what was written and compare it with the plan.

    Raises:
        JoinError: something is missing or of another length.
    """
    with av.open(film.absolute()) as container:
        video, audio = container.streams.video, container.streams.audio
        found = {
            "video streams": len(video),
            "audio streams": len(audio),
            "subtitle streams": len(container.streams.subtitles),
            "frames": video[0].frames,
            "frame rate": video[0].average_rate,
            "size": (video[0].width, video[0].height),
            "chapters": len(container.chapters()),
        }
        expected = {
            "video streams": 1,
            "audio streams": int(narrated),
            "subtitle streams": int(bool(plan.cues)),
            "frames": plan.frames,
            "frame rate": plan.frame_rate,
            "size": plan.size,
            "chapters": len(plan.chapters),
        }
        wrong = [
            f"{what} {found[what]}, not {expected[what]}"
            for what in expected
            if found[what] != expected[what]
        ]
        for stream in (*video, *audio):
            seconds = float((stream.duration or 0) * (stream.time_base or 0))
            if abs(seconds - plan.duration) > 1e-3:
                wrong.append(f"{stream.type} of {seconds:.4f} s, not {plan.duration:.4f} s")
    if wrong:
        raise JoinError(f"the film that was written is not right: {'; '.join(wrong)}")


def _write_film(
    film: Path,
    pieces: Sequence[_Piece],
    plan: Timeline,
    samples: Samples | None,
    metadata: dict[str, str],
    language: str,
) -> None:
    options = {"movflags": "faststart", "movie_timescale": str(RATE)}
    with av.open(film, "w", format="mp4", options=options) as container, av.open(pieces[0].video) as first:
        container.metadata.update(metadata)
        container.set_chapters(_chapter_entries(plan))
        video = container.add_stream_from_template(first.streams.video[0])
        video.time_base = Fraction(1, plan.frame_rate)
        sources = [_video_packets(pieces, video)]
        if samples is not None:
            audio = aac.add_stream(container)
            audio.metadata["language"] = languages.named(language).track
            sources.append(aac.of_sound(samples, audio))
        if plan.cues:
            subtitles = container.add_stream("mov_text")
            subtitles.codec_context.subtitle_header = _SUBTITLE_STYLE
            subtitles.codec_context.time_base = subtitles.time_base = MILLISECOND
            subtitles.metadata["language"] = languages.named(language).track
            sources.append(_subtitle_packets(plan.cues, subtitles))
        for _, packet in heapq.merge(*sources, key=lambda pair: pair[0]):
            container.mux(packet)


def _chapter_entries(plan: Timeline) -> list[ChapterEntry]:
    return [
        {
            "id": number,
            "start": round(chapter.start * plan.frame_rate),
            "end": round(chapter.end * plan.frame_rate),
            "time_base": Fraction(1, plan.frame_rate),
            "metadata": {"title": chapter.title},
        }
        for number, chapter in enumerate(plan.chapters)
    ]


def _video_packets(pieces: Sequence[_Piece], stream: VideoStream) -> Iterator[Due]:
    """The pictures' packets in decoding order, frame after frame, with the second each is due."""
    base = Fraction(1, pieces[0].frame_rate)
    every = [packets.read(piece.video) for piece in pieces]
    delay = max(map(packets.reordering, every))
    done = 0
    for piece, found in zip(pieces, every, strict=True):
        if len(found) != piece.frames:
            raise JoinError(f"{piece.name} has {len(found)} frames, but {piece.frames} were rendered")
        yield from packets.shown_from(done, found, stream, base, delay)
        done += piece.frames


def _subtitle_packets(cues: Sequence[Cue], stream: SubtitleStream) -> Iterator[Due]:
    for cue in cues:
        start, end = round(cue.start * 1000), round(cue.end * 1000)
        text = caption_files.plain(cue.text).replace("\n", "\\N")
        line = SubtitleSet.create(f"0,0,Default,,0,0,0,,{text}".encode(), 0, end - start, start)
        packet = stream.codec_context.encode_subtitle(line)
        packet.stream = stream
        packet.time_base = MILLISECOND
        yield cue.start, packet
