"""Study days against wall clocks reckoned by zoneinfo."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.memory.clock import Moment, study_day, system_clock

ZONES = [
    "Europe/Berlin",
    "America/St_Johns",
    "Asia/Kathmandu",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
    "UTC",
]


def moment(instant: datetime) -> Moment:
    offset = instant.utcoffset()
    assert offset is not None
    return Moment(round(instant.timestamp() * 1000), int(offset / timedelta(minutes=1)))


def wall(text: str, zone: str) -> Moment:
    return moment(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)))


@pytest.mark.parametrize(
    ("text", "zone", "rollover", "day"),
    [
        ("2026-11-23 03:59:59.999", "UTC", 4, "2026-11-22"),
        ("2026-11-23 04:00", "UTC", 4, "2026-11-23"),
        ("2026-11-24 03:59", "Asia/Kathmandu", 4, "2026-11-23"),
        ("2026-11-23 00:00", "America/St_Johns", 0, "2026-11-23"),
        ("2026-11-23 22:59", "UTC", 23, "2026-11-22"),
        # Clocks go forward at 2 on 29 March, back at 3 on 25 October; the day still begins at 4 on them.
        ("2026-03-29 03:59", "Europe/Berlin", 4, "2026-03-28"),
        ("2026-03-29 04:00", "Europe/Berlin", 4, "2026-03-29"),
        ("2026-10-25 03:59", "Europe/Berlin", 4, "2026-10-24"),
        ("2026-10-25 04:00", "Europe/Berlin", 4, "2026-10-25"),
        # The same instant on both sides of the date line.
        ("2026-11-23 12:00", "Pacific/Kiritimati", 4, "2026-11-23"),
        ("2026-11-22 11:00", "Pacific/Pago_Pago", 4, "2026-11-22"),
    ],
)
def test_a_study_day_begins_at_the_rollover_hour_of_the_wall_clock(
    text: str, zone: str, rollover: int, day: str
) -> None:
    assert study_day(wall(text, zone), rollover) == date.fromisoformat(day)


@given(
    instant=st.datetimes(datetime(1970, 1, 2), datetime(2100, 1, 1)),  # noqa: DTZ001 - UTC is put on below
    zone=st.sampled_from(ZONES),
    rollover=st.integers(0, 23),
)
def test_a_study_day_is_the_local_date_some_hours_ago(instant: datetime, zone: str, rollover: int) -> None:
    local = instant.replace(microsecond=0, tzinfo=UTC).astimezone(ZoneInfo(zone))
    hours_ago = local.replace(tzinfo=None) - timedelta(hours=rollover)
    assert study_day(moment(local), rollover) == hours_ago.date()


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone of a process cannot be set here")
@pytest.mark.parametrize(("zone", "offset"), [("UTC0", 0), ("IST-5:30", 330), ("NST3:30", -210)])
def test_the_system_clock_knows_its_zone(zone: str, offset: int, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setenv("TZ", zone)
        time.tzset()
        now = system_clock()
    time.tzset()
    assert now.offset == offset
    assert abs(now.ms - time.time() * 1000) < 5000
