// A barcode decoder module of the GM65 kind on a UART: what it sends with a code, and whether it scans when it is asked, its "zones"
// say. It acknowledges whatever is written to them, checksums or not.
import { Feeder } from '../line/feeder.mjs';

const CARRIAGE_RETURN = 0x0d, REQUEST_BYTES = 9;
const READ = 7, WRITE = 8, SAVE = 9;
const MODE = 0x0000, TRIGGER = 0x0002, SUFFIX = 0x0060, AIM = 0x00d0;
const COMMAND_MODE = 0b01;
/** As it leaves the factory, and as a node leaves it. */
const FACTORY = [[MODE, 0xd6], [SUFFIX, 0x60], [AIM, 0x00]];
const SET_UP = [[MODE, 0xd5], [SUFFIX, 0x01], [AIM, 0x80]];

/** CRC-16/XMODEM, as the module's answers end. */
function crc(bytes) {
  let sum = 0;
  for (const byte of bytes) {
    sum ^= byte << 8;
    for (let bit = 0; bit < 8; bit++) sum = sum & 0x8000 ? ((sum << 1) ^ 0x1021) & 0xffff : sum << 1;
  }
  return [sum >> 8, sum & 0xff];
}

export class Decoder {
  #uart;
  #feeder = null;
  #before = null;
  #saved = new Map(SET_UP);
  #zones = new Map(SET_UP);
  /** The module says nothing, as if its cable had come off. */
  silent = false;
  /** The module acknowledges what is written, and does not keep it. */
  stubborn = false;

  /** @param wiring `{ uart }` */
  constructor({ uart }) {
    this.#uart = uart;
  }

  attach(chip) {
    const uart = chip.uart[this.#uart];
    this.#feeder?.stop();
    this.#feeder = new Feeder(chip, uart);
    let heard = [];
    uart.onStart = (byte) => {
      heard.push(byte);
      if (heard[0] !== 0x7e) heard = [];
      if (heard.length < REQUEST_BYTES) return;
      this.#asked(heard);
      heard = [];
    };
  }

  /** Its supply goes, and what was not saved with it. */
  detach() {
    this.#zones = new Map(this.#saved);
  }

  /** Another module is put in, as it comes from the shop. */
  replace({ stubborn = false } = {}) {
    this.#saved = new Map(FACTORY);
    this.#zones = new Map(FACTORY);
    this.stubborn = stubborn;
  }

  /** Puts a code before the module, which reads it at the next trigger. */
  present(aim, code) {
    this.#before = { aim, code };
  }

  #asked([, , kind, , high, low, data]) {
    if (this.silent) return;
    const zone = (high << 8) | low;
    if (kind === READ) this.#answer(this.#zones.get(zone) ?? 0);
    else if (kind === SAVE || kind === WRITE) {
      if (kind === SAVE) this.#saved = new Map(this.#zones);
      else if (zone !== TRIGGER && !this.stubborn) this.#zones.set(zone, data);
      this.#answer(0);
      if (kind === WRITE && zone === TRIGGER) this.#triggered();
    }
  }

  #answer(value) {
    const body = [0x00, 0x01, value];
    this.#feeder.send([0x02, 0x00, ...body, ...crc(body)]);
  }

  #triggered() {
    if ((this.#zones.get(MODE) & 0b11) !== COMMAND_MODE) return;
    if (this.#before) this.scan(this.#before.aim, this.#before.code);
    this.#before = null;
  }

  /** Reads a code: `aim` is like `]C1`, empty for a code that has none. Resolves when it has arrived. */
  scan(aim, code) {
    const told = this.#zones.get(AIM) & 0x80 ? aim : '';
    const suffix = this.#zones.get(SUFFIX) & 1 ? [CARRIAGE_RETURN] : [];
    this.#feeder.send([...Buffer.from(told + code, 'utf8'), ...suffix]);
    return this.#feeder.arrived();
  }
}
