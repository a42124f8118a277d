//! The board's parts, each in its own file.

pub mod buzzer;
pub mod crash;
pub mod digits;
pub mod head;
pub mod hx711;
pub mod identity;
pub mod irqs;
pub mod keys;
pub mod lights;
pub mod port;
pub mod rs485;
pub mod settings;
pub mod stepper;
pub mod thermistor;
pub mod usb;
pub mod watchdog;
