"""A network on the digits once more, as plainly as can be: what the tutor's own is checked against."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from threadpoolctl import threadpool_limits

from tutor.optim.data import load

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]


@dataclass(frozen=True)
class Setting:
    """What is trained."""

    batch: int
    depth: int
    width: int
    steps: int
    scale: float = 1.0
    activation: str = "relu"
    init: str = "he"
    loss: str = "mse"
    optimizer: str = "sgd"


def digits(seed: int, train: int = 500) -> tuple[Array, NDArray[Any], Array, NDArray[Any]]:
    """Images and labels to train on, and others to validate with."""
    images = load("digits")
    order = np.random.default_rng(seed).permutation(len(images.labels))
    ink = images.pixels[order] / images.levels
    inputs = (ink - ink[:train].mean(axis=0)) / np.maximum(ink[:train].std(axis=0), 0.25)
    labels = images.labels[order].astype(int)
    return inputs[:train], labels[:train], inputs[-300:], labels[-300:]


def weights(setting: Setting, rates: int, seed: int) -> list[tuple[Array, Array]]:
    """A matrix and a bias for each layer, the same for each rate."""
    rng = np.random.default_rng(seed)
    sizes = (64, *[setting.width] * setting.depth, 10)
    made = []
    for before, after in pairwise(sizes):
        spread = np.sqrt(2 / before if setting.init == "he" else 2 / (before + after))
        matrix = setting.scale * spread * rng.normal(size=(before, after))
        made.append((np.tile(matrix, (rates, 1, 1)), np.zeros((rates, 1, after))))
    return made


def forward(setting: Setting, layers: list[tuple[Array, Array]], inputs: Array) -> list[Array]:
    seen = [np.broadcast_to(inputs, (len(layers[0][0]), *inputs.shape))]
    for n, (matrix, bias) in enumerate(layers):
        out = seen[-1] @ matrix + bias
        if n < setting.depth:
            out = np.maximum(out, 0) if setting.activation == "relu" else np.tanh(out)
        seen.append(out)
    return seen


def losses(setting: Setting, outputs: Array, labels: NDArray[Any]) -> tuple[Array, Array]:
    """The mean loss for each rate, and its slope by the outputs."""
    target = np.eye(10)[labels]
    many = len(labels)
    if setting.loss == "mse":
        off = outputs - target
        return 0.5 * (off**2).sum(axis=-1).mean(axis=-1), off / many
    shifted = outputs - outputs.max(axis=-1, keepdims=True)
    shares = np.exp(shifted) / np.exp(shifted).sum(axis=-1, keepdims=True)
    return -np.log((shares * target).sum(axis=-1)).mean(axis=-1), (shares - target) / many


def trained(setting: Setting, rates: Array, seed: int) -> tuple[Array, NDArray[np.bool_]]:
    """The validation loss at each rate, and which of them diverged: end above their start, or nowhere."""
    with threadpool_limits(1):
        return _trained(setting, rates, seed)


def _trained(setting: Setting, rates: Array, seed: int) -> tuple[Array, NDArray[np.bool_]]:
    inputs, labels, unseen, unseen_labels = digits(seed)
    layers = weights(setting, len(rates), seed)
    moments = [[np.zeros_like(part) for part in layer] for layer in layers]
    squares = [[np.zeros_like(part) for part in layer] for layer in layers]
    rng, queue = np.random.default_rng(seed + 1), np.array([], dtype=int)
    rate = rates[:, None, None]
    with np.errstate(all="ignore"):
        first, _ = losses(setting, forward(setting, layers, inputs)[-1], labels)
        for step in range(1, setting.steps + 1):
            if len(queue) < setting.batch:
                queue = rng.permutation(len(labels))
            chosen, queue = queue[: setting.batch], queue[setting.batch :]
            seen = forward(setting, layers, inputs[chosen])
            _, back = losses(setting, seen[-1], labels[chosen])
            slopes = []
            for n in range(setting.depth, -1, -1):
                slopes.append((seen[n].swapaxes(1, 2) @ back, back.sum(axis=1, keepdims=True)))
                curve = (seen[n] > 0) if setting.activation == "relu" else 1 - seen[n] ** 2
                back = (back @ layers[n][0].swapaxes(1, 2)) * curve
            for n, slope in enumerate(reversed(slopes)):
                parts = []
                for k in range(2):
                    if setting.optimizer == "adam":
                        moments[n][k] = 0.9 * moments[n][k] + 0.1 * slope[k]
                        squares[n][k] = 0.999 * squares[n][k] + 0.001 * slope[k] ** 2
                        size = np.sqrt(squares[n][k] / (1 - 0.999**step)) + 1e-8
                        move = moments[n][k] / (1 - 0.9**step) / size
                    elif setting.optimizer == "rmsprop":
                        squares[n][k] = 0.99 * squares[n][k] + 0.01 * slope[k] ** 2
                        move = slope[k] / (np.sqrt(squares[n][k]) + 1e-8)
                    else:
                        beta = 0.9 if setting.optimizer == "momentum" else 0.0
                        moments[n][k] = beta * moments[n][k] + slope[k]
                        move = moments[n][k]
                    parts.append(layers[n][k] - rate * move)
                layers[n] = (parts[0], parts[1])
        last, _ = losses(setting, forward(setting, layers, inputs)[-1], labels)
        found, _ = losses(setting, forward(setting, layers, unseen)[-1], unseen_labels)
    gone = ~(last <= first)
    return np.where(gone, np.inf, found), gone


def largest_stable(setting: Setting, seed: int) -> float:
    """The largest rate up to which nothing diverges, by a coarse grid and a finer one in its gap."""
    low, high = 5e-4, 8.0
    for _ in range(2):
        rates = np.geomspace(low, high, 8)
        _, gone = trained(setting, rates[1:-1], seed)
        first = 1 + int(np.append(gone, True).argmax())
        low, high = float(rates[first - 1]), float(rates[first])
    return low
