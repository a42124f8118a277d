// A load cell behind an HX711: 24 bits, most significant first, one for each clock; the 25th clock ends the reading.
const BITS = 24, POWER_DOWN_NANOS = 60_000;

export class LoadCell {
  grams = 0;
  #wiring;

  /** @param wiring `{ clock, data, samplesPerSecond, countsPerGram, zeroCounts, noiseCounts }` */
  constructor(wiring) {
    this.#wiring = wiring;
  }

  attach(chip) {
    const { clock, data, samplesPerSecond, countsPerGram, zeroCounts, noiseCounts } = this.#wiring;
    let value = 0;
    let clocks = 0;
    let ready = false;
    const period = 1e9 / samplesPerSecond;
    const converted = chip.alarm(() => {
      const noise = Math.round((Math.random() * 2 - 1) * noiseCounts);
      if (clocks === 0) {
        value = Math.round(zeroCounts + this.grams * countsPerGram + noise) & 0xffffff;
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
        clocks++;
        chip.pins.drive(data, clocks > BITS || Boolean((value >> (BITS - clocks)) & 1));
      } else {
        powerDown.cancel();
        if (clocks > BITS) {
          clocks = 0;
          ready = false;
        }
      }
    });
  }
}
