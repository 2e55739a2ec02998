"""Reading a file that somebody names: whatever lies there, the answer comes at once.

Bytes become text here; what the text says is not looked at.
"""

import codecs
import os
import re
import stat

from bn_math.checks import shown

_KINDS = {
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a FIFO or a pipe",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
    stat.S_IFSOCK: "a socket",
}
# Byte-order marks and the encodings they stand for; UTF-32's little-endian one begins like UTF-16's.
_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
# What is tried, in this order, to name the encoding of East Asian text.
_EAST_ASIAN = ("gb18030", "shift_jis", "euc_kr", "big5")


def bytes_of(path: str | os.PathLike[str], most_bytes: int) -> bytes:
    """The content of the file.

    Raises ValueError naming the file if it is a folder, a device or a pipe, or has more than `most_bytes`
    bytes; FileNotFoundError if there is none.
    """
    name = require_file(path)
    with open(path, "rb") as file:
        content = file.read(most_bytes + 1)
    if len(content) > most_bytes:
        raise ValueError(f"{name} is too long: it has more than {most_bytes:,} bytes")
    return content


def require_file(path: str | os.PathLike[str]) -> str:
    """The name of the file, which is a plain file.

    Raises ValueError naming a folder, a device or a pipe; FileNotFoundError if there is none; TypeError for
    what is no path.
    """
    if not isinstance(path, (str, os.PathLike)):
        raise TypeError(f"path must be a file's path, but is {shown(path)}")
    name = os.fsdecode(path)
    if "\0" in name:
        raise ValueError(f"path must be a file's path, but is {shown(name)}")
    # Looked at before it is opened: opening a FIFO waits for somebody to write to it.
    kind = stat.S_IFMT(os.stat(path).st_mode)
    if kind != stat.S_IFREG:
        raise ValueError(f"{name} must be a file, but is {_KINDS.get(kind, 'something else')}")
    return name


def text_of(
    path: str | os.PathLike[str], most_bytes: int, longest_line: int, encoding: str | None = None
) -> str:
    """The text of the file, without a byte-order mark; line ends as they stand in it.

    `encoding` is what it is written in, such as "latin-1". Without it a byte-order mark says so (UTF-8,
    UTF-16, UTF-32), and else it is UTF-8.
    Raises ValueError naming the file for what `bytes_of` refuses, for a line of more than `longest_line`
    characters, and for text in another encoding, which it names with the remedy; FileNotFoundError if there
    is no file.
    """
    encoding = encoding_named(encoding)
    text = _decoded(bytes_of(path, most_bytes), os.fsdecode(path), encoding)
    for line, content_of_line in enumerate(text.splitlines(), 1):
        if len(content_of_line) > longest_line:
            raise ValueError(
                f"{os.fsdecode(path)}, line {line} is too long: it has {len(content_of_line):,} characters, "
                f"at most {longest_line:,} are read"
            )
    return text


def encoding_named(encoding: str | None) -> str | None:
    """`encoding`, if Python knows a text encoding of that name. Raises ValueError if not."""
    if encoding is None:
        return None
    try:
        "".encode(encoding)
    except (TypeError, LookupError, ValueError):
        raise ValueError(
            f'encoding must be the name of a text encoding, such as "utf-8" or "latin-1", '
            f"but is {shown(encoding)}"
        ) from None
    return encoding


def _decoded(content: bytes, name: str, encoding: str | None) -> str:
    marked = next((kind for mark, kind in _MARKS.items() if content.startswith(mark)), None)
    # A mark outweighs what is said, unless that cannot be meant.
    known = marked or encoding or "utf-8"
    try:
        return content.decode(known)
    except UnicodeDecodeError as error:
        if marked or encoding:
            raise ValueError(f"{name} is not {known} text: byte {error.start} is none of it") from error
        if b"\0" in content:
            remedy = 'it may be UTF-16 without a byte-order mark: then write encoding = "utf-16-le"'
        else:
            seems, codec = _guessed(content)
            remedy = f'it seems to be {seems}: if so, write encoding = "{codec}"'
        raise ValueError(
            f"{name} is not UTF-8 text (byte {error.start} is none of it); {remedy} in the lesson file, or "
            "save it as UTF-8"
        ) from error


def _guessed(content: bytes) -> tuple[str, str]:
    """The likeliest encoding of text that is not UTF-8: how people call it, and its name in Python."""
    # Accented letters stand among plain ones; those of two bytes stand among themselves.
    within = len(b"".join(re.findall(rb"(?<=[A-Za-z])[\x80-\xff]+|[\x80-\xff]+(?=[A-Za-z])", content)))
    apart = len(b"".join(re.findall(rb"(?<![A-Za-z\x80-\xff])[\x80-\xff]{2,}(?![A-Za-z\x80-\xff])", content)))
    if apart > within:
        for codec in _EAST_ASIAN:
            try:
                content.decode(codec)
            except UnicodeDecodeError:
                continue
            return f"an East Asian encoding such as {codec}", codec
    if re.search(rb"[\x80-\x9f]", content):
        try:
            content.decode("cp1252")
        except UnicodeDecodeError:
            return "Latin-1", "latin-1"
        return "Windows-1252, a kind of Latin-1", "cp1252"
    return "Latin-1 (ISO 8859-1)", "latin-1"
