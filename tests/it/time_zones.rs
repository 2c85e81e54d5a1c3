//! Tests the current date in any time zone, even if the system has no time zone data. Must not use the zone
//! names to compute the expected date.

use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use assert_cmd::Command;

use super::cli::{folder, read, write};
use super::support;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// Zones without daylight saving time, and how far each is ahead of UTC.
const ZONES: [(&str, i64); 6] = [
    ("Pacific/Kiritimati", 14 * HOUR),
    ("Asia/Tokyo", 9 * HOUR),
    ("Asia/Kathmandu", 5 * HOUR + 45 * MINUTE),
    ("UTC", 0),
    ("America/Phoenix", -7 * HOUR),
    ("Etc/GMT+12", -12 * HOUR),
];

fn now() -> i64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("the clock is past 1970");
    now.as_secs().cast_signed()
}

/// Returns the calendar date at this offset from UTC, computed from the rules of the calendar.
fn day(seconds: i64, ahead: i64) -> String {
    let mut left = (seconds + ahead).div_euclid(DAY);
    let mut year = 1970;
    let is_leap = |year: i64| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let length = |year: i64| if is_leap(year) { 366 } else { 365 };
    while left >= length(year) {
        left -= length(year);
        year += 1;
    }
    let february = if is_leap(year) { 29 } else { 28 };
    let mut month = 1;
    for days in [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] {
        if left < days {
            break;
        }
        left -= days;
        month += 1;
    }
    format!("{year}-{month:02}-{:02}", left + 1)
}

/// Saves a session in a time zone and returns its date.
fn dated(zone: &str, zone_data: Option<&Path>) -> String {
    let folder = folder();
    let questionnaire = support::sample();
    write(
        &folder,
        "s.ron",
        &support::session(&questionnaire, &[]).to_ron(&questionnaire).expect("it is one"),
    );
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("langfit"));
    command.current_dir(folder.path()).env("XDG_STATE_HOME", support::state_home()).env("TZ", zone);
    if let Some(path) = zone_data {
        command.env("TZDIR", path);
    }
    command.args(support::on_sample(&["advise", "s.ron", "--save", "--title", "T"])).assert().success();
    let saved = read(&folder, "s.ron");
    let (_, date) = saved.split_once("    date: \"").expect("it is dated");
    date[..10].to_owned()
}

#[test]
fn the_day_is_the_one_where_the_person_is() {
    let mut days = Vec::new();
    for (zone, ahead) in ZONES {
        let before = day(now(), ahead);
        let dated = dated(zone, None);
        let after = day(now(), ahead);
        assert!(dated == before || dated == after, "{zone}: {dated}, not {before}");
        days.push(dated);
    }
    assert!(days[0] > days[5], "26 hours apart it is never the same day: {days:?}");
}

/// A container may have no time zone data.
#[test]
fn zones_are_known_without_the_systems_help() {
    let folder = folder();
    for (zone, ahead) in ZONES {
        let before = day(now(), ahead);
        let dated = dated(zone, Some(folder.path()));
        assert!([before, day(now(), ahead)].contains(&dated), "{zone}: {dated}");
    }
}
