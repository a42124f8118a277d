//! The enable pin of an RS-485 driver, which falls by an interrupt as the last bit has left: whatever the node's tasks are at just then,
//! the line is free for the next within microseconds. The tasks' own end comes later and finds it low.

use core::cell::RefCell;
use core::convert::Infallible;

use cortex_m::interrupt::{Mutex, free};
use embassy_rp::Peri;
use embassy_rp::gpio::{AnyPin, Level, Output, Pin};
use embassy_rp::interrupt::typelevel::{Handler, Interrupt, TIMER_IRQ_1};
use embassy_rp::pac;
use embedded_hal::digital::{ErrorType, OutputPin};
use nodes::chip::DriverEnable;

/// The timer's alarm that ends it; alarm 0 is the clock's.
const ALARM: usize = 1;
/// From one look at a UART that is not done yet to the next (µs). An alarm is set for a moment to come, or it never rings.
const AGAIN: u32 = 3;

/// A pin that is to fall when this UART has nothing more to say.
#[derive(Clone, Copy)]
struct Falling {
    pin: u32,
    uart: pac::uart::Uart,
}

static FALLING: Mutex<RefCell<Option<Falling>>> = Mutex::new(RefCell::new(None));

/// Rings in so many µs, at least [`AGAIN`]. Interrupts are off.
fn ring_in(micros: u32) {
    let now = pac::TIMER.timerawl().read();
    pac::TIMER.alarm(ALARM).write_value(now.wrapping_add(micros.max(AGAIN)));
}

/// Answers the alarm.
pub struct Fall;

impl Handler<TIMER_IRQ_1> for Fall {
    #[allow(
        unsafe_code,
        reason = "the trait's word for what only an interrupt may call; nothing here needs it"
    )]
    unsafe fn on_interrupt() {
        free(|token| {
            pac::TIMER.intr().write(|pending| pending.set_alarm(ALARM, true));
            let mut falling = FALLING.borrow(token).borrow_mut();
            match *falling {
                Some(Falling { uart, .. }) if uart.uartfr().read().busy() => ring_in(AGAIN),
                Some(Falling { pin, .. }) => {
                    pac::SIO.gpio_out(0).value_clr().write_value(1 << pin);
                    *falling = None;
                }
                None => {}
            }
        });
    }
}

/// The pin.
pub struct Driver {
    output: Output<'static>,
    falling: Falling,
}

impl Driver {
    /// Low. `uart` is what speaks through it. A chip has one.
    pub fn new(pin: Peri<'static, AnyPin>, uart: pac::uart::Uart) -> Self {
        let falling = Falling {
            pin: u32::from(pin.pin()),
            uart,
        };
        pac::TIMER.inte().modify(|enabled| enabled.set_alarm(ALARM, true));
        TIMER_IRQ_1::unpend();
        #[allow(unsafe_code, reason = "see SAFETY")]
        // SAFETY: its handler shares what it touches under critical sections alone, and none is going on here.
        unsafe {
            TIMER_IRQ_1::enable();
        }
        Self {
            output: Output::new(pin, Level::Low),
            falling,
        }
    }

    fn set(&mut self, level: Level) {
        free(|token| {
            *FALLING.borrow(token).borrow_mut() = None;
            self.output.set_level(level);
        });
    }
}

impl ErrorType for Driver {
    type Error = Infallible;
}

impl OutputPin for Driver {
    fn set_low(&mut self) -> Result<(), Infallible> {
        self.set(Level::Low);
        Ok(())
    }

    fn set_high(&mut self) -> Result<(), Infallible> {
        self.set(Level::High);
        Ok(())
    }
}

impl DriverEnable for Driver {
    fn falls_after(&mut self, micros: u32) {
        free(|token| {
            *FALLING.borrow(token).borrow_mut() = Some(self.falling);
            ring_in(micros);
        });
    }
}
