"""What every command prints alike: JSON, and what went wrong."""

from __future__ import annotations

import json
import sys


def print_json(value: object) -> None:
    """Print a value as one line of JSON, in ASCII where the output can't carry more."""
    encoding = (sys.stdout.encoding if sys.stdout else None) or "ascii"
    print(json.dumps(value, ensure_ascii=encoding.lower() not in {"utf-8", "utf8"}))


def complain(*messages: str) -> None:
    """Say on standard error what is wrong."""
    if sys.stderr is None:  # it was closed, and print() would take standard output instead
        return
    for message in messages:
        for line in message.splitlines():
            print(f"tutor: {line}", file=sys.stderr)
