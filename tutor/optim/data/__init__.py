"""Images of handwritten digits: the embedded ones, 5,000 of MNIST, or any in the files of MNIST's format."""

from tutor.optim.data.images import CLASSES, Images
from tutor.optim.data.load import load
from tutor.optim.data.split import Examples, Split, held_out, split

__all__ = ["CLASSES", "Examples", "Images", "Split", "held_out", "load", "split"]
