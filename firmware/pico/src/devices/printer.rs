//! The printer: for heads of either polarity.

use embassy_executor::Spawner;
use embassy_rp::gpio::{Input, Level, Output, Pull};
use embassy_rp::spi::{self, Spi};
use embassy_time::Delay;
use nodes::chip::Burns;
use nodes::parts::head::{CLOCK_HZ, Head};
use nodes::parts::stepper::Stepper;
use nodes::printer::board::LAG;
use nodes::printer::{Printer, PrinterBoard, PrinterParts, ROOM, Sheet};
use static_cell::ConstStaticCell;

use crate::board::analog::{AnalogPin, converter};
use crate::board::chip::{Cycles, Rp2040};
use crate::board::irqs::Irqs;
use crate::board::strobes::{PioStrobes, StrobePins};
use crate::pins::Face;
use crate::pins::printer::{self, PrinterPins, SENSOR_ROWS};
use crate::station::Station;

static RASTER: ConstStaticCell<[u8; ROOM]> = ConstStaticCell::new([0; ROOM]);

/// What the image does, with a head of this polarity.
pub async fn run(spawner: Spawner, burns: Burns) {
    let (common, face, pins) = printer::take(embassy_rp::init(Default::default()));
    if let Ok(station) = Station::start(spawner, common, "Cangxun printer").await {
        let room: &mut [u8] = RASTER.take();
        let printer = Printer::new(room).with_sensor_ahead(SENSOR_ROWS - LAG);
        station.run(printer, || board(face, pins, burns)).await
    }
}

/// Head, motor, sensors, lamp and buzzer; cold, still and dark.
fn board(face: Face, pins: PrinterPins, burns: Burns) -> PrinterBoard<Rp2040> {
    let power = Output::new(pins.head_power, Level::Low);
    let latch = Output::new(pins.head_latch, Level::High);
    let strobes = StrobePins {
        dst_1: pins.strobe_1,
        dst_2: pins.strobe_2,
        dst_3: pins.strobe_3,
        dst_4: pins.strobe_4,
        dst_5: pins.strobe_5,
        dst_6: pins.strobe_6,
    };
    let strobes = PioStrobes::new(pins.head_pio, strobes, burns);
    let mut config = spi::Config::default();
    config.frequency = CLOCK_HZ;
    let spi = Spi::new_txonly(
        pins.head_spi,
        pins.head_clock,
        pins.head_data,
        pins.head_dma,
        Irqs,
        config,
    );

    let coils = [
        Output::new(pins.motor_a1, Level::Low),
        Output::new(pins.motor_a2, Level::Low),
        Output::new(pins.motor_b1, Level::Low),
        Output::new(pins.motor_b2, Level::Low),
    ];
    let awake = Output::new(pins.motor_sleep, Level::Low);
    let converter = converter(pins.adc);
    PrinterBoard::new(PrinterParts {
        face: super::face(face),
        head: Head::new(spi, latch, power, strobes, Cycles),
        motor: Stepper::new(coils, awake),
        cover: Input::new(pins.cover, Pull::Up),
        gap: AnalogPin::new(converter, pins.gap),
        thermistor: AnalogPin::new(converter, pins.thermistor),
        timer: Delay,
        sheet: Sheet::LTP02_245,
    })
}
