//! The printer's image, for heads whose low burns.
#![no_std]
#![no_main]

use embassy_executor::Spawner;
use nodes::chip::Burns;
use pico::devices::printer;

#[embassy_executor::main]
async fn main(spawner: Spawner) {
    printer::run(spawner, Burns::Low).await;
}
