//! A UART behind an RS-485 transceiver whose DE and /RE hang on one pin.

use embassy_rp::Peri;
use embassy_rp::gpio::{AnyPin, Level, Output};
use embassy_rp::uart::BufferedUart;
use embassy_time::Timer;
use embedded_io_async::{Read, Write};

/// A half-duplex line.
pub struct Rs485 {
    uart: BufferedUart,
    enable: Output<'static>,
    character_micros: u64,
}

impl Rs485 {
    /// A line at `baud`, listening.
    pub fn new(mut uart: BufferedUart, enable: Peri<'static, AnyPin>, baud: u32) -> Self {
        uart.set_baudrate(baud);
        Self {
            uart,
            enable: Output::new(enable, Level::Low),
            // 8N1: ten bits to a character.
            character_micros: u64::from(10_000_000 / baud.max(1)).max(1),
        }
    }

    /// Waits for bytes; none are lost when the wait is given up.
    pub async fn read(&mut self, buffer: &mut [u8]) -> usize {
        // A write that was given up half-way leaves the line to others here.
        self.enable.set_low();
        read(&mut self.uart, buffer).await
    }

    /// Speaks, and listens again once the last bit has left.
    pub async fn write(&mut self, bytes: &[u8]) {
        self.enable.set_high();
        // The buffered UART's writes can't fail.
        let _ = self.uart.write_all(bytes).await;
        let _ = self.uart.flush().await;
        // Its flush only empties the buffer: up to 32 bytes still stand in the FIFO, and one in the shift register.
        while self.uart.busy() {
            Timer::after_micros(self.character_micros).await;
        }
        self.enable.set_low();
    }
}

/// Waits for bytes from a UART, over framing errors and overruns: the link's checksums find what they damaged.
pub(crate) async fn read(uart: &mut BufferedUart, buffer: &mut [u8]) -> usize {
    loop {
        if let Ok(count) = uart.read(buffer).await
            && count > 0
        {
            return count;
        }
    }
}
