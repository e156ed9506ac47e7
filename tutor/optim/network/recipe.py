"""How a network is trained, and what may differ between the runs of one stack."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tutor.errors import UsageError, unknown
from tutor.optim.integrators import METHODS
from tutor.optim.network.inits import INITS
from tutor.optim.optimizers import OPTIMIZERS, SGD, Optimizer, optimizer
from tutor.optim.schedules import Feedback, Schedule

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tutor.optim.network.model import Network
    from tutor.optim.tables import Entry

Maker = Callable[[float, int], Schedule | Feedback]
"""rate, steps -> the schedule of a run; a feedback is shown the validation loss of each evaluation."""

TRAINERS: Mapping[str, Entry[Optimizer]] = {
    name: entry for name, entry in OPTIMIZERS.items() if name != "newton" and name not in METHODS
}
"""The optimizers that can train a network: all but Newton's, which would need P² curvatures, and the methods of
the gradient flow, which need slopes at other places than where they stand."""


def trainer(name: str, /, **settings: object) -> Optimizer:
    """Build an optimizer that can train a network; UsageError for one that cannot, or a wrong setting."""
    if name in OPTIMIZERS and name not in TRAINERS:
        raise UsageError(
            f"'{name}' cannot train a network here: it needs curvatures, or slopes ahead; 'lbfgs' learns such "
            "things as it goes"
        )
    return optimizer(name, **settings)


@dataclass(frozen=True, eq=False)
class Recipe:
    """All that the runs of a stack have in common. Raises UsageError where it cannot be followed."""

    network: Network
    init: str = "he"
    optimizer: Optimizer = SGD
    schedule: Maker | None = None
    """None: a constant rate."""

    batch: int | None = 32
    """Examples behind each step; None: all of them, in their own order."""

    epochs: int = 10

    steps: int | None = None
    """The number of steps, in place of the epochs."""

    every: int | None = None
    """Steps between evaluations; None: an epoch, or a hundredth of the run if its epochs are of one step."""

    sharpness: bool = False
    """Whether evaluations measure the sharpness too."""

    dtype: str = "float32"
    """Or "float64"."""

    def __post_init__(self) -> None:
        if self.init not in INITS:
            raise unknown("initialisation", self.init, INITS)
        for name in ("batch", "epochs", "steps", "every"):
            number = getattr(self, name)
            if number is not None and number < 1:
                raise UsageError(f"{name} must be 1 or more, not {number}")
        if self.dtype not in {"float32", "float64"}:
            raise UsageError(f"dtype must be float32 or float64, not {self.dtype!r}")

    def batch_of(self, examples: int) -> int:
        """Give the size of a batch; UsageError if there are not so many examples."""
        size = examples if self.batch is None else self.batch
        if size > examples:
            raise UsageError(
                f"a batch of {size:,} is more than the {examples:,} examples to train on: make it smaller"
            )
        return size

    def steps_on(self, examples: int) -> int:
        """Count the steps of a run."""
        return self.epochs * (examples // self.batch_of(examples)) if self.steps is None else self.steps

    def every_on(self, examples: int) -> int:
        """Count the steps from one evaluation to the next."""
        if self.every is not None:
            return self.every
        epoch = examples // self.batch_of(examples)
        return epoch if epoch > 1 else max(1, self.steps_on(examples) // 100)


@dataclass(frozen=True)
class Run:
    """What may differ between the runs of a stack."""

    rate: float

    seed: int = 0
    """Of the first weights and of the order of the examples."""

    scale: float = 1.0
    """Of the first weights."""
