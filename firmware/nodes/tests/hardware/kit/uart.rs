//! A UART: what comes is put in by the test, what goes is written down.

use core::cell::{Cell, RefCell};
use core::future::{pending, poll_fn};
use core::task::Poll;
use std::collections::VecDeque;
use std::rc::Rc;

use embedded_io_async::{ErrorKind, ErrorType, Read, Write};
use nodes::chip::Busy;

use super::{Deed, Journal};

#[derive(Default)]
struct State {
    incoming: RefCell<VecDeque<Result<u8, ErrorKind>>>,
    /// Looks at it that find it still sending.
    busy: Cell<u32>,
    stalled: Cell<bool>,
}

/// The UART; its clones are the same one.
#[derive(Clone)]
pub struct Uart {
    name: &'static str,
    journal: Journal,
    state: Rc<State>,
}

impl Uart {
    pub fn new(name: &'static str, journal: &Journal) -> Self {
        Self {
            name,
            journal: journal.clone(),
            state: Rc::default(),
        }
    }

    pub fn comes(&self, bytes: &[u8]) {
        let bytes = bytes.iter().copied().map(Ok);
        self.state.incoming.borrow_mut().extend(bytes);
    }

    pub fn breaks(&self) {
        self.state.incoming.borrow_mut().push_back(Err(ErrorKind::InvalidData));
    }

    /// The next looks find it still sending.
    pub fn sends_for(&self, looks: u32) {
        self.state.busy.set(looks);
    }

    /// Takes a write and never gets done with it.
    pub fn stall(&self) {
        self.state.stalled.set(true);
    }
}

impl ErrorType for Uart {
    type Error = ErrorKind;
}

impl Read for Uart {
    async fn read(&mut self, buffer: &mut [u8]) -> Result<usize, ErrorKind> {
        let mut incoming = poll_fn(|_| {
            let incoming = self.state.incoming.borrow_mut();
            if incoming.is_empty() {
                Poll::Pending
            } else {
                Poll::Ready(incoming)
            }
        })
        .await;
        if let Some(Err(error)) = incoming.front().copied() {
            incoming.pop_front();
            return Err(error);
        }
        let mut count = 0;
        while let (Some(Ok(byte)), Some(place)) = (incoming.front().copied(), buffer.get_mut(count)) {
            *place = byte;
            count += 1;
            incoming.pop_front();
        }
        Ok(count)
    }
}

impl Write for Uart {
    async fn write(&mut self, bytes: &[u8]) -> Result<usize, ErrorKind> {
        self.journal.note(Deed::Wrote(self.name, bytes.to_vec()));
        if self.state.stalled.get() {
            pending().await
        }
        Ok(bytes.len())
    }

    async fn flush(&mut self) -> Result<(), ErrorKind> {
        self.journal.note(Deed::Flushed(self.name));
        Ok(())
    }
}

impl Busy for Uart {
    fn is_busy(&self) -> bool {
        let left = self.state.busy.get();
        self.state.busy.set(left.saturating_sub(1));
        left > 0
    }
}
