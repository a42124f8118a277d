//! A passive buzzer on a PWM pin.

use embassy_rp::Peri;
use embassy_rp::clocks::clk_sys_freq;
use embassy_rp::peripherals::{PIN_28, PWM_SLICE6};
use embassy_rp::pwm::{Config, Pwm};

/// Divides the system clock so that 2 kHz and more fit the 16-bit counter.
const DIVIDER: u8 = 64;

/// The buzzer.
pub struct Buzzer {
    pwm: Pwm<'static>,
    sounding: Option<(u16, u8)>,
}

impl Buzzer {
    /// Silent.
    pub fn new(slice: Peri<'static, PWM_SLICE6>, pin: Peri<'static, PIN_28>) -> Self {
        let mut config = Config::default();
        config.enable = false;
        Self {
            pwm: Pwm::new_output_a(slice, pin, config),
            sounding: None,
        }
    }

    /// Sounds at `hertz` (at least 30), `volume` 0 to 3; silent at 0 of either.
    pub fn sound(&mut self, hertz: u16, volume: u8) {
        let wanted = (hertz >= 30 && volume > 0).then_some((hertz, volume));
        if wanted == self.sounding {
            return;
        }
        self.sounding = wanted;
        let mut config = Config::default();
        config.enable = wanted.is_some();
        if let Some((hertz, volume)) = wanted {
            let period = clk_sys_freq() / u32::from(DIVIDER) / u32::from(hertz);
            config.divider = DIVIDER.into();
            config.top = u16::try_from(period.saturating_sub(1)).unwrap_or(u16::MAX);
            // Loudness by pulse width: half the period is loudest.
            let share = match volume {
                1 => 32,
                2 => 8,
                _ => 2,
            };
            config.compare_a = config.top / share;
        }
        self.pwm.set_config(&config);
    }
}
