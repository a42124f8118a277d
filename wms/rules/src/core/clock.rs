//! The school's zone, in which people read the time and numbers bear the day.

use jiff::tz::{Offset, TimeZone};
use jiff::{Span, Timestamp, ZonedDateTime};
use uplink::UnixMillis;

/// The zone in which a school reads the clock. It is a setting and not the machine's: a server in a container or a bare
/// install stands in UTC, and nobody notices before papers bear yesterday's date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone(TimeZone);

/// A name that is no zone's.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no time zone {0:?}: give a name of the IANA list; for all of China that is Asia/Shanghai")]
pub struct NoZone(String);

impl Default for Zone {
    /// China's: it has one zone, and no summer time.
    fn default() -> Self {
        Self(TimeZone::get(Self::USUAL).unwrap_or_else(|_| TimeZone::fixed(Offset::constant(8))))
    }
}

impl Zone {
    /// Name of the zone that holds where none is given.
    pub const USUAL: &str = "Asia/Shanghai";

    /// The zone of a name on the IANA list (`Asia/Shanghai`).
    ///
    /// # Errors
    /// Where there is none of that name.
    pub fn of_name(name: &str) -> Result<Self, NoZone> {
        // These two stand on the list and mean that nobody knows.
        let known = |zone: &TimeZone| !zone.is_unknown() && !name.eq_ignore_ascii_case("Factory");
        let zone = TimeZone::get(name).ok().filter(known);
        zone.map(Self).ok_or_else(|| NoZone(name.to_owned()))
    }

    fn there(&self, at: UnixMillis) -> Option<ZonedDateTime> {
        let at = Timestamp::from_millisecond(at).ok()?;
        Some(at.to_zoned_datetime(self.0.clone()))
    }

    fn format(&self, at: UnixMillis, pattern: &str) -> String {
        self.there(at)
            .map(|at| at.strftime(pattern).to_string())
            .unwrap_or_default()
    }

    /// The day as a number, YYYYMMDD; 0 beyond the calendar.
    pub fn day(&self, at: UnixMillis) -> i64 {
        self.there(at).map_or(0, |at| {
            let date = at.date();
            i64::from(date.year()) * 10_000 + i64::from(date.month()) * 100 + i64::from(date.day())
        })
    }

    /// Time of day (`10:21:44`); empty beyond the calendar, as all of these.
    pub fn time(&self, at: UnixMillis) -> String {
        self.format(at, "%H:%M:%S")
    }

    /// Time of day beside something that bears a date; with its own date where that is another.
    pub fn time_on(&self, at: UnixMillis, dated: UnixMillis) -> String {
        if self.day(at) == self.day(dated) {
            self.time(at)
        } else {
            self.date_time(at)
        }
    }

    /// Date (`2026-11-23`).
    pub fn date(&self, at: UnixMillis) -> String {
        self.format(at, "%Y-%m-%d")
    }

    /// Date and time (`2026-11-23 10:21:44`).
    pub fn date_time(&self, at: UnixMillis) -> String {
        self.format(at, "%Y-%m-%d %H:%M:%S")
    }

    /// The date so many days later.
    pub fn date_after(&self, at: UnixMillis, days: i64) -> String {
        let then = || {
            let date = self.there(at)?.date();
            date.checked_add(Span::new().try_days(days).ok()?).ok()
        };
        then().map(|date| date.to_string()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-12-31 16:00:05 UTC: in Beijing the year is five seconds old.
    const NEW_YEAR: UnixMillis = 1_798_732_805_000;
    const DAY: UnixMillis = 86_400_000;

    #[test]
    fn w6_the_day_is_the_school_s() {
        let school = Zone::default();
        assert_eq!(school, Zone::of_name("Asia/Shanghai").expect("known"));
        assert_eq!(school.day(NEW_YEAR), 20_270_101);
        assert_eq!(school.date_time(NEW_YEAR), "2027-01-01 00:00:05");
        assert_eq!(school.date(NEW_YEAR - 6_000), "2026-12-31");
        assert_eq!(Zone::of_name("UTC").expect("known").day(NEW_YEAR), 20_261_231);
        assert_eq!(Zone::of_name("Asia/Urumqi").expect("known").time(NEW_YEAR), "22:00:05");
    }

    #[test]
    fn w6_a_time_of_another_day_bears_its_date() {
        let school = Zone::default();
        assert_eq!(school.time_on(NEW_YEAR, NEW_YEAR - 6_000), "2027-01-01 00:00:05");
        assert_eq!(school.time_on(NEW_YEAR - 6_000, NEW_YEAR), "2026-12-31 23:59:59");
        assert_eq!(school.time_on(NEW_YEAR, NEW_YEAR + 6_000), "00:00:05");
        assert_eq!(school.time_on(NEW_YEAR, NEW_YEAR + DAY), "2027-01-01 00:00:05");
    }

    #[test]
    fn w6_what_is_no_zone_is_refused() {
        for name in ["Asia/Beijing", "", "CST-8", "Etc/Unknown", "Factory", "../zone", "Asia"] {
            let refused = Zone::of_name(name).expect_err(name).to_string();
            assert!(
                refused.contains(&format!("{name:?}")) && refused.contains("Asia/Shanghai"),
                "{refused}"
            );
        }
    }

    #[test]
    fn a_date_so_many_days_later() {
        let school = Zone::default();
        assert_eq!(school.date_after(NEW_YEAR, 0), "2027-01-01");
        assert_eq!(school.date_after(NEW_YEAR, 30), school.date(NEW_YEAR + 30 * DAY));
        assert_eq!(school.date_after(NEW_YEAR, i64::from(i32::MAX)), "");
        assert_eq!((school.time(i64::MAX), school.day(i64::MAX)), (String::new(), 0));
    }
}
