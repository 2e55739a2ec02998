"""Trained networks' results, kept for the next time: a file a result, found by its settings and code.

Lessons with other rows share them, if their settings of the networks are alike. A file holds arrays and
texts, appears whole or not at all, and is computed anew where it is damaged. While one process computes a
result, others wait for it: by a lock of the system's, which goes with the process that holds it.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import fields
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from bn_math.networks.trained import results
from bn_math.networks.trained.results import Result
from bn_math.networks.trained.settings import NetworkSettings
from bn_math.networks.trained.store import Memo, ResultStore, current_store, use_store
from bnviz.cache.code_key import ROOT, VARIABLES, modules, versions
from bnviz.cache.manifest import Damaged
from bnviz.cache.read_tracking import digest
from bnviz.errors import UserError
from bnviz.files import content_of, opened, replacing
from bnviz.system import NO_LINKS, lock
from bnviz.temporary import make_folder

SUFFIX, LOCK = ".network", ".lock"
VARIABLE = "BNVIZ_NETWORKS"
"""Of the environment: the folder in which they are kept, where it is not the cache's."""

LARGEST = 200_000_000  # bytes; those of the default settings have a few megabytes in all
NUMBERS = ("python", "numpy", "scipy", *VARIABLES)
_ABOUT = "about"
_STARTS = ("bn_math/networks/trained/study.py",)
_OURS = ("bn_math/networks/", "bn_math/data/digits", "bn_math/data/examples.py")
_KINDS = {kind.__name__: kind for kind in vars(results).values() if isinstance(kind, type)}


class NetworkFiles:
    """A store of results in a folder, and in this process's memory.

    Args:
        folder: where the files are; it need not exist yet.
        tell: hears what is computed, before it is, and what goes wrong with the files.
    """

    def __init__(self, folder: Path, tell: Callable[[str], None] = lambda sentence: None) -> None:
        """Nothing is read yet."""
        self.folder, self._tell, self._memo = folder.absolute(), tell, Memo()

    def result(self, settings: NetworkSettings, part: str, compute: Callable[[], Any]) -> Any:
        """What is kept, else what ``compute`` returns, which is kept."""
        return self._memo.result(settings, part, lambda: self._found(settings, part, compute))

    def _found(self, settings: NetworkSettings, part: str, compute: Callable[[], Any]) -> Any:
        path = self.path(settings, part)
        if (kept := self._read(path)) is not None:
            return kept
        with self._locked(path):
            if (kept := self._read(path)) is not None:  # another process has just made it
                return kept
            self._tell(f"training networks ({part}); it is kept in {self.folder} for the next time")
            made = compute()
            try:
                with replacing(path) as new:
                    new.write_bytes(packed(made))
            except (OSError, UserError) as error:
                self._tell(f"what was found of trained networks is not kept: {error}")
            return made

    def path(self, settings: NetworkSettings, part: str) -> Path:
        """The file of a result, which need not be there."""
        return self.folder / f"{key_of(settings)}-{part}{SUFFIX}"

    def holds(self, settings: NetworkSettings, part: str) -> bool:
        """Whether there is a file of this result."""
        return self.path(settings, part).is_file()

    def _read(self, path: Path) -> Result | None:
        try:
            with opened(path, LARGEST) as file:
                return unpacked(file.read())
        except FileNotFoundError:
            return None
        except (OSError, Damaged) as error:
            self._tell(f"{path} cannot be used ({error}): its networks are trained again")
            return None

    @contextmanager
    def _locked(self, path: Path) -> Iterator[None]:
        """Wait until no other process computes this. A disk that knows no locks is no failure."""
        descriptor = None
        with suppress(OSError):
            make_folder(self.folder)
            beside = path.with_name(path.name + LOCK)
            descriptor = os.open(beside, os.O_CREAT | os.O_RDWR | NO_LINKS, 0o644)
            lock(descriptor)
        try:
            yield
        finally:
            if descriptor is not None:
                os.close(descriptor)


class GivenResults:
    """A store that has been handed results, and asks ``behind`` for all others.

    Args:
        given: results by their parts' names.
        settings: what all of them were computed for.
        behind: the store that is asked for what is not given.
    """

    def __init__(self, given: Mapping[str, Any], settings: NetworkSettings, behind: ResultStore) -> None:
        """Nothing is computed yet."""
        self._given, self._settings, self._behind = given, settings, behind

    def result(self, settings: NetworkSettings, part: str, compute: Callable[[], Any]) -> Any:
        """What is given, else what the store behind has."""
        if settings == self._settings and part in self._given:
            return self._given[part]
        return self._behind.result(settings, part, compute)


@contextmanager
def handed_on(given: Mapping[str, bytes], settings: NetworkSettings) -> Iterator[None]:
    """Inside of this block results that came as bytes, by their parts' names, are there already.

    Raises:
        Damaged: they are not as they were sent.
    """
    read = {part: unpacked(content) for part, content in given.items()}
    before = use_store(GivenResults(read, settings, current_store()))
    try:
        yield
    finally:
        use_store(before)


def keep_networks(
    folder: Path, tell: Callable[[str], None] = lambda sentence: None, environment: bool = True
) -> None:
    """From now on this process and its workers keep results in ``folder``, or where VARIABLE says.

    Without ``environment`` the variable is not asked.
    """
    said = os.environ.get(VARIABLE) if environment else None
    use_store(NetworkFiles(Path(said) if said else folder, tell))


def variable_for_workers() -> dict[str, str]:
    """What the environment of a worker on this machine says, so that it keeps results where we do."""
    store = current_store()
    return {VARIABLE: str(store.folder)} if isinstance(store, NetworkFiles) else {}


def key_of(settings: NetworkSettings) -> str:
    """What results depend on as one short text: settings, code of the networks, and what numbers hang on."""
    return hashlib.sha256(f"{digest(settings)} {_code()}".encode()).hexdigest()[:32]


@lru_cache(maxsize=1)
def _code() -> str:
    found = modules([ROOT / start for start in _STARTS])
    names = {path.relative_to(ROOT).as_posix(): path for path in found}
    ours = [f"{name} {content_of(path)}" for name, path in names.items() if name.startswith(_OURS)]
    return repr((ours, [pair for pair in versions() if pair[0] in NUMBERS]))


def packed(result: Result) -> bytes:
    """A result as the bytes of a file: its arrays, and in JSON what it is."""
    values = {field.name: getattr(result, field.name) for field in fields(result)}  # type: ignore[arg-type]
    arrays = {name: value for name, value in values.items() if isinstance(value, np.ndarray)}
    rest = {name: value for name, value in values.items() if name not in arrays}
    about = json.dumps({"kind": type(result).__name__, "values": rest}).encode()
    buffer = io.BytesIO()
    np.savez(buffer, allow_pickle=False, **{_ABOUT: np.frombuffer(about, np.uint8), **arrays})
    return buffer.getvalue()


def unpacked(content: bytes) -> Result:
    """The result that was packed; nothing in it is run.

    Raises:
        Damaged: it is something else.
    """
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        about = json.loads(arrays.pop(_ABOUT).tobytes())
        kind = _KINDS[about["kind"]]
        made: Any = kind(**arrays, **about["values"])
    except (ValueError, TypeError, KeyError, AttributeError, EOFError, OSError, zipfile.BadZipFile) as error:
        raise Damaged(f"{type(error).__name__}: {error}") from error
    if not isinstance(made, Result):
        raise Damaged(f"it holds a {about['kind']}")
    return made
