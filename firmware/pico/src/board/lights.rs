//! WS2812 lights on one wire, their bit times made by the PIO.

use embassy_rp::Peri;
use embassy_rp::peripherals::{DMA_CH0, PIN_16, PIO0};
use embassy_rp::pio::Pio;
use embassy_rp::pio_programs::ws2812::{Grb, PioWs2812, PioWs2812Program};
use embassy_time::{Duration, Instant, Timer};
use nodes::chip::LightChain;
use nodes::colour::Rgb;
use smart_leds::RGB8;

use super::irqs::Irqs;

/// The driver is done when its last word lies in the PIO's queue: eight words of 30 µs may still be on their way, and the
/// lights take them over after 280 µs of silence. What begins sooner would be the tail of the same message.
const UNTIL_TAKEN: Duration = Duration::from_micros(8 * 30 + 300);

/// A chain of `N` lights.
pub struct PioChain<const N: usize> {
    chain: PioWs2812<'static, PIO0, 0, N, Grb>,
    /// Not before then may the next message begin.
    free: Instant,
}

impl<const N: usize> PioChain<N> {
    /// The chain, not yet written to.
    pub fn new(pio: Peri<'static, PIO0>, dma: Peri<'static, DMA_CH0>, pin: Peri<'static, PIN_16>) -> Self {
        let Pio { mut common, sm0, .. } = Pio::new(pio, Irqs);
        let program = PioWs2812Program::new(&mut common);
        Self {
            chain: PioWs2812::new(&mut common, sm0, dma, Irqs, pin, &program),
            free: Instant::MIN,
        }
    }
}

impl<const N: usize> LightChain<N> for PioChain<N> {
    async fn write(&mut self, colours: &[Rgb; N]) {
        Timer::at(self.free).await;
        self.chain.write(&colours.map(|Rgb { r, g, b }| RGB8 { r, g, b })).await;
        self.free = Instant::now() + UNTIL_TAKEN;
    }
}
