"""Training a stack of runs at once, as a sequence of partial results."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tutor.optim.network.fate import judge
from tutor.optim.network.stack import Stack

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from tutor.optim.data import Split
    from tutor.optim.network.arrays import Reals
    from tutor.optim.network.checkpoint import Checkpoint
    from tutor.optim.network.recipe import Recipe, Run
    from tutor.optim.objectives import Array
    from tutor.optim.verdict import Verdict


@dataclass(frozen=True, eq=False)
class Training:
    """What is known of R runs of ``steps`` steps after the first ``step`` of them; never changes."""

    runs: tuple[Run, ...]
    step: int
    steps: int

    losses: Array
    """(R, step): of each step's batch, before the step; NaN once a run is lost."""

    rates: Array
    """(R, step): the η of each step."""

    evaluated: NDArray[np.int_]
    """(k,): the steps after which the runs were evaluated; the first is 0."""

    train_loss: Array
    """(R, k): on as many training examples as validate; NaN once a run is lost, as below."""

    validation_loss: Array
    validation_accuracy: Array
    """(R, k), from 0 to 1."""

    sharpness: Array
    """(R, k), on the first SHARP training examples; (R, 0) unless the recipe asks for it."""

    verdicts: tuple[Verdict, ...]

    points: Reals
    """(R, P): the weights that a run would hand out now; those of a lost run are NaN."""

    checkpoint: Checkpoint

    @property
    def finished(self) -> bool:
        """Whether this is the end."""
        return self.step == self.steps


def train(
    recipe: Recipe, split: Split, runs: Sequence[Run], *, resume: Checkpoint | None = None
) -> Iterator[Training]:
    """Train the runs together; yield what is known at the start, every so many steps, and at the end.

    Each run is equal to the same run alone to the last bit. A run whose loss is no longer finite, or LOST
    times its first, is frozen out. With ``resume`` it goes on from where that checkpoint was made, with the
    same recipe, split and runs, and ends as it would have ended. Raises UsageError for a batch larger than the
    data or a checkpoint of another training.
    """
    stack = Stack(recipe, split, tuple(runs))
    if resume is not None:
        stack.restore(resume)
    yield _seen(stack)
    while stack.step < stack.steps:
        stack.go()
        yield _seen(stack)


def _seen(stack: Stack) -> Training:
    """Show a stack as it is now."""
    record = stack.record
    step, count = stack.step, record.count
    return Training(
        runs=stack.runs,
        step=step,
        steps=stack.steps,
        losses=frozen(record.losses[:, :step]),
        rates=frozen(record.rates[:, :step]),
        evaluated=frozen(record.evaluated[:count]),
        train_loss=frozen(record.train_loss[:, :count]),
        validation_loss=frozen(record.validation_loss[:, :count]),
        validation_accuracy=frozen(record.validation_accuracy[:, :count]),
        sharpness=frozen(record.sharpness[:, :count]),
        verdicts=tuple(
            judge(losses, stack.chance, lost=lost)
            for losses, lost in zip(record.losses[:, :step], record.lost, strict=True)
        ),
        points=stack.answers(),
        checkpoint=stack.checkpoint(),
    )


def frozen(array: Any) -> Any:
    """View what is not going to change any more, and cannot be changed by who sees it."""
    view = array.view()
    view.flags.writeable = False
    return view
