"""How both front ends say days, ratings and states in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.memory.model import Rating

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from tutor.decks.model import Card
    from tutor.memory.model import State
    from tutor.study.standing import CardStanding
    from tutor.study.steps import Asking, Feedback, Finished

RATINGS = {Rating.AGAIN: "Again", Rating.HARD: "Hard", Rating.GOOD: "Good", Rating.EASY: "Easy"}


CONFIDENCE = {1: "a guess", 2: "maybe", 3: "sure"}


def counted(number: int, noun: str) -> str:
    """Return the number with its noun: "1 question", "2 questions"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def comes_back(day: date, today: date) -> str:
    """Say when something due on ``day`` comes back: "in this session", "tomorrow", "in 11 days"."""
    days = (day - today).days
    if days <= 0:
        return "in this session"
    return "tomorrow" if days == 1 else f"in {days:,} days"


def span(day: date, today: date) -> str:
    """Return the time until ``day`` in the fewest characters: "now", "11 d", "16 mo", "4 y"."""
    days = (day - today).days
    if days <= 0:
        return "now"
    if days < 100:
        return f"{days} d"
    return f"{round(days / 30.44)} mo" if days < 730 else f"{round(days / 365.25)} y"


def weekday(day: date) -> str:
    """Return the day as a heading says it: "Mon 23 November"."""
    return f"{day:%a} {day.day} {day:%B}"


def help_taken(step: Asking) -> str:
    """Say how much help the question was given, and how sure the learner is."""
    help_ = counted(step.help_taken, "hint") if step.help_taken else "no hint yet"
    return f"{CONFIDENCE[step.confidence]} · {help_}" if step.confidence else help_


def asked_where(step: Asking) -> str:
    """Say which question of how many it is."""
    what = "practice" if step.practice else "question"
    return f"{what} {step.number} of {step.total}{', again' if step.repeated else ''}"


def what_is_shown(step: Asking) -> str:
    """Say what comes once the learner has an answer."""
    return "the options" if step.form == "hidden" else "the answer"


def wait(step: Asking) -> str:
    """Say that the learner is to find an answer first."""
    why = "" if step.question.kind == "recall" else "You have known this for a while: "
    return f"{why}{'find' if why else 'Find'} your answer first. Enter then shows {what_is_shown(step)}."


PRACTISED = "the schedule stays as it is"
"""What an answer in practice changes."""


def forgotten(step: Feedback) -> str:
    """Say what happens to a question that keeps being forgotten."""
    times = counted(step.lapses, "time")
    return f"Forgotten {times} so far: you see its paragraph before it is asked again."


def keeps_slipping(state: State) -> str:
    """Say why a paragraph is shown once more before its question."""
    times = counted(state.lapses, "time")
    return f"The next question is hard to keep: forgotten {times}. This is where it comes from."


def left(step: Finished) -> str:
    """Say what the time box left."""
    return f"The time for today is up; {counted(step.left, 'question')} can wait, or be asked now."


def short(title: str) -> str:
    """Return what stands before the colon of a card's title, by which it is known among others."""
    return title.partition(":")[0]


def stands(row: CardStanding) -> str:
    """Say how the learner stands with a card."""
    match row.standing:
        case "waiting":
            return f"waits for {'; '.join(short(card.title) for card in row.needs)}"
        case "new":
            return "new, and open"
        case "due" | "reading":
            return row.detail if row.due or not row.learned else f"{row.detail} learned"
        case "held":
            return "left out"
        case standing:
            return standing


def created(card: Card) -> str:
    """Say who made a card, and when."""
    return f"Created by {card.author}, {card.created.day} {card.created:%B %Y %H:%M} UTC"


def facts(card: Card) -> list[str]:
    """Return what is known of a card besides its text, one fact a line."""
    return [
        f"{card.difficulty} · {card.topic}",
        created(card),
        f"University approvals: {len(card.approvals)}{_listed([each.by for each in card.approvals])}",
        f"Related cards: {len(card.related)}",
        f"Videos: {len(card.videos)}",
    ]


def rests_on(card: Card) -> str:
    """Count what there is to follow from a card: "2 related cards, 1 source"; nothing if there is nothing."""
    there = {
        "approval": card.approvals,
        "related card": card.related,
        "source": card.sources,
        "video": card.videos,
    }
    return ", ".join(counted(len(each), noun) for noun, each in there.items() if each)


def _listed(names: Sequence[str]) -> str:
    return f" ({', '.join(names)})" if names else ""
