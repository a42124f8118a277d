// Bytes towards a UART's receive pin, one character time apart.

export class Feeder {
  #uart;
  #queue = [];
  #alarm;
  #busy = false;
  #waiting = [];

  constructor(chip, uart) {
    this.#uart = uart;
    this.#alarm = chip.alarm(() => {
      uart.receive(this.#queue.shift());
      this.#busy = false;
      this.#next();
    });
  }

  /** Sends bytes after those still under way. */
  send(bytes) {
    this.#queue.push(...bytes);
    this.#next();
  }

  /** Resolves when everything sent so far has arrived. */
  arrived() {
    return new Promise((done) => {
      this.#waiting.push(done);
      this.#next();
    });
  }

  /** Gives up, with the chip. */
  stop() {
    this.#queue = [];
    this.#alarm.cancel();
    this.#busy = false;
    this.#next();
  }

  #next() {
    if (this.#busy) return;
    if (!this.#queue.length) {
      this.#waiting.splice(0).forEach((done) => done());
      return;
    }
    this.#busy = true;
    this.#alarm.schedule(this.#uart.characterNanos);
  }
}
