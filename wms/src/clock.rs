//! The wall clock, where it is read: rules get the time as an argument.

use uplink::UnixMillis;

/// Now, in milliseconds since 1970-01-01 UTC.
pub fn now() -> UnixMillis {
    jiff::Timestamp::now().as_millisecond()
}

/// Today's date where the server stands, as YYYYMMDD.
pub fn today() -> i64 {
    let date = jiff::ZonedDateTime::now().date();
    i64::from(date.year()) * 10_000 + i64::from(date.month()) * 100 + i64::from(date.day())
}
