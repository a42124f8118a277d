// A Pico on its board: flash and parts that stay, and one chip after another as it is reset.
import { Chip, blankFlash } from '../chip/chip.mjs';
import { placeImage } from '../uf2.mjs';

export class Board {
  /** @type {Chip | null} null while the supply is off */
  chip = null;

  /** Instructions executed by the chips before this one. */
  #earlier = 0;
  #flash = blankFlash();
  #uid;
  #parts;
  #report;
  #log;

  /**
   * @param name what it is called in complaints
   * @param image bytes of a UF2 or a flat binary
   * @param uid sixteen hex digits
   * @param parts what is soldered on: `attach(chip)` is called at every start, `detach(now)`, if there, as the supply goes
   * @param report called with `{ started: how }` at every start, `how` being 'power', 'watchdog', 'forced' or 'system'
   */
  constructor({ name, image, uid, parts, report, log, now }) {
    if (!/^[0-9a-f]{16}$/.test(uid)) throw new Error(`${name}: the uid must be 16 hex digits, not ${uid}`);
    placeImage(this.#flash, image, name);
    this.#uid = Uint8Array.from(uid.match(/../g), (pair) => parseInt(pair, 16));
    this.#parts = parts;
    this.#report = report;
    this.#log = log;
    this.powerOn(now);
  }

  /** When it next has anything to do, in the floor's nanoseconds. */
  get due() {
    return this.chip?.due ?? Infinity;
  }

  /** Instructions executed since it was made. */
  get instructions() {
    return this.#earlier + (this.chip?.instructions ?? 0);
  }

  runTo(until) {
    while (this.chip && this.chip.now < until) {
      this.chip.runTo(until);
      if (this.chip.ended) this.#start(this.chip.ended, this.chip.now, this.chip.outlives());
    }
  }

  /** Puts the supply on; nothing but flash is remembered. */
  powerOn(now) {
    this.#start('power', now);
  }

  powerOff() {
    this.#earlier = this.instructions;
    this.#parts.forEach((part) => part.detach?.(this.chip?.now));
    this.chip = null;
  }

  #start(how, now, outlived) {
    this.#earlier = this.instructions;
    this.chip = new Chip({ flash: this.#flash, uid: this.#uid, bornAt: now, outlived, log: this.#log });
    this.#parts.forEach((part) => part.attach(this.chip));
    this.#report({ started: how });
  }
}
