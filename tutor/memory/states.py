"""The states of many questions, as a mapping that is asked for a few of them.

Decks of 100,000 questions take a second to read whole, and a day's routine needs only what is due and a look at
some cards.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import date

    from tutor.memory.model import State
    from tutor.memory.reading import Reader


class States(Mapping[str, "State"]):
    """The state of each question that has one, by its id."""

    def __init__(self, known: Mapping[str, State]) -> None:
        """Serve what is ``known`` already."""
        self._known = known

    def __getitem__(self, question: str) -> State:
        return self._known[question]

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)

    def by(self, last: date) -> dict[str, State]:
        """Return the states of what comes back on the study day ``last`` or before, held or not.

        What was failed is among them, even if the clock was set back since.
        """
        return {question: state for question, state in self.items() if state.learning or state.due <= last}

    def answered(self, day: date) -> dict[str, State]:
        """Return the states of what was answered last on the study day ``day``."""
        return {question: state for question, state in self.items() if state.day == day}


class StoredStates(States):
    """The states of those of some questions that a store has, each read when it is first asked for."""

    def __init__(self, reader: Reader, questions: Collection[str]) -> None:
        """Look which of the ``questions`` have a state."""
        super().__init__({})
        self._reader = reader
        self._seen = reader.seen().intersection(questions)
        self._read: dict[str, State] = {}

    def __contains__(self, question: object) -> bool:
        return question in self._seen

    def __getitem__(self, question: str) -> State:
        if question not in self._read:
            if question not in self._seen:
                raise KeyError(question)
            state = self._reader.state(question)
            if state is None:  # undone in another session since
                self._seen.discard(question)
                raise KeyError(question)
            self._read[question] = state
        return self._read[question]

    def __iter__(self) -> Iterator[str]:
        return iter(self._seen)

    def __len__(self) -> int:
        return len(self._seen)

    def by(self, last: date) -> dict[str, State]:
        """Return what `States.by` does, by one query."""
        return self._keep(self._reader.states_by(last))

    def answered(self, day: date) -> dict[str, State]:
        """Return what `States.answered` does, by one query."""
        return self._keep(self._reader.states_of(day))

    def _keep(self, found: dict[str, State]) -> dict[str, State]:
        mine = {question: state for question, state in found.items() if question in self._seen}
        self._read |= mine
        return mine
