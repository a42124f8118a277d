// A thermal printer of the LTP02-245 kind: a shift register and a latch for one row of dots, strobes that burn it, a
// stepper that moves the paper, and sensors for the gap between labels, the cover and the head's heat. It is as hard to
// please as a true one: dots blacken by energy, the rotor slips, the supply is soft, and an upturned sensor stays so.
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
  #slips = 0;
  #stepped = -Infinity;
  #upturned = false;
  #rows = new Map(); // row on paper → millijoules burnt, for each dot
  #first = Infinity;
  #mostAtOnce = 0;
  #cold = 0; // strobes at the level that burns while the head had no supply
  #powered = null; // since when
  #softest = Infinity; // least time from supply to strobe
  #trap = null;
  #hung = null;
  #row = []; // bits in the shift register
  #latched = [];
  #burning = new Map(); // strobe → since when
  #together = 0; // dots hot at once since all were cold
  #idle = null;
  #idleNanos = 0;

  /**
   * @param report called with `{ label: { rows, from_edge, most_at_once, celsius, … } }` when the paper has stopped after a print,
   *   and with what became of strobe and supply after {@link hangInStrobe}
   */
  constructor(wiring, report) {
    this.#wiring = wiring;
    this.#report = report;
    this.#latched = new Array(wiring.dots).fill(0);
  }

  attach(chip) {
    // With the chip's reset its pins let go: resistors hold strobes and supply at rest.
    for (const [strobe, since] of this.#burning) this.#ended(strobe, chip.now - since);
    this.#burning.clear();
    this.#supply(false, chip.now);
    this.#chip = chip;
    const { spi, clock, data, latch, strobes, power, motor, idleMillis } = this.#wiring;
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
    chip.pins.watch(power, (level) => {
      this.#supply(level === true, chip.now);
      strobes.forEach((_, strobe) => this.#strobe(strobe));
    });
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

  /** Turns the gap sensor's signal round, as one that is wired to the other rail. */
  upturn(upturned) {
    this.#upturned = upturned;
    this.#sense();
  }

  /** Hangs the core so many microseconds into the strobe after so many others. Reports `hung` and `unpowered`. */
  hangInStrobe({ strobes, micros }) {
    this.#trap = { strobes, micros };
  }

  #supply(on, now) {
    if (on === (this.#powered !== null)) return;
    this.#powered = on ? now : null;
    if (on || !this.#hung) return;
    this.#report({ unpowered: Math.round((now - this.#hung.at) / 1e3) / 1e3 });
    this.#hung = null;
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
    this.#chip.adc.channelValues[gap.channel] = this.#upturned ? ADC_TOP - seen : seen;
    const { ohmsAt25, beta, seriesOhms } = thermistor;
    const ohms = ohmsAt25 * Math.exp(beta * (1 / (this.#celsius + KELVIN) - 1 / (25 + KELVIN)));
    this.#chip.adc.channelValues[thermistor.channel] = Math.round((ADC_TOP * ohms) / (ohms + seriesOhms));
  }

  #strobe(strobe) {
    const { pins, now } = this.#chip;
    const active = pins.output(this.#wiring.strobes[strobe]) === this.#wiring.burns;
    if (active && this.#powered === null) this.#cold++;
    const on = active && this.#powered !== null;
    const since = this.#burning.get(strobe);
    if (on && since === undefined) {
      if (this.#burning.size === 0) this.#begins(now);
      this.#burning.set(strobe, now);
      this.#together = [...this.#burning.keys()].reduce((sum, one) => sum + this.#dots(one).filter((dot) => dot.on).length, 0);
      this.#mostAtOnce = Math.max(this.#mostAtOnce, this.#together);
    } else if (!on && since !== undefined) {
      this.#ended(strobe, now - since);
      this.#burning.delete(strobe);
    }
  }

  /** The first of some strobes begins. */
  #begins(now) {
    this.#softest = Math.min(this.#softest, now - this.#powered);
    if (!this.#trap || this.#trap.strobes-- > 0) return;
    const chip = this.#chip;
    const springs = chip.alarm(() => {
      this.#hung = { at: chip.now };
      chip.hang();
    });
    springs.schedule(this.#trap.micros * 1e3);
    this.#trap = null;
  }

  #ended(strobe, nanos) {
    const dots = this.#together;
    if (this.#hung) this.#report({ hung: { dots, micros: nanos / 1e3 } });
    this.#burn(strobe, nanos);
  }

  #dots(strobe) {
    const perStrobe = this.#wiring.dots / this.#wiring.strobes.length;
    return this.#latched
      .slice(strobe * perStrobe, (strobe + 1) * perStrobe)
      .map((on, i) => ({ on, at: strobe * perStrobe + i }));
  }

  #burn(strobe, nanos) {
    if (!this.#paper || !this.#shut) return;
    const { volts, ohms, inner, shared } = this.#wiring.head;
    const path = ohms + inner + shared * this.#together;
    const millijoules = (((volts / path) ** 2 * ohms * nanos) / 1e9) * 1e3;
    const row = this.#rowNow;
    const burnt = this.#rows.get(row) ?? new Float32Array(this.#wiring.dots);
    for (const { on, at } of this.#dots(strobe)) if (on) burnt[at] += millijoules;
    this.#rows.set(row, burnt);
    this.#first = Math.min(this.#first, row);
    this.#idle.schedule(this.#idleNanos);
  }

  /** Follows the rotor: the two coils' currents give its angle in eighths of a turn of the field. */
  #turn() {
    const { pins, now } = this.#chip;
    const { a, b, sleep } = this.#wiring.motor;
    const current = ([one, two]) => Number(pins.output(one) === true) - Number(pins.output(two) === true);
    const [x, y] = [current(a), current(b)];
    if (pins.output(sleep) !== true || (x === 0 && y === 0)) return;
    const angle = Math.round((Math.atan2(y, x) * 4) / Math.PI);
    if (this.#angle !== null && angle !== this.#angle) {
      const turned = ((angle - this.#angle + 12) % 8) - 4;
      const slips = turned === -4 || now - this.#stepped < this.#wiring.motor.slipsBelowNanos;
      if (slips) this.#slips++; // the rotor is left behind, and waits for the field to come round
      else this.#steps += turned;
      this.#stepped = now;
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
    const shares = [...this.#rows.values()].flatMap((row) => [...row].filter((one) => one > 0)).map((one) => one / this.#wanted);
    this.#report({
      label: {
        rows,
        from_edge,
        most_at_once: this.#mostAtOnce,
        celsius: this.#celsius,
        energy: [Math.min(...shares), Math.max(...shares)],
        soft_start: this.#softest / 1e3,
        cold_strobes: this.#cold,
        slips: this.#slips,
      },
    });
    this.#rows.clear();
    this.#first = Infinity;
    this.#mostAtOnce = 0;
    this.#softest = Infinity;
  }

  /** Millijoules that the paper wants at the head's temperature. */
  get #wanted() {
    const { at25, perKelvin } = this.#wiring.paper;
    return at25 - perKelvin * (this.#celsius - 25);
  }

  #hex(burnt) {
    const { dots, paper } = this.#wiring;
    const blackens = this.#wanted * paper.blackensAt;
    let text = '';
    for (let i = 0; i < dots; i += 4) {
      let digit = 0;
      for (let j = 0; j < 4; j++) digit = digit * 2 + (burnt?.[i + j] >= blackens ? 1 : 0);
      text += digit.toString(16);
    }
    return text;
  }
}
