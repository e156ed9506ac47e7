"""The handwritten digits themselves, one at a time, as large as the terminal allows."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import numpy as np
from textual.binding import Binding, BindingType

from tutor.app.page import Heading, Page
from tutor.app.sheet import Sheet, drawn
from tutor.optim.data import CLASSES, load
from tutor.plots.draw import draw
from tutor.plots.figure import Picture

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from tutor.optim.data import Images


class Digit(Sheet):
    """Shows one image."""

    picture: Picture | None = None

    def show(self, picture: Picture) -> None:
        """Show an image."""
        self.picture = picture
        width, height = self.content_size
        if width and height:
            self.paint(drawn(draw(picture, width, height)))

    def on_resize(self) -> None:
        if self.picture:
            self.show(self.picture)


class LookPage(Page):
    """Goes through the images of a set."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,down,space", "step(1)", "next", key_display="←→", tooltip="the next image; ← goes back"),
        Binding("left,up", "step(-1)", show=False),
        *(
            Binding(
                f"{digit}",
                f"find({digit})",
                "find" if not digit else "",
                key_display="0–9",
                tooltip="the next image of this digit",
                show=not digit,
            )
            for digit in range(CLASSES)
        ),
        Binding("enter,escape,q,v", "app.pop_screen", "back", key_display="Enter"),
    ]

    def __init__(self, data: str) -> None:
        """Show the images of a set by its name; UsageError if it is not there."""
        super().__init__()
        self.images: Images = load(data)
        self.place = 0

    def body(self) -> ComposeResult:
        """Yield the image."""
        yield Digit(id="digit")

    def on_mount(self) -> None:
        self._show()

    def action_step(self, step: int) -> None:
        """Go to the next image, or the one before; the ends meet."""
        self.place = (self.place + step) % len(self.images.labels)
        self._show()

    def action_find(self, digit: int) -> None:
        """Go to the next image of a digit."""
        labels = self.images.labels
        count = len(labels)
        later = ((self.place + step) % count for step in range(1, count + 1))
        self.place = next((place for place in later if labels[place] == digit), self.place)
        self._show()

    def _show(self) -> None:
        images = self.images
        side = images.side
        self.query_one(Heading).show(
            f"Digits · the images of '{images.name}', {side} × {side} pixels",
            f"{self.place + 1:,} of {len(images.labels):,}",
        )
        caption = f"a {images.labels[self.place]}"
        self.query_one(Digit).show(Picture(images.picture(self.place).astype(np.float64), caption))
