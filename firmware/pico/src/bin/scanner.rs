//! The scanner's image.
#![no_std]
#![no_main]

use embassy_executor::Spawner;
use nodes::scanner::Scanner;
use pico::devices;
use pico::pins;
use pico::station::Station;

#[embassy_executor::main]
async fn main(spawner: Spawner) {
    let (common, face, pins) = pins::scanner::take(embassy_rp::init(Default::default()));
    if let Ok(station) = Station::start(spawner, common, "Cangxun scanner").await {
        station
            .run(Scanner::new().with_module(), || devices::scanner::board(face, pins))
            .await
    }
}
