"""The scheduler that ``--scheduler`` names: its address, its certificates, and whether it is one at all.

Dask's own client waits for ever for a peer that accepts a connection and then says nothing.
"""

from __future__ import annotations

import asyncio
import importlib
import logging
import re
from typing import Any
from urllib.parse import urlsplit

from bnviz.errors import UserError
from bnviz.installation import install

CONNECT, TIMEOUT = 3, 5  # seconds in which a scheduler has to accept a connection, and to have answered
TLS = "DASK_DISTRIBUTED__COMM__TLS__"
CERTIFICATES = tuple(f"{TLS}{item}" for item in ("CA_FILE", "CLIENT__CERT", "CLIENT__KEY"))
"""The variables that name what a client of an encrypted cluster needs."""


def require_scheduler(address: str) -> Any:
    """Ask who is at ``address``; returns the module ``distributed``.

    Raises:
        UserError: it is no address, no scheduler answers, or Dask or certificates are missing.
    """
    _require_address(address)
    distributed = _distributed()
    for logger in ("distributed", "distributed.client", "tornado", "tornado.application", "asyncio"):
        logging.getLogger(logger).setLevel(logging.CRITICAL)  # what goes wrong is said in a sentence
    arguments = _connection_arguments(distributed, address)
    try:
        found = asyncio.run(asyncio.wait_for(_kind(distributed, address, arguments), TIMEOUT))
    except TimeoutError as error:
        raise _refused(address, "who listens there says nothing that a scheduler would") from error
    except OSError as error:
        raise _refused(
            address, re.sub("^in <.*?>: ", "", str(error.__cause__ or "") or str(error))
        ) from error
    except Exception as error:  # of whatever kind: bytes that mean something else were read as Dask's
        raise _refused(address, "who listens there does not speak as Dask does") from error
    if found != "Scheduler":
        raise _refused(address, f"it is a {found}")
    return distributed


def _require_address(address: str) -> None:
    right = "it must be like tcp://host:8786, or tls://host:8786"
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise UserError(f"--scheduler is {address!r} ({error}); {right}") from error
    plain = f"{parts.scheme}://{parts.netloc}" == address and not parts.username and address.isprintable()
    if parts.scheme not in ("tcp", "tls") or not host or not port or not plain or " " in address:
        raise UserError(f"--scheduler is {address!r}; {right}")


def _distributed() -> Any:
    try:
        importlib.import_module("distributed.comm")
        return importlib.import_module("distributed")
    except ImportError as error:
        raise UserError(f"--scheduler needs Dask ({error}); install it with: {install('cluster')}") from error


def _connection_arguments(distributed: Any, address: str) -> dict[str, Any]:
    try:
        arguments: dict[str, Any] = distributed.Security().get_connection_args("client")
    except (OSError, TypeError, ValueError) as error:
        raise UserError(
            f"--scheduler {address}: Dask's certificates cannot be read ({error}); "
            f"they are named by {', '.join(CERTIFICATES)}"
        ) from error
    if address.startswith("tls:") and arguments["ssl_context"] is None:
        raise UserError(
            f"--scheduler {address}: tls needs certificates; name their files in the variables "
            f"{', '.join(CERTIFICATES)}, see docs/scaling.md"
        )
    return arguments


async def _kind(distributed: Any, address: str, arguments: dict[str, Any]) -> str:
    """What the peer says it is: Scheduler, Worker or Nanny."""
    comm = await distributed.comm.connect(address, timeout=CONNECT, **arguments)
    try:
        await comm.write({"op": "identity", "reply": True})
        answer = await comm.read()
    finally:
        comm.abort()
    return str(answer["type"])


def _refused(address: str, why: str) -> UserError:
    return UserError(
        f"--scheduler {address}: no Dask scheduler answers there within {TIMEOUT} seconds ({why}); start one "
        f"with: dask scheduler. Its address is what it says as it starts; port 8787 is only its web page"
    )
