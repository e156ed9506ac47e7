"""An existing Dask cluster as an executor."""

from __future__ import annotations

import logging
import socket
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tutor.errors import TutorError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Executor

SCHEMES = {"tcp", "tls", "ucx", "ws", "wss", "inproc"}
"""How Dask's addresses begin."""

PATIENCE = 5.0
"""Seconds after which a scheduler that has not answered won't."""


@contextmanager
def cluster(address: str, patience: float = PATIENCE) -> Iterator[Executor]:
    """Connect to the scheduler at ``address``, such as tcp://10.0.0.1:8786.

    Raises UsageError if the extra is missing or it is no address, TutorError if nobody answers or works there.
    """
    try:
        distributed = import_module("distributed")
    except ModuleNotFoundError as error:
        raise UsageError(
            "--scheduler needs dask.distributed: install it with pip install 'terminal-tutor[cluster]'"
        ) from error
    if urlsplit(address).scheme not in SCHEMES:
        raise UsageError(f"--scheduler takes an address such as tcp://10.0.0.1:8786, not '{address}'")
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what matters becomes an error of ours
    try:
        _knock(address, patience)
        client = distributed.Client(address, timeout=patience, set_as_default=False)
    except OSError as error:
        raise TutorError(
            f"no scheduler answers at {address} within {patience:g} s: start one with 'dask scheduler', "
            "or leave out --scheduler"
        ) from error
    except (ValueError, TypeError) as error:
        raise UsageError(
            f"--scheduler takes an address such as tcp://10.0.0.1:8786, not '{address}'"
        ) from error
    try:
        try:
            client.wait_for_workers(1, timeout=patience)
        except TimeoutError as error:
            raise TutorError(
                f"the scheduler at {address} has no workers: start one with 'dask worker {address}'"
            ) from error
        with client.get_executor(pure=False) as executor:
            yield executor
    finally:
        client.close()


def _knock(address: str, patience: float) -> None:
    """Raise OSError unless somebody at a tcp address speaks first, as Dask does; its client might wait on."""
    parts = urlsplit(address)
    if parts.scheme == "tcp" and parts.hostname and parts.port:
        with socket.create_connection((parts.hostname, parts.port), timeout=patience) as line:
            if not line.recv(1):
                raise ConnectionError("it hung up")
