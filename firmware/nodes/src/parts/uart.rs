//! Bytes off a UART, whatever noise does to some of them.

use embassy_futures::yield_now;
use embedded_io_async::Read;

/// Waits for bytes, over framing errors and overruns: checksums find what they damaged. Cancel safe where the UART's read is.
pub async fn read<U: Read>(uart: &mut U, buffer: &mut [u8]) -> usize {
    loop {
        match uart.read(buffer).await {
            Ok(count) => return count,
            // One that fails for ever must not keep everything else from running.
            Err(_) => yield_now().await,
        }
    }
}
