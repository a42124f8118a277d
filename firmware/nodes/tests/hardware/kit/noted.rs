//! A diary over several parts.

use std::cell::RefCell;
use std::rc::Rc;

use embedded_hal::digital::{ErrorType as PinErrorType, InputPin, OutputPin};
use embedded_hal::{delay, digital, spi};
use embedded_hal_async::spi::SpiBus;
use nodes::chip::{DriverEnable, LightChain, SquareWave, Strobes};
use nodes::colour::Rgb;

/// Something done to a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    High(&'static str),
    Low(&'static str),
    Looked(&'static str),
    Wrote(&'static str, Vec<u8>),
    Flushed(&'static str),
    /// Waited for so many µs while nobody else worked.
    Delayed(u32),
    /// Waited for so many µs while others worked.
    Slept(u32),
    /// By itself, after so many µs.
    Falls(&'static str, u32),
    /// Lines and µs.
    Strobed(u8, u16),
    Lit(Vec<Rgb>),
    /// Hz and share.
    Sounds(u16, u16),
    Silent,
}

/// What was done, in the order it was done.
#[derive(Clone, Default)]
pub struct Journal(Rc<RefCell<Vec<Deed>>>);

impl Journal {
    pub fn note(&self, deed: Deed) {
        self.0.borrow_mut().push(deed);
    }

    /// All since it was last asked.
    pub fn take(&self) -> Vec<Deed> {
        self.0.take()
    }

    /// A part that obeys, with its deeds written down here.
    pub fn free(&self, name: &'static str) -> Noted<Free> {
        self.over(name, Free)
    }

    /// This part, with its deeds written down here.
    pub fn over<T>(&self, name: &'static str, part: T) -> Noted<T> {
        Noted {
            name,
            part,
            journal: self.clone(),
        }
    }
}

/// Does what it is asked.
pub struct Free;

impl digital::ErrorType for Free {
    type Error = core::convert::Infallible;
}

impl OutputPin for Free {
    fn set_low(&mut self) -> Result<(), Self::Error> {
        Ok(())
    }

    fn set_high(&mut self) -> Result<(), Self::Error> {
        Ok(())
    }
}

impl spi::ErrorType for Free {
    type Error = core::convert::Infallible;
}

impl SpiBus for Free {
    async fn read(&mut self, _: &mut [u8]) -> Result<(), Self::Error> {
        Ok(())
    }

    async fn write(&mut self, _: &[u8]) -> Result<(), Self::Error> {
        Ok(())
    }

    async fn transfer(&mut self, _: &mut [u8], _: &[u8]) -> Result<(), Self::Error> {
        Ok(())
    }

    async fn transfer_in_place(&mut self, _: &mut [u8]) -> Result<(), Self::Error> {
        Ok(())
    }

    async fn flush(&mut self) -> Result<(), Self::Error> {
        Ok(())
    }
}

impl delay::DelayNs for Free {
    fn delay_ns(&mut self, _: u32) {}
}

/// A part whose deeds are written down.
pub struct Noted<T> {
    name: &'static str,
    part: T,
    journal: Journal,
}

impl<T: PinErrorType> PinErrorType for Noted<T> {
    type Error = T::Error;
}

impl<T: OutputPin> OutputPin for Noted<T> {
    fn set_low(&mut self) -> Result<(), T::Error> {
        self.journal.note(Deed::Low(self.name));
        self.part.set_low()
    }

    fn set_high(&mut self) -> Result<(), T::Error> {
        self.journal.note(Deed::High(self.name));
        self.part.set_high()
    }
}

impl<T: InputPin> InputPin for Noted<T> {
    fn is_high(&mut self) -> Result<bool, T::Error> {
        self.journal.note(Deed::Looked(self.name));
        self.part.is_high()
    }

    fn is_low(&mut self) -> Result<bool, T::Error> {
        self.journal.note(Deed::Looked(self.name));
        self.part.is_low()
    }
}

impl<T: embedded_hal_async::digital::Wait> embedded_hal_async::digital::Wait for Noted<T> {
    async fn wait_for_high(&mut self) -> Result<(), T::Error> {
        self.part.wait_for_high().await
    }

    async fn wait_for_low(&mut self) -> Result<(), T::Error> {
        self.part.wait_for_low().await
    }

    async fn wait_for_rising_edge(&mut self) -> Result<(), T::Error> {
        self.part.wait_for_rising_edge().await
    }

    async fn wait_for_falling_edge(&mut self) -> Result<(), T::Error> {
        self.part.wait_for_falling_edge().await
    }

    async fn wait_for_any_edge(&mut self) -> Result<(), T::Error> {
        self.part.wait_for_any_edge().await
    }
}

impl<T: spi::ErrorType> spi::ErrorType for Noted<T> {
    type Error = T::Error;
}

impl<T: SpiBus> SpiBus for Noted<T> {
    async fn read(&mut self, words: &mut [u8]) -> Result<(), T::Error> {
        self.part.read(words).await
    }

    async fn write(&mut self, words: &[u8]) -> Result<(), T::Error> {
        self.journal.note(Deed::Wrote(self.name, words.to_vec()));
        self.part.write(words).await
    }

    async fn transfer(&mut self, read: &mut [u8], write: &[u8]) -> Result<(), T::Error> {
        self.part.transfer(read, write).await
    }

    async fn transfer_in_place(&mut self, words: &mut [u8]) -> Result<(), T::Error> {
        self.part.transfer_in_place(words).await
    }

    async fn flush(&mut self) -> Result<(), T::Error> {
        self.journal.note(Deed::Flushed(self.name));
        self.part.flush().await
    }
}

impl<T: delay::DelayNs> delay::DelayNs for Noted<T> {
    fn delay_ns(&mut self, ns: u32) {
        self.journal.note(Deed::Delayed(ns.div_ceil(1_000)));
        self.part.delay_ns(ns);
    }

    fn delay_us(&mut self, us: u32) {
        self.journal.note(Deed::Delayed(us));
        self.part.delay_us(us);
    }
}

impl embedded_hal_async::delay::DelayNs for Noted<Free> {
    async fn delay_ns(&mut self, ns: u32) {
        self.journal.note(Deed::Slept(ns.div_ceil(1_000)));
    }

    async fn delay_us(&mut self, us: u32) {
        self.journal.note(Deed::Slept(us));
    }
}

impl<T: OutputPin> DriverEnable for Noted<T> {
    fn falls_after(&mut self, micros: u32) {
        self.journal.note(Deed::Falls(self.name, micros));
    }
}

impl Strobes for Noted<Free> {
    async fn pulse(&mut self, lines: u8, micros: u16) {
        self.journal.note(Deed::Strobed(lines, micros));
    }
}

impl<const N: usize> LightChain<N> for Noted<Free> {
    async fn write(&mut self, colours: &[Rgb; N]) {
        self.journal.note(Deed::Lit(colours.to_vec()));
    }
}

impl SquareWave for Noted<Free> {
    fn start(&mut self, hertz: u16, share: u16) {
        self.journal.note(Deed::Sounds(hertz, share));
    }

    fn stop(&mut self) {
        self.journal.note(Deed::Silent);
    }
}
