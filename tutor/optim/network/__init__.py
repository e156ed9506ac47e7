"""Networks of dense layers, trained in stacks: many runs at once, each as it would go alone."""

from tutor.optim.network.activations import ACTIVATIONS
from tutor.optim.network.checkpoint import Checkpoint
from tutor.optim.network.curvature import hessian_vector
from tutor.optim.network.evaluation import evaluate
from tutor.optim.network.inits import INITS, initial
from tutor.optim.network.losses import LOSSES
from tutor.optim.network.model import Network
from tutor.optim.network.noise_scale import noise_scale
from tutor.optim.network.recipe import TRAINERS, Recipe, Run, trainer
from tutor.optim.network.sharpness import sharpness
from tutor.optim.network.training import Training, train

__all__ = [
    "ACTIVATIONS",
    "INITS",
    "LOSSES",
    "TRAINERS",
    "Checkpoint",
    "Network",
    "Recipe",
    "Run",
    "Training",
    "evaluate",
    "hessian_vector",
    "initial",
    "noise_scale",
    "sharpness",
    "train",
    "trainer",
]
