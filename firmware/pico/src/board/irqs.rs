//! Which handler answers which interrupt.

use embassy_rp::peripherals::{DMA_CH0, DMA_CH1, PIO0, PIO1, UART0, UART1, USB};
use embassy_rp::{adc, bind_interrupts, dma, pio, uart, usb};

use super::driver::Fall;
use super::uart::Sieved;

bind_interrupts!(
    /// All interrupts the images use.
    pub struct Irqs {
        UART0_IRQ => Sieved, uart::BufferedInterruptHandler<UART0>;
        UART1_IRQ => uart::BufferedInterruptHandler<UART1>;
        TIMER_IRQ_1 => Fall;
        PIO0_IRQ_0 => pio::InterruptHandler<PIO0>;
        PIO1_IRQ_0 => pio::InterruptHandler<PIO1>;
        DMA_IRQ_0 => dma::InterruptHandler<DMA_CH0>, dma::InterruptHandler<DMA_CH1>;
        USBCTRL_IRQ => usb::InterruptHandler<USB>;
        ADC_IRQ_FIFO => adc::InterruptHandler;
    }
);
