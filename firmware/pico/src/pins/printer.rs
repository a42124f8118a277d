//! The printer: a thermal head of 384 dots, a stepper, three sensors.

/// How far before the head's line the gap sensor sits, in rows of 0.125 mm: measure it at your mechanism. At least
/// [`nodes::printer::board::LAG`], and less than the shortest label.
pub const SENSOR_ROWS: u16 = 40;

super::table! {
    /// The printer's pins.
    PrinterPins {
        strobe_1 = PIN_4, "GP4: head DST1, dots 1 to 64; high burns.";
        strobe_2 = PIN_5, "GP5: head DST2, dots 65 to 128.";
        strobe_3 = PIN_6, "GP6: head DST3, dots 129 to 192.";
        strobe_4 = PIN_7, "GP7: head DST4, dots 193 to 256.";
        strobe_5 = PIN_8, "GP8: head DST5, dots 257 to 320.";
        strobe_6 = PIN_9, "GP9: head DST6, dots 321 to 384.";
        motor_a1 = PIN_10, "GP10: stepper bridge AIN1.";
        motor_a2 = PIN_11, "GP11: stepper bridge AIN2.";
        motor_b1 = PIN_12, "GP12: stepper bridge BIN1.";
        motor_b2 = PIN_13, "GP13: stepper bridge BIN2.";
        motor_sleep = PIN_14, "GP14: stepper bridge nSLEEP; low lets go of the motor.";
        cover = PIN_15, "GP15: cover switch to ground, closed while the cover is shut.";
        head_latch = PIN_17, "GP17: head /LAT, low takes the shifted row over.";
        head_clock = PIN_18, "GP18: head CLK, SPI0.";
        head_data = PIN_19, "GP19: head DI, SPI0.";
        head_power = PIN_20, "GP20: switch of the head's supply VH; low keeps it cold whatever else fails.";
        gap = PIN_26, "GP26: gap and paper sensor, ADC0.";
        thermistor = PIN_27, "GP27: head thermistor against 30 kΩ to 3.3 V, ADC1.";
        head_pio = PIO1, "Times the strobes.";
        head_spi = SPI0, "Shifts the rows out.";
        head_dma = DMA_CH1, "Feeds the rows.";
        adc = ADC, "Gap and temperature.";
    }
}
