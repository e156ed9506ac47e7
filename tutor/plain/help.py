"""What can be typed in a session of lines."""

from __future__ import annotations

HELP = (
    "  1, 2, 3, 4 or a, b, c, d: answer; a number such as 0.08 where a number is asked for.",
    "  13 or a c: all the options that are right, where there may be several.",
    "  words: what fills a gap; = hard if they would mean something else, as hard does.",
    "  h: a hint; a right answer then counts as Hard.",
    "  guess, maybe, sure: how sure you are, before you answer.",
    "  Where the options or the answer come later: write your answer, or Enter alone for one in mind.",
    "  e: read the card again, which counts as a hint.",
    "  x: I don't know; show the answer.",
    "  r: run the experiment of the question just answered; r 0.2 at this rate.",
    "  again, hard, good, easy: let the last answer count as this.",
    "  u: undo the last answer, also one of an earlier day; redo: give it again.",
    "  i: all that happened to the question.",
    "  unclear: its paragraph is not clear, so that its questions come sooner; unclear 2: the second one.",
    "  suspend, bury, reset: leave it out, leave it out until tomorrow, let it begin anew.",
    "  Enter alone: say the question again.",
    "  go: go on although the time is up.",
    "  q: leave; everything is kept.",
)
