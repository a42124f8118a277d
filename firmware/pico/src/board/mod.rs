//! What is the RP2040's own, each in its own file: the chip as the boards see it, and what every image needs beside its board.

pub mod analog;
pub mod chip;
pub mod crash;
pub mod driver;
pub mod identity;
pub mod irqs;
pub mod lights;
pub mod memory;
pub mod port;
pub mod settings;
pub mod strobes;
pub mod uart;
pub mod usb;
pub mod watchdog;
pub mod wave;
