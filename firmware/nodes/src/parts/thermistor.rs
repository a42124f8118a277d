//! A thermistor of 30 kΩ at 25 °C, B 3950 K, from the pin to ground, with 30 kΩ to 3.3 V.

/// The first value of the table belongs to this temperature, °C.
const FIRST: i32 = -10;
/// From one value to the next, K.
const STEP: i32 = 5;
/// Readings of the 12-bit converter: 4095 · R ÷ (R + 30 kΩ), R = 30 kΩ · exp(B · (1/T − 1/298.15 K)).
const READINGS: [u16; 21] = [
    3495, 3337, 3156, 2955, 2738, 2510, 2278, 2048, 1825, 1614, 1419, 1241, 1081, 940, 815, 707, 613, 532, 462, 401,
    350,
];

/// Temperature in °C for a reading, 0 (ground) to 4095 (3.3 V). A wire that is broken reads as the cold of the pole, one that is
/// shorted as the heat of an oven: both count as hottest, so that nothing is heated.
#[must_use]
pub fn celsius(reading: u16) -> i8 {
    let Some(above) = READINGS.iter().position(|at| *at <= reading) else {
        return i8::MAX;
    };
    let Some(below) = above.checked_sub(1) else {
        return i8::MAX;
    };
    let (cold, warm) = (i32::from(READINGS[below]), i32::from(READINGS[above]));
    let celsius = FIRST + STEP * below as i32 + STEP * (cold - i32::from(reading)) / (cold - warm);
    celsius as i8
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the converter reads at this temperature, by the thermistor's formula.
    fn reading(celsius: f64) -> u16 {
        let ratio = (3950.0 * (1.0 / (celsius + 273.15) - 1.0 / 298.15)).exp();
        (4095.0 * ratio / (ratio + 1.0)).round() as u16
    }

    #[test]
    fn between_the_ends_of_its_table_it_is_right_to_a_degree() {
        for celsius in FIRST + 1..FIRST + STEP * (READINGS.len() as i32 - 1) {
            let said = super::celsius(reading(f64::from(celsius)));
            assert!((i32::from(said) - celsius).abs() <= 1, "{celsius} °C reads as {said}");
        }
    }

    #[test]
    fn each_value_of_the_table_is_its_temperature() {
        for (at, value) in READINGS.iter().enumerate().skip(1) {
            assert_eq!(i32::from(celsius(*value)), FIRST + STEP * at as i32);
        }
    }

    #[test]
    fn a_broken_wire_a_short_and_what_no_head_can_be_count_as_hottest() {
        for value in [4_095, 4_000, READINGS[0], READINGS[20] - 1, 1, 0] {
            assert_eq!(celsius(value), i8::MAX, "{value}");
        }
    }
}
