"""The learner's decks as a whole: what may be added to them, as what, and what may be taken away."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tutor.decks.clean import one_line
from tutor.decks.lint import Finding, examine
from tutor.decks.packages.changes import Changes, by_id, cards_in, changes
from tutor.decks.packages.gather import deck_folder, gather
from tutor.decks.packages.install import forget_ready, link, put, put_away, staging
from tutor.decks.packages.model import check_name, deck_name
from tutor.decks.packages.places import DeckPlace, deck_places, resolved
from tutor.errors import DeckError, UsageError, unknown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from tutor.decks.index import CardSummary
    from tutor.decks.model import Card, Check

MAX_TOLD = 20
"""Of the errors that a deck is refused for."""


@dataclass(frozen=True)
class Added:
    """What became of a deck that was to be added."""

    folder: Path
    cards: Mapping[str, Card]
    findings: Sequence[Finding] = ()
    changes: Changes | None = None
    """What is other than in the one of its name that was there; None if there was none."""

    kept: Path | None = None
    """Where that one went."""

    left_out: Sequence[str] = ()
    linked: bool = False


@dataclass(frozen=True)
class Shelf:
    """Where the decks are, and what judges them."""

    bundled: Path
    own: Path
    removed: Path
    check: Check

    def places(self) -> list[DeckPlace]:
        """List the decks there are."""
        return deck_places(self.bundled, self.own)

    def free_name(self, name: str) -> Path:
        """Return the folder of a new deck. Raises UsageError if the name is none, or taken."""
        check_name(name)
        self._refuse_bundled(name)
        folder = self.own / name
        if folder.exists() or folder.is_symlink():
            raise UsageError(f"there is a deck '{name}' already, in {one_line(str(folder))}; take another name")
        return folder

    def add(
        self,
        source: Path,
        others: Sequence[CardSummary],
        now: datetime,
        *,
        name: str | None = None,
        force: bool = False,
    ) -> Added:
        """Copy a folder or a zip file to the learner's decks, in the place of an older version of it.

        ``others`` are the cards there are. Raises UsageError if it can't be, and DeckError if it has errors,
        unless ``force`` takes it without the cards that have them.
        """
        self._refuse_own(source)
        with staging(self.own) as into:
            package = gather(source, into, name and check_name(name))
            target = self.own / package.folder.name
            self._refuse_bundled(target.name)
            if target.is_symlink():
                mend = f"'tutor deck remove {target.name}' takes the link away"
                raise UsageError(
                    f"the deck '{target.name}' is a link to {one_line(str(resolved(target)))}; {mend}"
                )
            cards, findings = self._judge(package.folder, target, others, force=force)
            old = cards_in(target, self.check) if target.is_dir() else None
            found = None if old is None else changes(old, cards)
            if old and found and not found.shared:
                mend = "give this one another with --name"
                raise UsageError(f"there is another deck named '{target.name}', with other cards; {mend}")
            same = found is not None and found.none and _same_files(package.folder, target)
            kept = None if same else put(package.folder, self.own, self.removed, now)
        return Added(target, cards, findings, found, kept, package.left_out)

    def link(
        self, source: Path, others: Sequence[CardSummary], *, name: str | None = None, force: bool = False
    ) -> Added:
        """Link a folder to the learner's decks, so that it is studied as it is; raises what `add` does."""
        self._refuse_own(source)
        if not source.is_dir():
            raise UsageError(f"{one_line(str(source))} is no folder; leave out --link to copy what is in it")
        folder = resolved(deck_folder(source))
        target = self.own / (check_name(name) if name else deck_name(folder.name))
        linked = target.is_symlink() and resolved(target) == folder
        if not linked:
            self.free_name(target.name)
        cards, findings = self._judge(folder, target, others, force=force)
        if not linked:
            link(folder, self.own, target.name)
        return Added(target, cards, findings, linked=True)

    def remove(self, name: str, now: datetime) -> tuple[DeckPlace, Path | None]:
        """Take a deck away, and return what it was and where its folder went; a link's own stays where it is.

        Raises UsageError if there is none of that name, or if it comes with the tutor.
        """
        places = {place.name: place for place in self.places()}
        if name not in places:
            own = [place.name for place in places.values() if place.where != "bundled"]
            if not own:
                raise UsageError(f"there is no deck '{one_line(name)}', and none of your own to remove")
            raise unknown("deck", name, own)
        place = places[name]
        if place.where == "bundled":
            mend = "'i' on the first screen suspends its questions"
            raise UsageError(f"the deck '{name}' comes with the tutor and can't be removed; {mend}")
        if place.where == "linked":
            place.folder.unlink()
            return place, None
        forget_ready(self.own, name)
        return place, put_away(place.folder, self.removed, now)

    def _judge(
        self, folder: Path, target: Path, others: Sequence[CardSummary], *, force: bool
    ) -> tuple[Mapping[str, Card], Sequence[Finding]]:
        """Return a deck's cards and what is wrong with them; raise DeckError for errors unless ``force``."""
        besides = [card for card in others if Path(card.path).parent not in {target, folder}]
        findings, found = examine([folder], self.check, besides)
        cards = by_id(found)
        wrong = [str(finding) for finding in findings if finding.level == "error"]
        if not cards:
            wrong.append(f"{target.name}: none of its cards can be read; mend one of them")
        elif not wrong or force:
            return cards, findings
        else:
            wrong[MAX_TOLD:] = [f"and {len(wrong) - MAX_TOLD} more"] if len(wrong) > MAX_TOLD else []
            wrong.append("nothing was added: mend this, or leave these cards out with --force")
        raise DeckError("\n".join(wrong))

    def _refuse_bundled(self, name: str) -> None:
        if name in {place.name for place in deck_places(self.bundled, Path(self.own, ".none"))}:
            raise UsageError(f"the deck '{name}' comes with the tutor; give yours another name")

    def _refuse_own(self, source: Path) -> None:
        if resolved(source).is_relative_to(resolved(self.own)):
            raise UsageError(f"{one_line(str(source))} is among your decks already")


def _same_files(new: Path, old: Path) -> bool:
    """Whether two decks have the same files, to the byte."""

    def contents(folder: Path) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}

    return contents(new) == contents(old)
