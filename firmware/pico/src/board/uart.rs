//! A UART with buffers that tells when its last bit has left. UART0 on a bus wakes the node for its own frames alone.

use core::cell::RefCell;
use core::future::poll_fn;
use core::task::{Poll, Waker};

use cortex_m::interrupt::{Mutex, free};
use embassy_rp::interrupt::typelevel::{Handler, UART0_IRQ};
use embassy_rp::pac;
use embassy_rp::uart::{BufferedUart, Error};
use embedded_io_async::{ErrorType, Read, Write};
use link::node::Sieve;
use nodes::chip::Busy;

/// What comes over UART0 where it is a bus.
struct Pair {
    /// It is one, and this gets its bytes.
    on: bool,
    sieve: Sieve<512>,
    reader: Option<Waker>,
}

static PAIR: Mutex<RefCell<Pair>> = Mutex::new(RefCell::new(Pair {
    on: false,
    sieve: Sieve::new(),
    reader: None,
}));

/// Takes what comes over the bus before the driver's own handler does. Damaged characters are taken as they are: the checks find them.
pub struct Sieved;

impl Handler<UART0_IRQ> for Sieved {
    #[allow(
        unsafe_code,
        reason = "the trait's word for what only an interrupt may call; nothing here needs it"
    )]
    unsafe fn on_interrupt() {
        free(|token| {
            let pair = &mut *PAIR.borrow(token).borrow_mut();
            if !pair.on {
                return;
            }
            let quiet = pac::UART0.uartmis().read().rtmis();
            while !pac::UART0.uartfr().read().rxfe() {
                pair.sieve.take(pac::UART0.uartdr().read().data());
            }
            if quiet {
                pair.sieve.quiet();
            }
            if pair.sieve.is_due()
                && let Some(reader) = pair.reader.take()
            {
                reader.wake();
            }
        });
    }
}

/// Gives the node the frames for this address and those for everyone.
pub fn listen(address: Option<u8>) {
    free(|token| PAIR.borrow(token).borrow_mut().sieve.listen(address));
}

/// The UART.
pub struct Uart {
    uart: BufferedUart,
    sieved: bool,
}

impl Uart {
    /// Gives all that comes.
    pub const fn new(uart: BufferedUart) -> Self {
        Self { uart, sieved: false }
    }

    /// UART0 on a bus: gives what [`listen`] says.
    pub fn sieved(uart: BufferedUart) -> Self {
        free(|token| PAIR.borrow(token).borrow_mut().on = true);
        Self { uart, sieved: true }
    }
}

impl ErrorType for Uart {
    type Error = Error;
}

impl Read for Uart {
    async fn read(&mut self, buffer: &mut [u8]) -> Result<usize, Error> {
        if !self.sieved {
            return Read::read(&mut self.uart, buffer).await;
        }
        poll_fn(|context| {
            free(|token| {
                let pair = &mut *PAIR.borrow(token).borrow_mut();
                if pair.sieve.is_due() {
                    return Poll::Ready(Ok(pair.sieve.read(buffer)));
                }
                if !pair
                    .reader
                    .as_ref()
                    .is_some_and(|reader| reader.will_wake(context.waker()))
                {
                    pair.reader = Some(context.waker().clone());
                }
                Poll::Pending
            })
        })
        .await
    }
}

impl Write for Uart {
    async fn write(&mut self, bytes: &[u8]) -> Result<usize, Error> {
        Write::write(&mut self.uart, bytes).await
    }

    /// Empties the buffer: up to 32 bytes still stand in the FIFO, and one in the shift register.
    async fn flush(&mut self) -> Result<(), Error> {
        Write::flush(&mut self.uart).await
    }
}

impl Busy for Uart {
    fn is_busy(&self) -> bool {
        self.uart.busy()
    }
}
