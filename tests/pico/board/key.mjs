// One key between a pin and ground; the chip's own pull-up holds the pin high while it is up.

export class KeyToGround {
  #pin;
  #down;
  #chip = null;

  constructor({ pin, down = false }) {
    this.#pin = pin;
    this.#down = down;
  }

  attach(chip) {
    this.#chip = chip;
    this.set(this.#down);
  }

  set(down) {
    this.#down = down;
    this.#chip?.pins.drive(this.#pin, down ? false : null);
  }
}
