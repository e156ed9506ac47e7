"""What the store asks SQLite, where more than one module does or it takes more than a line."""

from __future__ import annotations

# A review's latest amendment says what holds of it.
AMENDED = """
    reviews r LEFT JOIN amendments a ON a.id = (
        SELECT id FROM amendments WHERE review = r.id ORDER BY tick DESC, id DESC LIMIT 1)
"""

REVIEWS = f"""
    SELECT r.id, r.question, r.at, r.offset, coalesce(a.day, r.day), r.device, r.kind, r.answer, r.correct,
        r.hints, r.confidence, r.ms, r.seed, r.due, r.practice, r.rating, coalesce(a.rating, r.rating),
        a.id IS NOT NULL AND a.rating IS NULL
    FROM {AMENDED}
"""

# What the states are folded from: the reviews in force.
COUNTED = f"""
    SELECT r.question, r.tick, r.id, coalesce(a.day, r.day), coalesce(a.rating, r.rating), r.due
    FROM {AMENDED}
    WHERE NOT r.practice AND (a.id IS NULL OR a.rating IS NOT NULL)
"""

# Of some questions, those with a review in force on an earlier day.
SEEN_BEFORE = f"""
    SELECT DISTINCT r.question FROM {AMENDED}
    WHERE NOT r.practice AND (a.id IS NULL OR a.rating IS NOT NULL) AND coalesce(a.day, r.day) < :day
        AND r.question IN (SELECT value FROM json_each(:questions))
"""

# The review in force that was kept last.
LAST_IN_FORCE = f"""
    SELECT r.rowid, r.id FROM {AMENDED} WHERE a.id IS NULL OR a.rating IS NOT NULL
    ORDER BY r.rowid DESC LIMIT 1
"""

# Of the reviews after some row, which are all undone, the one that was undone last.
LAST_UNDONE = """
    SELECT r.id FROM reviews r JOIN amendments a ON a.review = r.id WHERE r.rowid > ?
    ORDER BY a.rowid DESC LIMIT 1
"""

# When the questions that were ever marked as not clear were last passed.
LAST_PASSED = f"""
    SELECT r.question, max(r.tick) FROM {AMENDED}
    WHERE NOT r.practice AND coalesce(a.rating, r.rating) > 1 AND (a.id IS NULL OR a.rating IS NOT NULL)
        AND r.question IN (SELECT question FROM acts WHERE what = 'unclear')
    GROUP BY r.question
"""

# The rating that last held of a review.
LAST_RATING = """
    SELECT coalesce(
        (SELECT rating FROM amendments WHERE review = :review AND rating IS NOT NULL
         ORDER BY tick DESC, id DESC LIMIT 1), rating)
    FROM reviews WHERE id = :review
"""

# The rating that holds of a review; null if it was undone.
RATING_NOW = f"SELECT iif(a.id IS NULL, r.rating, a.rating) FROM {AMENDED} WHERE r.id = :review"

# Later than whatever happened to the question before, though the clock was set back.
_TICK = """
    max(:at, coalesce((SELECT max(tick) + 1 FROM reviews WHERE question = :question), :at),
        coalesce((SELECT max(tick) + 1 FROM acts WHERE question = :question), :at))
"""

NEW_REVIEW = f"""
    INSERT INTO reviews (id, question, tick, at, offset, day, device, kind, answer, correct, hints,
        confidence, ms, rating, seed, due, practice)
    VALUES (:id, :question, {_TICK}, :at, :offset, :day, :device, :kind, :answer, :correct, :hints,
        :confidence, :ms, :rating, :seed, :due, :practice)
"""

# The day that an earlier amendment put right stays.
NEW_AMENDMENT = """
    INSERT INTO amendments (id, review, tick, at, device, rating, day)
    VALUES (:id, :review,
        (SELECT max(:at, coalesce(max(tick) + 1, :at)) FROM amendments WHERE review = :review),
        :at, :device, :rating, coalesce(:day,
        (SELECT day FROM amendments WHERE review = :review ORDER BY tick DESC, id DESC LIMIT 1)))
"""

ACTS = "SELECT id, question, tick, at, offset, day, device, what, value FROM acts"

# All acts on the questions that were ever marked as not clear.
ACTS_ON_MARKED = f"""
    {ACTS} WHERE question IN (SELECT question FROM acts WHERE what = 'unclear') ORDER BY tick, id
"""

NEW_ACT = f"""
    INSERT INTO acts (id, question, tick, at, offset, day, device, what, value)
    VALUES (:id, :question, {_TICK}, :at, :offset, :day, :device, :what, :value)
"""

ONLY_STATES = "SELECT question, last, reps, lapses, stability, difficulty, day, due, rating FROM states"

STATES = """
    SELECT question, last, reps, lapses, stability, difficulty, day, due, rating,
        coalesce(suspended, 0), buried
    FROM states LEFT JOIN holds USING (question)
"""

# What was failed stays in today's routine; a rating of 1 is Rating.AGAIN.
STATES_BY = f"{STATES} WHERE due <= ? OR rating = 1"

# Those of today and before, and what was failed on a later day, before the clock was set back.
DUE = """
    SELECT question FROM (
        SELECT question, due FROM states WHERE due <= :today
        UNION ALL SELECT question, due FROM states WHERE rating = 1 AND +due > :today AND due <= day)
    LEFT JOIN holds USING (question)
    WHERE NOT coalesce(suspended, 0) AND coalesce(buried, '') <= :today
    ORDER BY due, question
"""

# An update in place, where there is a state, leaves the indices alone that do not change.
NEW_STATE = """
    INSERT INTO states (question, last, reps, lapses, stability, difficulty, day, due, rating)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (question) DO UPDATE SET last = excluded.last, reps = excluded.reps,
        lapses = excluded.lapses, stability = excluded.stability, difficulty = excluded.difficulty,
        day = excluded.day, due = excluded.due, rating = excluded.rating
"""

HOLDS = "SELECT question, suspended, buried FROM holds"

NEW_HOLD = "INSERT OR REPLACE INTO holds (question, suspended, buried) VALUES (?, ?, ?)"
