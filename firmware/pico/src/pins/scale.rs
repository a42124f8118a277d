//! The scale: a load cell behind an HX711, a tare key.

super::table! {
    /// The scale's pins.
    ScalePins {
        cell_data = PIN_4, "GP4: HX711 DOUT, low when a sample is ready.";
        cell_clock = PIN_5, "GP5: HX711 PD_SCK.";
        tare = PIN_6, "GP6: tare key to ground.";
        regulator = PIN_23, "GP23: the Pico's own regulator; high keeps it from skipping pulses, whose ripple the converter would see.";
    }
}
