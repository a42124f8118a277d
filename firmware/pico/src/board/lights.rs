//! WS2812 lights on one wire, their bit times made by the PIO.

use embassy_rp::Peri;
use embassy_rp::peripherals::{DMA_CH0, PIN_16, PIO0};
use embassy_rp::pio::Pio;
use embassy_rp::pio_programs::ws2812::{Grb, PioWs2812, PioWs2812Program};
use nodes::chip::LightChain;
use nodes::colour::Rgb;
use smart_leds::RGB8;

use super::irqs::Irqs;

/// A chain of `N` lights.
pub struct PioChain<const N: usize>(PioWs2812<'static, PIO0, 0, N, Grb>);

impl<const N: usize> PioChain<N> {
    /// The chain, not yet written to.
    pub fn new(pio: Peri<'static, PIO0>, dma: Peri<'static, DMA_CH0>, pin: Peri<'static, PIN_16>) -> Self {
        let Pio { mut common, sm0, .. } = Pio::new(pio, Irqs);
        let program = PioWs2812Program::new(&mut common);
        Self(PioWs2812::new(&mut common, sm0, dma, Irqs, pin, &program))
    }
}

impl<const N: usize> LightChain<N> for PioChain<N> {
    async fn write(&mut self, colours: &[Rgb; N]) {
        self.0.write(&colours.map(|Rgb { r, g, b }| RGB8 { r, g, b })).await;
    }
}
