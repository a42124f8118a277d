//! The scale's image.
#![no_std]
#![no_main]

use embassy_executor::Spawner;
use nodes::scale::{Scale, Sensitivity};
use pico::devices;
use pico::pins;
use pico::station::Station;

#[embassy_executor::main]
async fn main(spawner: Spawner) {
    let (common, face, pins) = pins::scale::take(embassy_rp::init(Default::default()));
    if let Ok(station) = Station::start(spawner, common, "Cangxun scale").await {
        station
            .run(Scale::new(Sensitivity::CELL_30_KG), || {
                devices::scale::board(face, pins)
            })
            .await
    }
}
