// A chain of WS2812B lights, read from the edges on its data line.
const ONE_IS_LONGER_THAN_NANOS = 600; // a zero is high for 400 ns, a one for 800
const LATCH_NANOS = 280_000; // the WS2812B's; older ones took 50 µs
const BITS = 24;

export class Ws2812 {
  #pin;
  #count;
  #report;
  #shown;

  /** @param report called with the colours (`rrggbb`, in chain order) whenever the chain latches others */
  constructor({ pin, count }, report) {
    this.#pin = pin;
    this.#count = count;
    this.#report = report;
  }

  attach(chip) {
    let bits = [];
    let rose = 0;
    const latch = chip.alarm(() => {
      this.#latch(bits);
      bits = [];
    });
    chip.pins.watch(this.#pin, (level) => {
      if (level) {
        rose = chip.now;
        latch.cancel();
      } else if (rose) {
        bits.push(chip.now - rose > ONE_IS_LONGER_THAN_NANOS ? 1 : 0);
        rose = 0;
        latch.schedule(LATCH_NANOS);
      }
    });
  }

  /** A spark: a light takes another colour over. */
  spark(light) {
    const shown = [...this.#shown];
    shown[light] = (parseInt(shown[light], 16) ^ 0x404040).toString(16).padStart(6, '0');
    this.#shown = shown;
    this.#report(shown);
  }

  /** Lights that get fewer bits than there are keep what they show; bits beyond the last light leave the chain. */
  #latch(bits) {
    const lights = Math.min(this.#count, Math.floor(bits.length / BITS));
    const shown = this.#shown ? [...this.#shown] : new Array(this.#count).fill('000000');
    for (let i = 0; i < lights; i++) {
      const value = parseInt(bits.slice(i * BITS, (i + 1) * BITS).join(''), 2).toString(16).padStart(6, '0');
      shown[i] = value.slice(2, 4) + value.slice(0, 2) + value.slice(4); // green comes first on the line
    }
    if (this.#shown && shown.every((colour, i) => colour === this.#shown[i])) return;
    this.#shown = shown;
    this.#report(shown);
  }
}
