//! The shelf: 24 lights, 72 digits, 72 keys.

/// What all lights may draw together (mA): as its supply, fuses and feeds are in `docs/wiring.md`. Change it with them.
pub const LIGHTS_MILLIAMPERES: u16 = 900;

super::table! {
    /// The shelf's pins.
    ShelfPins {
        sense_1_confirm = PIN_4, "GP4: level 1, confirm keys. Low while one is pressed whose slot line is low.";
        sense_1_plus = PIN_5, "GP5: level 1, plus keys.";
        sense_1_minus = PIN_6, "GP6: level 1, minus keys.";
        sense_2_confirm = PIN_7, "GP7: level 2, confirm keys.";
        sense_2_plus = PIN_8, "GP8: level 2, plus keys.";
        sense_2_minus = PIN_9, "GP9: level 2, minus keys.";
        sense_3_confirm = PIN_10, "GP10: level 3, confirm keys.";
        sense_3_plus = PIN_11, "GP11: level 3, plus keys.";
        sense_3_minus = PIN_12, "GP12: level 3, minus keys.";
        slot_1 = PIN_13, "GP13: slot 1 of every level; through a diode at each key.";
        slot_2 = PIN_14, "GP14: slot 2.";
        slot_3 = PIN_15, "GP15: slot 3.";
        slot_4 = PIN_20, "GP20: slot 4.";
        slot_5 = PIN_21, "GP21: slot 5.";
        slot_6 = PIN_22, "GP22: slot 6.";
        slot_7 = PIN_26, "GP26: slot 7.";
        slot_8 = PIN_27, "GP27: slot 8.";
        digits_latch = PIN_17, "GP17: rising edge shows what was shifted (74HC595 RCLK).";
        digits_clock = PIN_18, "GP18: SPI0 clock (74HC595 SRCLK).";
        digits_data = PIN_19, "GP19: SPI0 data (74HC595 SER).";
        digits_spi = SPI0, "Shifts the digits out.";
        digits_dma = DMA_CH1, "Feeds the digits.";
    }
}
