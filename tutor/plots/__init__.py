"""Figures to terminal text: clip, decimate, draw. The only importer of plotext, and only when it draws."""
