// Bytes towards a UART's receive pin, one character time apart.

export class Feeder {
  #uart;
  #queue = [];
  #alarm;
  #busy = false;

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

  #next() {
    if (this.#busy || !this.#queue.length) return;
    this.#busy = true;
    this.#alarm.schedule(this.#uart.characterNanos);
  }
}
