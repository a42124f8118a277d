//! The printer's image.
#![no_std]
#![no_main]

use embassy_executor::Spawner;
use nodes::printer::board::LAG;
use nodes::printer::{Printer, ROOM};
use pico::devices;
use pico::pins;
use pico::pins::printer::SENSOR_ROWS;
use pico::station::Station;
use static_cell::ConstStaticCell;

static RASTER: ConstStaticCell<[u8; ROOM]> = ConstStaticCell::new([0; ROOM]);

#[embassy_executor::main]
async fn main(spawner: Spawner) {
    let (common, face, pins) = pins::printer::take(embassy_rp::init(Default::default()));
    if let Ok(station) = Station::start(spawner, common, "Cangxun printer").await {
        let room: &mut [u8] = RASTER.take();
        let printer = Printer::new(room).with_sensor_ahead(SENSOR_ROWS - LAG);
        station.run(printer, || devices::printer::board(face, pins)).await
    }
}
