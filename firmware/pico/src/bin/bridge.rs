//! The bridge's image.
#![no_std]
#![no_main]

use embassy_executor::Spawner;
use pico::devices::bridge;
use pico::pins;
use pico::station::Station;

#[embassy_executor::main]
async fn main(spawner: Spawner) {
    let (common, face, pins) = pins::bridge::take(embassy_rp::init(Default::default()));
    if let Ok(station) = Station::start(spawner, common, "Cangxun bridge").await {
        station
            .run_bridge(|| bridge::board(face), |baud| bridge::row(pins, baud))
            .await
    }
}
