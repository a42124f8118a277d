// A barcode decoder module on a UART: sends what it reads with the symbology's AIM identifier before and a carriage
// return behind, as modules do once set up so.
import { Feeder } from '../line/feeder.mjs';

const CARRIAGE_RETURN = 0x0d;

export class Decoder {
  #uart;
  #feeder = null;

  /** @param wiring `{ uart }` */
  constructor({ uart }) {
    this.#uart = uart;
  }

  attach(chip) {
    this.#feeder = new Feeder(chip, chip.uart[this.#uart]);
  }

  /** Reads a code: `aim` is like `]C1`, empty where the module is not set up to tell. */
  scan(aim, code) {
    this.#feeder?.send([...Buffer.from(aim + code, 'utf8'), CARRIAGE_RETURN]);
  }
}
