// Seven-segment digits on a chain of 74HC595, three to a position; the first position is nearest to the chip, its left
// digit nearest of the three.
import { listenSpi } from '../chip/spi.mjs';

const FONT = [0x3f, 0x06, 0x5b, 0x4f, 0x66, 0x6d, 0x7d, 0x07, 0x7f, 0x6f]; // bit 0 is segment a … bit 6 segment g
const DIGITS = 3;
const FUNCTION_SPI = 1;

export class DigitChain {
  #wiring;
  #report;
  #shown = '';
  /** What the outputs hold. */
  #held = [];

  /**
   * @param wiring `{ spi, clock, data, latch, positions }`
   * @param report called with the number at each position, null where dark, whenever the chain shows others; segments
   *   that make no number are given as text
   */
  constructor(wiring, report) {
    this.#wiring = wiring;
    this.#report = report;
  }

  attach(chip) {
    const { spi, clock, data, latch, positions } = this.#wiring;
    const stages = new Array(positions * DIGITS).fill(0);
    listenSpi(chip, spi, (byte) => {
      if (!chip.pins.has(clock, FUNCTION_SPI) || !chip.pins.has(data, FUNCTION_SPI)) return;
      stages.pop();
      stages.unshift(byte);
    });
    chip.pins.watch(latch, (level) => {
      if (level) this.#latch(stages);
    });
  }

  /** A spark: segment a of a position's right digit flips, so that 7 shows as 1. */
  spark(position) {
    this.#held[position * DIGITS + DIGITS - 1] ^= 1;
    this.#show();
  }

  #latch(stages) {
    this.#held = [...stages];
    this.#show();
  }

  #show() {
    const numbers = [];
    for (let i = 0; i < this.#held.length; i += DIGITS) numbers.push(read(this.#held.slice(i, i + DIGITS)));
    const shown = JSON.stringify(numbers);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#report(numbers);
  }
}

/** The number that segments show. */
function read(segments) {
  if (segments.every((one) => one === 0)) return null;
  const text = segments.map((one) => (one === 0 ? ' ' : FONT.includes(one) ? String(FONT.indexOf(one)) : '?')).join('');
  return /^ *\d+$/.test(text) ? Number(text) : text;
}
