//! A sensed pin whose level something else decides.

use core::convert::Infallible;
use core::future::poll_fn;
use core::task::Poll;
use std::rc::Rc;

use embedded_hal::digital::{ErrorType, InputPin};
use embedded_hal_async::digital::Wait;

/// The pin; whether it is high is asked each time. Who waits for it must look again by itself: it wakes nobody.
#[derive(Clone)]
pub struct Line(Rc<dyn Fn() -> bool>);

impl Line {
    pub fn new(high: impl Fn() -> bool + 'static) -> Self {
        Self(Rc::new(high))
    }

    async fn until(&self, high: bool) {
        poll_fn(|_| {
            if (self.0)() == high {
                Poll::Ready(())
            } else {
                Poll::Pending
            }
        })
        .await;
    }
}

impl ErrorType for Line {
    type Error = Infallible;
}

impl InputPin for Line {
    fn is_high(&mut self) -> Result<bool, Infallible> {
        Ok((self.0)())
    }

    fn is_low(&mut self) -> Result<bool, Infallible> {
        Ok(!(self.0)())
    }
}

impl Wait for Line {
    async fn wait_for_high(&mut self) -> Result<(), Infallible> {
        self.until(true).await;
        Ok(())
    }

    async fn wait_for_low(&mut self) -> Result<(), Infallible> {
        self.until(false).await;
        Ok(())
    }

    async fn wait_for_rising_edge(&mut self) -> Result<(), Infallible> {
        self.until(false).await;
        self.wait_for_high().await
    }

    async fn wait_for_falling_edge(&mut self) -> Result<(), Infallible> {
        self.until(true).await;
        self.wait_for_low().await
    }

    async fn wait_for_any_edge(&mut self) -> Result<(), Infallible> {
        let before = (self.0)();
        self.until(!before).await;
        Ok(())
    }
}
