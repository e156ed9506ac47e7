"""Training: what it computes."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from tests.optim.network.some import FEW, NETWORK, assert_same, ended
from tutor.optim.network import TRAINERS, Network, Recipe, Run, evaluate, initial, train, trainer
from tutor.optim.network.batches import order
from tutor.optim.schedules import feedback, schedule
from tutor.optim.verdict import Verdict

if TYPE_CHECKING:
    from tutor.optim.schedules import Feedback, Schedule


def test_one_epoch_is_torchs() -> None:
    """The same weights and batches, plain and with momentum: to 1e-6, and more."""
    torch: Any = pytest.importorskip("torch")
    network = Network((64, 16, 16, 10))
    for rule, extra in (("sgd", {}), ("momentum", {"momentum": 0.9})):
        ours = ended(
            Recipe(network, optimizer=trainer(rule), batch=20, epochs=1, dtype="float64"), [Run(0.05, 3)]
        )
        layers: list[Any] = []
        for matrix in network.matrices(initial(network, seed=3)):
            layer = torch.nn.Linear(matrix.shape[1] - 1, matrix.shape[0], dtype=torch.float64)
            layer.weight.data[:] = torch.tensor(matrix[:, :-1])
            layer.bias.data[:] = torch.tensor(matrix[:, -1])
            layers += [layer, torch.nn.ReLU()]
        model = torch.nn.Sequential(*layers[:-1])
        stepper = torch.optim.SGD(model.parameters(), lr=0.05, **extra)
        losses = []
        for chosen in order(3, 0, 200, 20).reshape(10, 20):
            stepper.zero_grad()
            outputs = model(torch.tensor(FEW.train.inputs[chosen].astype(float)))
            loss = torch.nn.functional.cross_entropy(
                outputs, torch.tensor(FEW.train.labels[chosen].astype(int))
            )
            loss.backward()
            stepper.step()
            losses.append(loss.item())
        np.testing.assert_allclose(ours.losses[0], losses, rtol=1e-10)
        for matrix, layer in zip(network.matrices(ours.points[0]), layers[::2], strict=True):
            np.testing.assert_allclose(matrix[:, :-1], layer.weight.detach().numpy(), rtol=1e-8, atol=1e-10)
            np.testing.assert_allclose(matrix[:, -1], layer.bias.detach().numpy(), rtol=1e-8, atol=1e-10)


@pytest.mark.parametrize("name", TRAINERS)
def test_every_optimizer_trains_and_each_run_is_the_same_alone(name: str) -> None:
    rate = TRAINERS[name].build(**defaults(name)).own_rate or {"adagrad": 0.05}.get(name, 0.01)
    recipe = Recipe(NETWORK, optimizer=trainer(name, clip_norm=5.0), batch=25, epochs=6)
    runs = [Run(rate), Run(0.5 * rate, 1), Run(rate, 2, 0.5), Run(1e30)]
    together = ended(recipe, runs)
    for place, run in enumerate(runs):
        assert_same(ended(recipe, [run]), together, [place])
    fell = together.train_loss[:3, -1] < together.train_loss[:3, 0]
    assert fell[0] or name == "lbfgs"  # which needs the whole batch
    full = ended(Recipe(NETWORK, optimizer=trainer(name), batch=None, steps=30), runs[:1])
    assert full.losses[0, -1] < full.losses[0, 0]


def defaults(name: str) -> dict[str, Any]:
    """The settings of an optimizer unless told otherwise."""
    return {key: parameter.default for key, parameter in TRAINERS[name].parameters.items()}


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("batch", [1, 7, 32, None])
@pytest.mark.parametrize("seeds", [(0, 0, 0, 0), (0, 1, 2, 0)])
def test_a_run_in_a_stack_is_the_same_alone(dtype: str, batch: int | None, seeds: tuple[int, ...]) -> None:
    """To the last bit, in batches of any size, where others are lost on the way too."""
    recipe = Recipe(
        Network((64, 9, 8, 10), "tanh"), batch=batch, steps=40, every=13, dtype=dtype, sharpness=True
    )
    runs = [Run(rate, seed) for rate, seed in zip((0.01, 0.3, 1e9, 0.1), seeds, strict=True)]
    together = ended(recipe, runs)
    for place, run in enumerate(runs):
        assert_same(ended(recipe, [run]), together, [place])


def test_another_process_gets_the_same() -> None:
    code = """if True:
        import hashlib
        from tutor.optim.data import load, split
        from tutor.optim.network import Network, Recipe, Run, train
        recipe = Recipe(Network((64, 12, 10)), epochs=1)
        *_, last = train(recipe, split(load("digits")), [Run(0.1), Run(0.2, 1)])
        print(hashlib.sha256(last.losses.tobytes() + last.points.tobytes()).hexdigest())
    """
    made = [
        subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout for _ in range(2)
    ]
    assert made[0] == made[1]


def test_it_is_evaluated_at_the_start_every_epoch_and_at_the_end() -> None:
    last = ended(Recipe(NETWORK, batch=32, steps=20), [Run(0.1, 4)])
    assert last.evaluated.tolist() == [0, 6, 12, 18, 20]
    assert last.validation_loss.shape == last.validation_accuracy.shape == last.train_loss.shape == (1, 5)
    loss, accuracy = evaluate(NETWORK, last.points, FEW.validation)
    assert (last.validation_loss[0, -1], last.validation_accuracy[0, -1]) == (loss[0], accuracy[0])
    assert last.train_loss[0, -1] == evaluate(NETWORK, last.points, FEW.train.first(60))[0][0]
    start = initial(NETWORK, seed=4)[None].astype(np.float32)
    assert last.validation_loss[0, 0] == evaluate(NETWORK, start, FEW.validation)[0][0]
    assert last.sharpness.shape == (1, 0)
    full = ended(Recipe(NETWORK, batch=None, steps=250, every=None), [Run(0.1)])
    assert full.evaluated.tolist() == list(range(0, 251, 2))


def test_an_average_is_what_is_handed_out() -> None:
    recipe = Recipe(NETWORK, optimizer=trainer("schedule-free"), batch=20, epochs=2)
    last = ended(recipe, [Run(0.3)])
    assert last.validation_loss[0, -1] == evaluate(NETWORK, last.points, FEW.validation)[0][0]
    assert (last.points != last.checkpoint.arrays["points"]).any()


def test_a_lost_run_is_left_out_and_costs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    worked: list[int] = []
    from tutor.optim.network.passes import Passes

    gradient = Passes.gradient

    def counted(self: Passes, points: Any, *given: Any) -> Any:
        worked.append(len(points))
        return gradient(self, points, *given)

    monkeypatch.setattr(Passes, "gradient", counted)
    last = ended(Recipe(NETWORK, batch=20, steps=60), [Run(0.1), Run(1e12), Run(0.2)])
    assert worked == [3] * 10 + [2] * 50
    assert last.verdicts == (Verdict.CONVERGING, Verdict.DIVERGING, Verdict.CONVERGING)
    assert np.isfinite(last.losses[1, 0])
    assert np.isnan(last.losses[1, 2:]).all()
    assert np.isnan(last.validation_loss[1, 1:]).all()
    assert np.isnan(last.points[1]).all()
    assert np.isfinite(last.points[[0, 2]]).all()


def test_all_may_be_lost() -> None:
    last = ended(Recipe(NETWORK, batch=20, steps=100), [Run(1e12), Run(1e20)])
    assert last.verdicts == (Verdict.DIVERGING, Verdict.DIVERGING)
    assert last.step == 100


def test_schedules_give_the_rates() -> None:
    def cosine(rate: float, steps: int) -> Schedule:
        return schedule("cosine", rate=rate, steps=steps)

    last = ended(Recipe(NETWORK, schedule=cosine, batch=20, steps=30), [Run(0.1), Run(0.3)])
    for run, rate in enumerate((0.1, 0.3)):
        timetable = cosine(rate, 30)
        assert last.rates[run].tolist() == [timetable(step) for step in range(30)]
    constant = ended(Recipe(NETWORK, batch=20, steps=30), [Run(0.1), Run(0.3)])
    assert (constant.losses[:, 1] == last.losses[:, 1]).all()  # the first rate is the whole
    assert (constant.losses[:, -1] != last.losses[:, -1]).all()


def test_a_feedback_watches_the_validation_loss_of_each_run() -> None:
    def plateau(rate: float, _: int) -> Feedback:
        return feedback("reduce-on-plateau", rate=rate, patience=0, threshold=0.2)

    last = ended(Recipe(NETWORK, schedule=plateau, batch=20, steps=60), [Run(0.3), Run(0.01)])
    for run, rate in enumerate((0.3, 0.01)):
        watching, expected = plateau(rate, 60), []
        for loss in last.validation_loss[run, 1:]:
            expected += [watching.rate] * 10
            watching = watching.observe(loss)
        assert last.rates[run].tolist() == expected
        assert len(set(expected)) > 1


def test_a_large_batch_in_pieces_is_the_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    runs = [Run(0.1), Run(0.3, 1)]
    for rule in ("sgd", "polyak"):
        recipe = Recipe(NETWORK, optimizer=trainer(rule), batch=100, steps=6, dtype="float64")
        whole = ended(recipe, runs)
        with monkeypatch.context() as small:
            small.setattr("tutor.optim.network.batches.PIECE", 30)
            pieces = ended(recipe, runs)
        np.testing.assert_allclose(pieces.losses, whole.losses, rtol=1e-9)
        np.testing.assert_allclose(pieces.points, whole.points, rtol=1e-7, atol=1e-10)


def test_a_run_with_a_sharpness_is_shown_at_each() -> None:
    recipe = Recipe(NETWORK, batch=None, steps=40, every=10, sharpness=True)
    states = list(train(recipe, FEW, [Run(0.1)]))
    assert [state.step for state in states] == [0, 10, 20, 30, 40]
    assert [state.sharpness.shape[1] for state in states] == [1, 2, 3, 4, 5]


def test_batches_are_the_examples_shuffled_by_the_runs_seed() -> None:
    assert sorted(order(1, 0, 50, 10)) == list(range(50))
    assert (order(1, 0, 50, 10) != order(1, 1, 50, 10)).any()
    assert (order(1, 0, 50, 10) != order(2, 0, 50, 10)).any()
    assert order(1, 3, 50, 50).tolist() == list(range(50))
