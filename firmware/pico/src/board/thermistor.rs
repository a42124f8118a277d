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

/// Temperature in °C. A wire that is broken reads as the cold of the pole: that counts as hottest, so that nothing is heated.
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
