"""Which backups stay, told by days alone."""

from __future__ import annotations

from datetime import date, timedelta

from services.backups.rotation import kept

SUNDAY = date(2026, 3, 15)


def every_day(count: int) -> dict[str, tuple[date, str]]:
    return {f"{SUNDAY - timedelta(days=back)}": (SUNDAY - timedelta(days=back), "03:00") for back in range(count)}


def test_the_last_days_and_the_last_of_each_week_stay() -> None:
    stays = kept(every_day(60), daily=3, weekly=3)
    assert sorted(stays) == ["2026-03-01", "2026-03-08", "2026-03-13", "2026-03-14", "2026-03-15"]


def test_nothing_more_goes_while_none_are_made() -> None:
    """Only days that have a backup count: after a month without the app, seven are still there."""
    old = {name: (day - timedelta(days=90), at) for name, (day, at) in every_day(7).items()}
    assert kept(old, daily=7, weekly=0) == set(old)


def test_of_two_on_a_day_the_later_one_stays_and_the_newest_always_does() -> None:
    two = {"early": (SUNDAY, "03:00"), "late": (SUNDAY, "17:00")}
    assert kept(two, daily=7, weekly=4) == {"late"}
    assert kept(two, daily=0, weekly=0) == {"late"}
    assert kept({}, daily=7, weekly=4) == set()


def test_weeks_are_told_apart_over_the_new_year() -> None:
    days = (date(2025, 12, 28), date(2025, 12, 30), date(2026, 1, 2), date(2026, 1, 5))
    stays = kept({str(day): (day, "") for day in days}, daily=1, weekly=3)
    assert sorted(stays) == ["2025-12-28", "2026-01-02", "2026-01-05"]
