//! The buzzer's square wave, on a PWM pin.

use embassy_rp::Peri;
use embassy_rp::clocks::clk_sys_freq;
use embassy_rp::peripherals::{PIN_28, PWM_SLICE6};
use embassy_rp::pwm::{Config, Pwm};
use nodes::chip::SquareWave;

/// Divides the system clock so that 30 Hz and more fit the 16-bit counter.
const DIVIDER: u8 = 64;

/// The wave.
pub struct PwmWave(Pwm<'static>);

impl PwmWave {
    /// Low.
    pub fn new(slice: Peri<'static, PWM_SLICE6>, pin: Peri<'static, PIN_28>) -> Self {
        Self(Pwm::new_output_a(slice, pin, still()))
    }
}

impl SquareWave for PwmWave {
    fn start(&mut self, hertz: u16, share: u16) {
        let period = clk_sys_freq() / u32::from(DIVIDER) / u32::from(hertz.max(1));
        let mut config = Config::default();
        config.divider = DIVIDER.into();
        config.top = u16::try_from(period.saturating_sub(1)).unwrap_or(u16::MAX);
        config.compare_a = config.top / share.max(1);
        self.0.set_config(&config);
    }

    fn stop(&mut self) {
        self.0.set_config(&still());
    }
}

/// Runs on, with nothing to compare with: stopped, the counter would hold the pin at the level it happens to have.
fn still() -> Config {
    let mut config = Config::default();
    config.divider = DIVIDER.into();
    config.compare_a = 0;
    config
}
