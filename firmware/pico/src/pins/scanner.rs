//! The scanner: a decoder module, a trigger, one lamp.

super::table! {
    /// The scanner's pins.
    ScannerPins {
        decoder_tx = PIN_4, "GP4: UART1 out, to the decoder's RX.";
        decoder_rx = PIN_5, "GP5: UART1 in, from the decoder's TX.";
        trigger = PIN_6, "GP6: trigger key to ground.";
        decoder_uart = UART1, "The decoder's UART, 9600 8N1.";
    }
}
