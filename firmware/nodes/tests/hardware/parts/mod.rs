//! Drivers, each by itself.

mod buzzer;
mod digits;
mod duplex;
mod head;
mod hx711;
mod keys;
mod lights;
mod push_key;
mod rs485;
mod stepper;
