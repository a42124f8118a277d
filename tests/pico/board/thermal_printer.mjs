// A thermal printer of the LTP02-245 kind: a shift register and a latch for one row of dots, strobes that burn it, a
// stepper that moves the paper, and sensors for the gap between labels, the cover and the head's heat.
import { listenSpi } from '../chip/spi.mjs';

const FUNCTION_SPI = 1;
const ADC_TOP = 4095;
const KELVIN = 273.15;

export class ThermalPrinter {
  #wiring;
  #report;
  #chip = null;
  #paper = true;
  #shut = true;
  #celsius = 25;

  #steps = 0; // half steps of the motor since the paper was loaded
  #angle = null;
  #rows = new Map(); // row on paper → microseconds burnt, for each dot
  #first = Infinity;
  #mostAtOnce = 0;
  #row = []; // bits in the shift register
  #latched = [];
  #burning = new Map(); // strobe → since when
  #idle = null;
  #idleNanos = 0;

  /** @param report called with `{ rows, from_edge, most_at_once, celsius }` when the paper has stopped after a print */
  constructor(wiring, report) {
    this.#wiring = wiring;
    this.#report = report;
    this.#latched = new Array(wiring.dots).fill(0);
  }

  attach(chip) {
    this.#chip = chip;
    const { spi, clock, data, latch, strobes, power, motor, idleMillis } = this.#wiring;
    this.#burning.clear();
    this.#idle = chip.alarm(() => this.#stopped());
    listenSpi(chip, spi, (word, bits) => {
      if (!chip.pins.has(clock, FUNCTION_SPI) || !chip.pins.has(data, FUNCTION_SPI)) return;
      for (let bit = bits - 1; bit >= 0; bit--) this.#row.push((word >> bit) & 1);
      this.#row.splice(0, Math.max(0, this.#row.length - this.#wiring.dots));
    });
    chip.pins.watch(latch, (level) => {
      if (level === false && this.#row.length === this.#wiring.dots) this.#latched = [...this.#row];
    });
    strobes.forEach((pin, strobe) => chip.pins.watch(pin, () => this.#strobe(strobe)));
    chip.pins.watch(power, () => strobes.forEach((_, strobe) => this.#strobe(strobe)));
    for (const pin of [...motor.a, ...motor.b, motor.sleep]) chip.pins.watch(pin, () => this.#turn());
    this.#idleNanos = idleMillis * 1e6;
    this.#sense();
  }

  /** Loads paper, its first label's edge under the head, or takes it out. */
  load(loaded) {
    if (loaded && !this.#paper) this.#steps = 0;
    this.#paper = loaded;
    this.#sense();
  }

  close(shut) {
    this.#shut = shut;
    this.#sense();
  }

  heat(celsius) {
    this.#celsius = celsius;
    this.#sense();
  }

  get #rowNow() {
    return Math.floor(this.#steps / this.#wiring.motor.halfStepsPerRow);
  }

  /** Puts what the sensors see on their pins. */
  #sense() {
    if (!this.#chip) return;
    const { cover, gap, thermistor, labels } = this.#wiring;
    this.#chip.pins.drive(cover, this.#shut ? false : null);
    const place = (this.#rowNow + gap.rowsAhead) % (labels.rows + labels.gapRows); // what comes under the head later
    const seen = !this.#paper ? gap.none : place < labels.rows ? gap.label : gap.gap;
    this.#chip.adc.channelValues[gap.channel] = seen;
    const { ohmsAt25, beta, seriesOhms } = thermistor;
    const ohms = ohmsAt25 * Math.exp(beta * (1 / (this.#celsius + KELVIN) - 1 / (25 + KELVIN)));
    this.#chip.adc.channelValues[thermistor.channel] = Math.round((ADC_TOP * ohms) / (ohms + seriesOhms));
  }

  #strobe(strobe) {
    const { pins, now } = this.#chip;
    const on = pins.output(this.#wiring.strobes[strobe]) === true && pins.output(this.#wiring.power) === true;
    const since = this.#burning.get(strobe);
    if (on && since === undefined) {
      this.#burning.set(strobe, now);
      const lit = [...this.#burning.keys()].reduce((sum, one) => sum + this.#dots(one).filter((dot) => dot.on).length, 0);
      this.#mostAtOnce = Math.max(this.#mostAtOnce, lit);
    } else if (!on && since !== undefined) {
      this.#burning.delete(strobe);
      this.#burn(strobe, (now - since) / 1000);
    }
  }

  #dots(strobe) {
    const perStrobe = this.#wiring.dots / this.#wiring.strobes.length;
    return this.#latched
      .slice(strobe * perStrobe, (strobe + 1) * perStrobe)
      .map((on, i) => ({ on, at: strobe * perStrobe + i }));
  }

  #burn(strobe, micros) {
    if (!this.#paper || !this.#shut) return;
    const row = this.#rowNow;
    const burnt = this.#rows.get(row) ?? new Float32Array(this.#wiring.dots);
    for (const { on, at } of this.#dots(strobe)) if (on) burnt[at] += micros;
    this.#rows.set(row, burnt);
    this.#first = Math.min(this.#first, row);
    this.#idle.schedule(this.#idleNanos);
  }

  /** Follows the rotor: the two coils' currents give its angle in eighths of a turn of the field. */
  #turn() {
    const { pins } = this.#chip;
    const { a, b, sleep } = this.#wiring.motor;
    const current = ([one, two]) => Number(pins.output(one) === true) - Number(pins.output(two) === true);
    const [x, y] = [current(a), current(b)];
    if (pins.output(sleep) !== true || (x === 0 && y === 0)) return;
    const angle = Math.round((Math.atan2(y, x) * 4) / Math.PI);
    if (this.#angle !== null) {
      const turned = ((angle - this.#angle + 12) % 8) - 4;
      if (turned !== -4) this.#steps += turned; // half a turn of the field at once moves nothing
    }
    this.#angle = angle;
    this.#sense();
    if (this.#rows.size) this.#idle.schedule(this.#idleNanos);
  }

  /** The paper has stopped: what was burnt since the last time is a label. */
  #stopped() {
    const rows = [];
    for (let row = this.#first; row <= Math.max(...this.#rows.keys()); row++) rows.push(this.#hex(this.#rows.get(row)));
    const { labels } = this.#wiring;
    const from_edge = this.#first % (labels.rows + labels.gapRows);
    this.#report({ rows, from_edge, most_at_once: this.#mostAtOnce, celsius: this.#celsius });
    this.#rows.clear();
    this.#first = Infinity;
    this.#mostAtOnce = 0;
  }

  #hex(burnt) {
    const { dots, microsToBlacken } = this.#wiring;
    let text = '';
    for (let i = 0; i < dots; i += 4) {
      let digit = 0;
      for (let j = 0; j < 4; j++) digit = digit * 2 + (burnt?.[i + j] >= microsToBlacken ? 1 : 0);
      text += digit.toString(16);
    }
    return text;
  }
}
