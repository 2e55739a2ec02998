"""Reading a text file that somebody names: whatever lies there, the answer comes at once."""

import os
import stat

from bn_math.checks import shown

_KINDS = {
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a FIFO or a pipe",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
    stat.S_IFSOCK: "a socket",
}


def text_of(path: str | os.PathLike[str], most_bytes: int, longest_line: int) -> str:
    """The text of the file, without a byte-order mark; line ends as they stand in it.

    Raises ValueError naming the file if it is a folder, a device or a pipe, has more than `most_bytes` bytes
    or a line of more than `longest_line` characters, or is not UTF-8; FileNotFoundError if there is none.
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
    with open(path, "rb") as file:
        content = file.read(most_bytes + 1)
    if len(content) > most_bytes:
        raise ValueError(f"{name} is too long: it has more than {most_bytes:,} bytes")
    try:
        # utf-8-sig: editors and spreadsheets like to put a byte-order mark before the first letter.
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"{name} is not UTF-8 text: save it as UTF-8 ({error})") from error
    for line, content_of_line in enumerate(text.splitlines(), 1):
        if len(content_of_line) > longest_line:
            raise ValueError(
                f"{name}, line {line} is too long: it has {len(content_of_line):,} characters, "
                f"at most {longest_line:,} are read"
            )
    return text
