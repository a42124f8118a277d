// Programmable I/O on the simulated clock. rp2040js steps it from the host's timers, so that waveforms have no true
// times; here each state machine takes its next instruction when its divider says so, and none while it waits.

/** Makes the chip's state machines keep time. */
export function clockPio(mcu) {
  for (const pio of mcu.pio) {
    const steppers = pio.machines.map((machine) => new Stepper(mcu, pio, machine));
    const write = pio.writeUint32.bind(pio);
    pio.run = () => {};
    pio.writeUint32 = (offset, value) => {
      write(offset, value);
      pio.checkChangedPins();
      steppers.forEach((stepper) => stepper.wake());
    };
  }
}

class Stepper {
  #mcu;
  #pio;
  #machine;
  #alarm;
  #armed = false;

  constructor(mcu, pio, machine) {
    this.#mcu = mcu;
    this.#pio = pio;
    this.#machine = machine;
    this.#alarm = mcu.clock.createAlarm(() => this.#step());
    // Out of reset the output shift register is empty, so that the first `out` pulls; rp2040js starts it full of zeros.
    machine.outputShiftCount = 32;
    const checkWait = machine.checkWait.bind(machine);
    machine.checkWait = () => {
      const waited = machine.waiting;
      checkWait();
      if (waited && !machine.waiting) {
        pio.checkChangedPins();
        this.wake();
      }
    };
  }

  get #cycleNanos() {
    const { clockDivInt, clockDivFrac } = this.#machine;
    return (((clockDivInt || 65536) + clockDivFrac / 256) * 1e9) / this.#mcu.clkSys;
  }

  /** Arms the next step, if the machine can take one. */
  wake(cycles = 1) {
    if (this.#armed || !this.#machine.enabled || this.#machine.waiting) return;
    this.#armed = true;
    this.#alarm.schedule(cycles * this.#cycleNanos);
  }

  #step() {
    this.#armed = false;
    if (!this.#machine.enabled) return;
    const before = this.#machine.cycles;
    this.#machine.step();
    this.#pio.checkChangedPins();
    this.wake(Math.max(1, this.#machine.cycles - before));
  }
}
