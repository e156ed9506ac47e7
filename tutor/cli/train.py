"""``tutor train``: one run of the numpy network on handwritten digits, or a preset that compares several."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.cli.arguments import whole
from tutor.cli.long_options import add_options
from tutor.errors import UsageError, unknown

if TYPE_CHECKING:
    import argparse


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    from tutor.lab.digits.table import PRESETS

    parser.add_argument("preset", metavar="PRESET", nargs="?", help=f"one of {', '.join(PRESETS)}")
    parser.add_argument(
        "--digit", metavar="N", type=whole(0, 10**9), help="look at image N of the data instead"
    )
    add_options(parser, "train", *PRESETS)


def run(options: argparse.Namespace) -> int:
    """Train and print the curves, the comparison of a preset, or a digit."""
    from tutor.cli.long_run import run_long
    from tutor.lab.digits.table import PRESETS

    if options.digit is not None:
        show_digit(options.data or "digits", options.digit)
        return 0
    if options.preset not in {None, *PRESETS}:
        raise unknown("preset", options.preset, PRESETS)
    return run_long(options.preset or "train", options)


def show_digit(data: str, place: int) -> None:
    """Print one of the images; UsageError if there are not so many."""
    from tutor.cli.picture import show
    from tutor.optim.data import load
    from tutor.plots.figure import Picture

    images = load(data)
    if place >= len(images):
        raise UsageError(f"--digit: {images.name} has {len(images):,} images, numbered from 0")
    show(
        Picture(
            images.picture(place).astype(float), f"image {place:,} of {images.name}: a {images.labels[place]}"
        )
    )
