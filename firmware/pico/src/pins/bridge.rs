//! The bridge: RS-485 down. Up is USB, or UART0 where no computer is on USB.

super::table! {
    /// The bridge's pins.
    BridgePins {
        row_tx = PIN_4, "GP4: UART1 out, to the transceiver's DI.";
        row_rx = PIN_5, "GP5: UART1 in, from the transceiver's RO.";
        row_enable = PIN_6, "GP6: the transceiver's DE and /RE, high while the bridge speaks.";
        row_uart = UART1, "The row's UART.";
    }
}
