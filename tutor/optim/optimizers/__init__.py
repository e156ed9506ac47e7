"""The rules that descend, each one row of the table OPTIMIZERS."""

from tutor.optim.optimizers.adam import frozen_limit
from tutor.optim.optimizers.base import Here, Optimizer, State
from tutor.optim.optimizers.table import OPTIMIZERS, SGD, optimizer

__all__ = ["OPTIMIZERS", "SGD", "Here", "Optimizer", "State", "frozen_limit", "optimizer"]
