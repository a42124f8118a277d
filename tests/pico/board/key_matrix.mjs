// Keys between slot lines, which the chip drives, and sense lines, which it reads. With a diode at each key, any number
// may be down at once.

export class KeyMatrix {
  #slots;
  #senses;
  #keys;
  #down = new Set();
  #update = () => {};
  #scanMicros = 0;

  /** @param wiring `{ slots: [pin], senses: [[pin of each key] of each level], keys: [name] }` */
  constructor({ slots, senses, keys }) {
    this.#slots = slots;
    this.#senses = senses;
    this.#keys = keys;
  }

  attach(chip) {
    this.#update = () => {
      const low = new Set();
      for (const id of this.#down) {
        const [slot, sense] = id.split(' ').map(Number);
        if (chip.pins.output(slot) === false) low.add(sense);
      }
      // A sense line that no key pulls down floats: the chip's own pull-up decides.
      for (const sense of this.#senses.flat()) chip.pins.drive(sense, low.has(sense) ? false : null);
    };
    let began = null;
    for (const slot of this.#slots) {
      chip.pins.watch(slot, () => {
        this.#update();
        const scans = this.#slots.some((one) => chip.pins.output(one) === true);
        if (scans) began ??= chip.now;
        else if (began !== null) {
          this.#scanMicros = Math.max(this.#scanMicros, (chip.now - began) / 1e3);
          began = null;
        }
      });
    }
    this.#update();
  }

  /** The longest scan so far. */
  measured() {
    return { scan_micros: this.#scanMicros };
  }

  /** Puts a key down or lets it go. Positions count along a level, then upwards. */
  set(position, key, down) {
    const sense = this.#senses[Math.floor(position / this.#slots.length)]?.[this.#keys.indexOf(key)];
    if (sense === undefined) throw new Error(`there is no key ${key} at position ${position}`);
    const id = `${this.#slots[position % this.#slots.length]} ${sense}`;
    if (down) this.#down.add(id);
    else this.#down.delete(id);
    this.#update();
  }
}
