//! A chip for boards, and who listens to their events.

use core::cell::Cell;
use std::rc::Rc;

use embedded_hal::digital::{ErrorKind, ErrorType, OutputPin};
use link::Instant;
use link::message::{EventBody, EventId};
use nodes::Events;
use nodes::chip::{Analog, Chip, Memory};
use nodes::parts::Failed;

use super::{Free, Line, Noted, Uart};

/// The chip.
pub struct Bench;

impl Chip for Bench {
    type Output = Noted<Driven>;
    type Input = Line;
    type Spi = Noted<Free>;
    type Uart = Uart;
    type Delay = Noted<Free>;
    type Timer = Noted<Free>;
    type Chain<const N: usize> = Noted<Free>;
    type Wave = Noted<Free>;
    type Strobes = Noted<Free>;
    type Analog = Dial;
    type Memory = Slot;
}

/// A pin that tells its level to whatever hangs on it.
pub struct Driven {
    set: Box<dyn FnMut(bool)>,
    broken: Rc<Cell<bool>>,
}

/// A pin on which this hangs.
pub fn driven(set: impl FnMut(bool) + 'static) -> Driven {
    Driven {
        set: Box::new(set),
        broken: Rc::default(),
    }
}

impl Driven {
    /// Says whether it is broken: it then does not obey.
    pub fn broken(&self) -> Rc<Cell<bool>> {
        self.broken.clone()
    }

    fn drive(&mut self, high: bool) -> Result<(), ErrorKind> {
        if self.broken.get() {
            return Err(ErrorKind::Other);
        }
        (self.set)(high);
        Ok(())
    }
}

impl ErrorType for Driven {
    type Error = ErrorKind;
}

impl OutputPin for Driven {
    fn set_low(&mut self) -> Result<(), ErrorKind> {
        self.drive(false)
    }

    fn set_high(&mut self) -> Result<(), ErrorKind> {
        self.drive(true)
    }
}

/// A voltage that the test sets; its clones are the same one.
#[derive(Clone)]
pub struct Dial(Rc<Cell<Result<u16, Failed>>>);

impl Dial {
    pub fn at(reading: u16) -> Self {
        Self(Rc::new(Cell::new(Ok(reading))))
    }

    pub fn set(&self, reading: Result<u16, Failed>) {
        self.0.set(reading);
    }
}

impl Analog for Dial {
    fn read(&mut self) -> Result<u16, Failed> {
        self.0.get()
    }
}

/// What was said.
#[derive(Default)]
pub struct Said(pub Vec<EventBody>);

impl Events for Said {
    fn push(&mut self, _: Instant, body: EventBody) -> EventId {
        self.0.push(body);
        EventId(self.0.len() as u32)
    }
}

/// What outlives a reset.
#[derive(Clone, Default)]
pub struct Slot(pub Rc<Cell<Option<i32>>>);

impl Memory for Slot {
    fn recall(&self) -> Option<i32> {
        self.0.get()
    }

    fn remember(&mut self, number: i32) {
        self.0.set(Some(number));
    }
}
