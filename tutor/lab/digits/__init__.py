"""Long experiments on handwritten digits: each a generator of immutable partial states.

``table.EXPERIMENTS`` has them by name. A ``LongExperiment`` runs in a ``Workshop``, which decides where the
work is done (in this process, in several, on a cluster) and keeps what is finished in a cache.
"""
