//! Pins whose voltage is read. A conversion takes 2 µs.

use core::cell::RefCell;

use embassy_rp::Peri;
use embassy_rp::adc::{self, Adc, AdcPin, Blocking, Channel};
use embassy_rp::gpio::Pull;
use embassy_rp::peripherals::ADC;
use nodes::chip::Analog;
use nodes::parts::Failed;
use static_cell::StaticCell;

/// The chip's one converter, shared by the pins.
pub type Converter = RefCell<Adc<'static, Blocking>>;

/// Brings the converter up; to be called once.
pub fn converter(part: Peri<'static, ADC>) -> &'static Converter {
    static CONVERTER: StaticCell<Converter> = StaticCell::new();
    CONVERTER.init(RefCell::new(Adc::new_blocking(part, adc::Config::default())))
}

/// One pin.
pub struct AnalogPin {
    converter: &'static Converter,
    channel: Channel<'static>,
}

impl AnalogPin {
    /// Without a pull.
    pub fn new(converter: &'static Converter, pin: Peri<'static, impl AdcPin>) -> Self {
        Self {
            converter,
            channel: Channel::new_pin(pin, Pull::None),
        }
    }
}

impl Analog for AnalogPin {
    fn read(&mut self) -> Result<u16, Failed> {
        let mut converter = self.converter.try_borrow_mut().map_err(|_| Failed)?;
        converter.blocking_read(&mut self.channel).map_err(|_| Failed)
    }
}
