// A load cell behind an HX711: 24 bits, most significant first, one for each clock; the 25th clock ends the reading. Cells differ from
// what is printed on them, and their zero wanders with the heat of the day.
const BITS = 24, POWER_DOWN_NANOS = 60_000;

export class LoadCell {
  grams = 0;
  /** By how much more than it should the cell gives, as a factor. */
  spread = 1;
  /** Grams by which its zero has wandered, and those it wanders a minute. */
  drift = { grams: 0, perMinute: 0 };
  #wiring;
  #readingMicros = 0;

  /** @param wiring `{ clock, data, samplesPerSecond, countsPerGram, zeroCounts, noiseCounts }` */
  constructor(wiring) {
    this.#wiring = wiring;
  }

  attach(chip) {
    const { clock, data, samplesPerSecond, countsPerGram, zeroCounts, noiseCounts } = this.#wiring;
    let value = 0;
    let clocks = 0;
    let ready = false;
    let began = 0;
    const period = 1e9 / samplesPerSecond;
    const converted = chip.alarm(() => {
      const noise = Math.round((Math.random() * 2 - 1) * noiseCounts);
      if (clocks === 0) {
        this.drift.grams += this.drift.perMinute / 60 / samplesPerSecond;
        const grams = this.grams * this.spread + this.drift.grams;
        value = Math.round(zeroCounts + grams * countsPerGram + noise) & 0xffffff;
        ready = true;
        chip.pins.drive(data, false);
      }
      converted.schedule(period);
    });
    const powerDown = chip.alarm(() => {
      clocks = 0;
      ready = false;
      converted.cancel();
      chip.pins.drive(data, true);
    });
    chip.pins.drive(data, true);
    converted.schedule(period);
    chip.pins.watch(clock, (level) => {
      if (level) {
        powerDown.schedule(POWER_DOWN_NANOS);
        if (!ready) return;
        if (clocks++ === 0) began = chip.now;
        chip.pins.drive(data, clocks > BITS || Boolean((value >> (BITS - clocks)) & 1));
      } else {
        powerDown.cancel();
        if (clocks > BITS) {
          this.#readingMicros = Math.max(this.#readingMicros, (chip.now - began) / 1e3);
          clocks = 0;
          ready = false;
        }
      }
    });
  }

  /** The longest reading so far. */
  measured() {
    return { reading_micros: this.#readingMicros };
  }
}
