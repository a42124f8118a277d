// Where a board's link goes: the pins of a UART or the USB socket, joined to a pseudo-terminal.
import { Feeder } from '../line/feeder.mjs';
import { Transceiver } from '../line/bus.mjs';

const FUNCTION_UART = 2;

/** A UART with a port on its pins. */
export class UartLink {
  #wiring;
  #port;
  #feeder = null;

  /** @param wiring `{ uart, tx }` @param port a sink of bytes: `write(bytes)` */
  constructor(wiring, port) {
    this.#wiring = wiring;
    this.#port = port;
  }

  attach(chip) {
    const uart = chip.uart[this.#wiring.uart];
    this.#feeder = new Feeder(chip, uart);
    uart.onStart = (byte, nanos) => {
      if (!chip.pins.has(this.#wiring.tx, FUNCTION_UART)) return;
      chip.alarm(() => this.#port.write([byte])).schedule(nanos);
    };
  }

  /** Bytes towards the chip. */
  send(bytes) {
    this.#feeder?.send(bytes);
  }
}

/**
 * A UART with nothing on its pins. What it sends is heard on the open receive pin beside it, as noise, unless a pull-up holds
 * that.
 */
export class OpenUart {
  #wiring;

  /** @param wiring `{ uart, rx }` */
  constructor(wiring) {
    this.#wiring = wiring;
  }

  attach(chip) {
    const uart = chip.uart[this.#wiring.uart];
    uart.onStart = (byte, nanos) => {
      if (!chip.pins.pulledUp(this.#wiring.rx)) chip.alarm(() => uart.receive(byte ^ 0xa5)).schedule(nanos);
    };
  }
}

/** The USB socket with a port behind it. */
export class UsbLink {
  #port;
  #usb = null;

  constructor(port) {
    this.#port = port;
  }

  attach(chip) {
    this.#usb = chip.plugInUsb();
    this.#usb.onBytes = (bytes) => this.#port.write(bytes);
  }

  /** Bytes towards the chip. */
  send(bytes) {
    this.#usb?.send(bytes);
  }

  /** What the chip asks of its hub. */
  measured() {
    return { usb_milliamperes: this.#usb?.milliamperes };
  }

  /** Until the chip is reset. */
  wedge() {
    this.#usb.wedged = true;
  }
}

/** A transceiver on an RS-485 pair. */
export class BusLink {
  #wiring;
  #bus;
  #transceiver = null;
  #leave = () => {};

  /** @param wiring `{ uart, tx, driverEnable }` */
  constructor(wiring, bus) {
    this.#wiring = wiring;
    this.#bus = bus;
  }

  attach(chip) {
    // A reset lets go of the enable pin.
    this.#transceiver?.letGo(chip.now);
    this.#leave();
    this.#transceiver = new Transceiver(this.#bus, chip, this.#wiring);
    this.#leave = this.#bus.join(this.#transceiver);
  }

  detach(now) {
    this.#transceiver?.letGo(now);
    this.#leave();
  }
}
