//! The door: what a device says is held against what is known of it before anything is made of it. Gateway and WMS both ask
//! here; neither trusts the room before it.
//!
//! A device that says what it can't be saying (a key at position 200 of 24, a weight told by a scanner) is not believed.

#![warn(clippy::arithmetic_side_effects)]

use crate::{DeviceId, DeviceKind, EventBody, UnixMillis};

/// What is known of a device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// What it is.
    pub kind: DeviceKind,
    /// Positions of a shelf; 1 for others.
    pub units: u8,
}

/// Why a device's word is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strange {
    /// No gateway has reported such a device.
    Unknown,
    /// No device of its kind says this.
    Kind,
    /// It has fewer positions: this one, counted from 1, of so many.
    Position {
        /// Which it spoke of.
        position: u16,
        /// How many it has.
        units: u8,
    },
}

/// Whether a device can have said this.
///
/// # Errors
/// Where it can't: why.
pub fn believe(known: Option<Known>, body: &EventBody) -> Result<(), Strange> {
    let Known { kind, units } = known.ok_or(Strange::Unknown)?;
    let (of, position) = match body {
        EventBody::Key { position, .. } | EventBody::Tested { position, .. } => {
            (Some(DeviceKind::Shelf), Some(*position))
        }
        EventBody::Fault { position, .. } => (None, *position),
        EventBody::Scan { .. } => (Some(DeviceKind::Scanner), None),
        EventBody::Weight { .. } => (Some(DeviceKind::Scale), None),
        EventBody::Printed { .. } | EventBody::Printer { .. } => (Some(DeviceKind::Printer), None),
        EventBody::Restarted { .. } | EventBody::Lost { .. } => (None, None),
    };
    if of.is_some_and(|of| of != kind) {
        return Err(Strange::Kind);
    }
    match position {
        Some(position) if position >= units => Err(Strange::Position {
            position: u16::from(position).saturating_add(1),
            units,
        }),
        _ => Ok(()),
    }
}

/// Longest name of a device, in bytes: ours have 16.
const LONGEST_NAME: usize = 64;

/// Whether a device can have this name: short, and nothing in it that can't be shown or kept.
pub fn is_name(device: &DeviceId) -> bool {
    (1..=LONGEST_NAME).contains(&device.0.len()) && device.0.bytes().all(|byte| byte.is_ascii_graphic())
}

/// A word about a device as it can be shown and kept: no control characters, and no more than a line of it.
pub fn plain(text: &str) -> String {
    let shown = text.chars().filter(|c| !c.is_control());
    shown.take(LONGEST_WORD).collect()
}

/// Longest word about a device (port, firmware, why it can't be used), in characters.
const LONGEST_WORD: usize = 400;

/// The first millisecond that a calendar of ours has room for, and the first after it: 1970 to 9999.
const CALENDAR: std::ops::Range<UnixMillis> = 0..253_402_300_800_000;

/// A moment told by a machine outside, if it is one that a calendar shows.
pub fn moment(at: UnixMillis) -> Option<UnixMillis> {
    CALENDAR.contains(&at).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Key;

    #[test]
    fn r7_a_device_is_believed_what_it_can_say() {
        let known = |kind, units| Some(Known { kind, units });
        let key = |position| EventBody::Key {
            position,
            key: Key::Confirm,
            count: None,
            tag: 1,
        };
        let fault = |position| EventBody::Fault {
            fault: "key_stuck".into(),
            position,
        };
        let shelf = known(DeviceKind::Shelf, 24);
        assert_eq!(believe(shelf, &key(23)), Ok(()));
        let beyond = |position| Err(Strange::Position { position, units: 24 });
        assert_eq!(believe(shelf, &key(24)), beyond(25));
        assert_eq!(believe(shelf, &key(255)), beyond(256));
        assert_eq!(believe(shelf, &fault(Some(24))), beyond(25));
        assert_eq!(believe(shelf, &fault(None)), Ok(()));
        assert_eq!(believe(known(DeviceKind::Scale, 1), &key(0)), Err(Strange::Kind));
        assert_eq!(believe(known(DeviceKind::Scale, 1), &fault(Some(0))), Ok(()));
        assert_eq!(believe(None, &fault(None)), Err(Strange::Unknown));
    }

    #[test]
    fn r7_a_name_is_short_and_plain() {
        for (name, is) in [
            ("5649525400000101", true),
            ("", false),
            ("a b", false),
            ("12\u{0}34", false),
            ("设备", false),
            (&"x".repeat(64), true),
            (&"x".repeat(65), false),
        ] {
            assert_eq!(is_name(&DeviceId(name.into())), is, "{name:?}");
        }
        assert_eq!(plain("/dev/tty\u{0}USB0\n"), "/dev/ttyUSB0");
        assert_eq!(plain(&"设".repeat(1_000)).chars().count(), LONGEST_WORD);
    }

    #[test]
    fn r7_a_moment_is_one_of_the_calendar() {
        for (at, is) in [
            (i64::MIN, false),
            (-1, false),
            (0, true),
            (1_795_910_400_000, true),
            (i64::MAX, false),
        ] {
            assert_eq!(moment(at).is_some(), is, "{at}");
        }
    }
}
