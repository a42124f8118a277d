//! The shelf's image.
#![no_std]
#![no_main]

use embassy_executor::Spawner;
use link::message::MAX_POSITIONS;
use nodes::shelf::Shelf;
use pico::devices;
use pico::pins;
use pico::pins::shelf::LIGHTS_MILLIAMPERES;
use pico::station::Station;

#[embassy_executor::main]
async fn main(spawner: Spawner) {
    let (common, face, pins) = pins::shelf::take(embassy_rp::init(Default::default()));
    if let Ok(station) = Station::start(spawner, common, "Cangxun shelf").await {
        let shelf = Shelf::new(MAX_POSITIONS as u8).with_most_milliamperes(LIGHTS_MILLIAMPERES);
        station.run(shelf, || devices::shelf::board(face, pins)).await
    }
}
