// A passive buzzer: hears the square wave on its pin, and at which level the pin comes to rest.
const QUIET_NANOS = 40e6; // longer than a period of the deepest tone, 30 Hz
const EDGES = 5; // rising edges that make a tone

export class Buzzer {
  #pin;
  #report;

  /** @param report called with `{ tone: hz, level }`: 0 Hz when the pin has come to rest at `level` */
  constructor({ pin }, report) {
    this.#pin = pin;
    this.#report = report;
  }

  attach(chip) {
    let rises = [];
    let told = 0;
    const tell = (hz, level) => {
      if (hz === told) return;
      told = hz;
      this.#report({ tone: hz, level });
    };
    const quiet = chip.alarm(() => {
      rises = [];
      tell(0, chip.pins.output(this.#pin) === true);
    });
    let before = false;
    chip.pins.watch(this.#pin, (level) => {
      const high = level === true;
      if (high === before) return;
      before = high;
      quiet.schedule(QUIET_NANOS);
      if (!high) return;
      rises.push(chip.now);
      if (rises.length > EDGES) rises.shift();
      if (rises.length === EDGES) tell(Math.round(((EDGES - 1) * 1e9) / (rises[EDGES - 1] - rises[0])), true);
    });
  }
}
