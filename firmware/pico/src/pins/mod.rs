//! Which part hangs on which pin: one table for each image, and what all have in common.
//! `docs/wiring.md` shows the same as drawings.

pub mod bridge;
pub mod printer;
pub mod scale;
pub mod scanner;
pub mod shelf;

use embassy_rp::Peri;
use embassy_rp::peripherals::{
    DMA_CH0, FLASH, PIN_0, PIN_1, PIN_2, PIN_3, PIN_16, PIN_25, PIN_28, PIO0, PWM_SLICE6, UART0, USB, WATCHDOG,
};

/// What every image has at the same place.
pub struct Common {
    /// GP0: UART0 out, to the gateway or to the RS-485 transceiver's DI.
    pub link_tx: Peri<'static, PIN_0>,
    /// GP1: UART0 in, from the gateway or from the RS-485 transceiver's RO.
    pub link_rx: Peri<'static, PIN_1>,
    /// GP2: the RS-485 transceiver's DE and /RE, high while the node speaks.
    pub bus_enable: Peri<'static, PIN_2>,
    /// GP3: tied to ground where UART0 is an RS-485 bus; open where the node has the line for itself.
    pub bus_strap: Peri<'static, PIN_3>,
    /// GP25: the board's own LED, lit while a master is there.
    pub led: Peri<'static, PIN_25>,
    /// The link's UART.
    pub uart: Peri<'static, UART0>,
    /// USB CDC.
    pub usb: Peri<'static, USB>,
    /// Settings and the chip's unique id.
    pub flash: Peri<'static, FLASH>,
    /// Watchdog.
    pub watchdog: Peri<'static, WATCHDOG>,
}

/// What a person sees and hears, at the same place in every image.
pub struct Face {
    /// GP16: WS2812 data.
    pub lights: Peri<'static, PIN_16>,
    /// GP28: buzzer.
    pub buzzer: Peri<'static, PIN_28>,
    /// Makes the lights' bit times.
    pub pio: Peri<'static, PIO0>,
    /// Feeds the lights.
    pub lights_dma: Peri<'static, DMA_CH0>,
    /// Drives the buzzer.
    pub buzzer_pwm: Peri<'static, PWM_SLICE6>,
}

/// Takes what every image has out of the chip's peripherals.
macro_rules! common {
    ($chip:ident) => {
        $crate::pins::Common {
            link_tx: $chip.PIN_0,
            link_rx: $chip.PIN_1,
            bus_enable: $chip.PIN_2,
            bus_strap: $chip.PIN_3,
            led: $chip.PIN_25,
            uart: $chip.UART0,
            usb: $chip.USB,
            flash: $chip.FLASH,
            watchdog: $chip.WATCHDOG,
        }
    };
}
pub(crate) use common;

/// Takes lights and buzzer out of the chip's peripherals.
macro_rules! face {
    ($chip:ident) => {
        $crate::pins::Face {
            lights: $chip.PIN_16,
            buzzer: $chip.PIN_28,
            pio: $chip.PIO0,
            lights_dma: $chip.DMA_CH0,
            buzzer_pwm: $chip.PWM_SLICE6,
        }
    };
}
pub(crate) use face;

/// The table of one image: its own pins as a struct of that name, all taken out of the chip's peripherals at once.
macro_rules! table {
    ($(#[$about:meta])* $own:ident { $($name:ident = $part:ident, $what:literal;)* }) => {
        $(#[$about])*
        pub struct $own {
            $(#[doc = $what] pub $name: embassy_rp::Peri<'static, embassy_rp::peripherals::$part>,)*
        }

        /// Takes them; each part of the chip goes to one owner.
        pub fn take(chip: embassy_rp::Peripherals) -> ($crate::pins::Common, $crate::pins::Face, $own) {
            ($crate::pins::common!(chip), $crate::pins::face!(chip), $own { $($name: chip.$part,)* })
        }
    };
}
pub(crate) use table;
