// A barcode decoder module on a UART: sends what it reads with the symbology's AIM identifier before and a carriage
// return behind, as modules do once set up so. It answers the GM65 kind's trigger.
import { Feeder } from '../line/feeder.mjs';

const CARRIAGE_RETURN = 0x0d;
/** The GM65 kind's "trigger on", and its answer. */
const TRIGGER = '7e000801000201abcd', TAKEN = [0x02, 0x00, 0x00, 0x01, 0x00, 0x33, 0x31];

export class Decoder {
  #uart;
  #feeder = null;
  #before = null;
  /** The module says nothing, as if its cable had come off. */
  silent = false;

  /** @param wiring `{ uart }` */
  constructor({ uart }) {
    this.#uart = uart;
  }

  attach(chip) {
    const uart = chip.uart[this.#uart];
    this.#feeder?.stop();
    this.#feeder = new Feeder(chip, uart);
    let heard = '';
    uart.onStart = (byte) => {
      heard = (heard + byte.toString(16).padStart(2, '0')).slice(-TRIGGER.length);
      if (heard === TRIGGER) this.#triggered();
    };
  }

  /** Puts a code before the module, which reads it at the next trigger. */
  present(aim, code) {
    this.#before = { aim, code };
  }

  #triggered() {
    if (this.silent) return;
    this.#feeder.send(TAKEN);
    if (this.#before) this.scan(this.#before.aim, this.#before.code);
    this.#before = null;
  }

  /** Reads a code: `aim` is like `]C1`, empty where the module is not set up to tell. Resolves when it has arrived. */
  scan(aim, code) {
    this.#feeder.send([...Buffer.from(aim + code, 'utf8'), CARRIAGE_RETURN]);
    return this.#feeder.arrived();
  }
}
