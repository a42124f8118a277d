// The chip's pins as a board sees them: what drives each from outside, and what an undriven pin reads through its pull.
import { GPIOPinState } from 'rp2040js';

export class Pins {
  #mcu;
  #driven = new Map();

  constructor(mcu) {
    this.#mcu = mcu;
    for (const pin of mcu.gpio) {
      pin.addListener((state) => {
        if (this.#driven.has(pin.index)) return;
        if (state === GPIOPinState.InputPullUp || state === GPIOPinState.High) pin.setInputValue(true);
        else if (state !== GPIOPinState.InputBusKeeper) pin.setInputValue(false);
      });
    }
  }

  /** Drives a pin from outside; `null` lets it go. */
  drive(index, level) {
    const pin = this.#mcu.gpio[index];
    if (level === null) {
      this.#driven.delete(index);
      level = pin.value === GPIOPinState.InputPullUp || pin.value === GPIOPinState.High;
    } else this.#driven.set(index, level);
    if (pin.rawInputValue !== level) pin.setInputValue(level);
  }

  /** What the chip puts on the pin: true, false, or `null` where it is an input. */
  output(index) {
    const { value } = this.#mcu.gpio[index];
    return value === GPIOPinState.High ? true : value === GPIOPinState.Low ? false : null;
  }

  /** What the chip puts on the pin, and the milliamperes at which it still keeps its level there. */
  driven(index) {
    return { output: this.output(index), milliamperes: [2, 4, 8, 12][this.#mcu.gpio[index].driveStrength] };
  }

  /** Whether the chip's own pull-up holds the pin. */
  pulledUp(index) {
    return this.#mcu.gpio[index].pullupEnabled;
  }

  /** Whether firmware has given the pin to this function (2 is UART, 1 SPI). */
  has(index, functionSelect) {
    return this.#mcu.gpio[index].functionSelect === functionSelect;
  }

  /** Calls back with {@link output}'s value whenever it changes. */
  watch(index, callback) {
    this.#mcu.gpio[index].addListener(() => callback(this.output(index)));
  }
}
