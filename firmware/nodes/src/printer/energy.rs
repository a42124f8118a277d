//! How long a dot must be hot to blacken the paper.
//!
//! Formulas and figures: Seiko LTP01-245-11 technical reference, p. 3-22, equations 4 and 5; the element of LTP02-245-01 is the same
//! (its reference, p. 3-17: 180 Ω).
//!
//! | | |
//! |---|---|
//! | energy | E = E₂₅ − T_C · (T − 25 °C) |
//! | resistance that counts, N dots at once | R = (R_H + R_i + (R_C + r_C) · N)² ÷ R_H |
//! | time | t = E · R ÷ V² |

/// A head, its paper and its supply.
#[derive(Clone, Copy, Debug)]
pub struct Sheet {
    /// V: at the head's switch (mV).
    pub millivolts: u32,
    /// R_H: a dot's element (mΩ).
    pub element: u32,
    /// R_i: wiring in the head (mΩ).
    pub inner: u32,
    /// R_C and r_C: what all dots share, in the head and from the switch to it (mΩ).
    pub shared: u32,
    /// E₂₅: what the paper wants at 25 °C (nJ).
    pub energy: u32,
    /// T_C: what it wants less for each kelvin more (nJ).
    pub per_kelvin: u32,
}

impl Sheet {
    /// LTP02-245 and its like at 7.45 V, through a switch and 15 cm of 0.75 mm² (0.1 Ω), on Nippon TF50KS-E2D or paper as sensitive.
    pub const LTP02_245: Self = Self {
        millivolts: 7_450,
        element: 180_000,
        inner: 9_000,
        shared: 279 + 100,
        energy: 285_300,
        per_kelvin: 2_803,
    };

    /// Energy of a dot at this temperature of the head (nJ); below 0 °C as at 0 °C.
    #[must_use]
    pub const fn energy(&self, celsius: i8) -> u32 {
        let celsius = if celsius < 0 { 0 } else { celsius as i64 };
        let energy = self.energy as i64 - self.per_kelvin as i64 * (celsius - 25);
        if energy < 0 { 0 } else { energy as u32 }
    }

    /// How long (µs) each of so many dots must be hot, at this temperature of the head.
    #[must_use]
    pub const fn micros(&self, celsius: i8, dots: u32) -> u16 {
        let path = self.element as u64 + self.inner as u64 + self.shared as u64 * dots as u64;
        let resistance = path * path / self.element as u64;
        let volts = self.millivolts as u64;
        // nJ · mΩ ÷ mV² is µs.
        let micros = self.energy(celsius) as u64 * resistance / (volts * volts);
        if micros > u16::MAX as u64 {
            u16::MAX
        } else {
            micros as u16
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The same in physics' own units.
    fn seconds(sheet: &Sheet, celsius: f64, dots: f64) -> f64 {
        let energy = f64::from(sheet.energy) * 1e-9 - f64::from(sheet.per_kelvin) * 1e-9 * (celsius - 25.0);
        let milliohms = f64::from(sheet.element + sheet.inner) + f64::from(sheet.shared) * dots;
        let resistance = (milliohms * 1e-3).powi(2) / (f64::from(sheet.element) * 1e-3);
        energy * resistance / (f64::from(sheet.millivolts) * 1e-3).powi(2)
    }

    #[test]
    fn h5_time_follows_energy_dots_and_supply() {
        for millivolts in [5_500, 7_450, 8_000] {
            for celsius in [0, 25, 45, 59] {
                for dots in [1, 20, 45] {
                    let sheet = Sheet {
                        millivolts,
                        ..Sheet::LTP02_245
                    };
                    let micros = f64::from(sheet.micros(celsius, dots));
                    let right = seconds(&sheet, f64::from(celsius), f64::from(dots)) * 1e6;
                    assert!(
                        (micros / right - 1.0).abs() < 0.01,
                        "{millivolts} mV, {celsius} °C, {dots}: {micros} for {right}"
                    );
                }
            }
        }
        // By hand: 0.2853 mJ · (189.379 Ω)² ÷ 180 Ω ÷ (7.45 V)².
        assert_eq!(Sheet::LTP02_245.micros(25, 1), 1_024);
    }

    #[test]
    fn cold_is_bounded_and_heat_wants_less() {
        let sheet = Sheet::LTP02_245;
        assert_eq!(sheet.micros(-40, 45), sheet.micros(0, 45));
        assert!(sheet.micros(59, 45) < sheet.micros(25, 45));
        assert_eq!(sheet.micros(i8::MAX, 45), 0);
        assert!(sheet.micros(0, 45) < crate::parts::head::LONGEST);
    }
}
