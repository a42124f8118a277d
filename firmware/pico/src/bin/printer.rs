//! The printer's image.
#![no_std]
#![no_main]

use embassy_executor::Spawner;
use nodes::chip::Burns;
use pico::devices::printer;

#[embassy_executor::main]
async fn main(spawner: Spawner) {
    printer::run(spawner, Burns::High).await;
}
