// One RP2040 from one reset to the next. A reset ends this chip; the board starts another with what outlives it.
import { RP2040 } from 'rp2040js';
import { Pins } from './pins.mjs';
import { clockPio } from './pio.mjs';
import { CHIP_RESET_AFTER, fillGaps } from './registers.mjs';
import { installRom } from './rom.mjs';
import { installUarts } from './uart.mjs';
import { UsbSerial } from './usb.mjs';

const FLASH_BYTES = 2 << 20;
const VECTORS = 0x10000100, VTOR = 0xe000ed08, AIRCR = 0xd0c, SYSRESETREQ = 1 << 2;
const WATCHDOG = 0x40058, HARD_FAULT = 3;
const HUNG_CYCLES = 12_500; // 0.1 ms

/** Flash as it leaves the factory. */
export const blankFlash = () => new Uint8Array(FLASH_BYTES).fill(0xff);

export class Chip {
  /** How this chip ended: 'watchdog', 'forced' (the watchdog's trigger bit) or 'system'; null while it runs. */
  ended = null;
  /** Instructions executed since it started. */
  instructions = 0;

  #bornAt;
  #stall = 0;
  #mcu;
  #cycleNanos;

  /**
   * @param flash 2 MiB, shared with the board: what firmware writes stays
   * @param uid eight bytes
   * @param bornAt the floor's time, in nanoseconds, at which the chip starts
   * @param outlived of {@link outlives}, for a reset that keeps the supply; absent after power-on
   * @param log called with each complaint of the emulation
   */
  constructor({ flash, uid, bornAt, outlived, log = () => {} }) {
    this.#bornAt = bornAt;
    const mcu = (this.#mcu = new RP2040());
    mcu.logger = logger(mcu, log);
    mcu.flash = flash;
    mcu.flash16 = new Uint16Array(flash.buffer);
    mcu.flashView = new DataView(flash.buffer);
    this.#cycleNanos = 1e9 / mcu.clkSys;
    mcu.addClockListener((hertz) => { this.#cycleNanos = 1e9 / hertz; });

    fillGaps(mcu, outlived?.chipReset ?? CHIP_RESET_AFTER.power);
    installRom(mcu, uid, (nanos) => { this.#stall += nanos; }, () => mcu.core.exceptionEntry(HARD_FAULT));
    installUarts(mcu);
    clockPio(mcu);
    this.#catchResets();
    if (outlived) {
      mcu.sram.set(outlived.sram);
      this.#watchdog.scratchData.set(outlived.scratch);
      this.#watchdog.reason = outlived.reason;
    }
    this.chipReset = outlived?.chipReset ?? CHIP_RESET_AFTER.power;
    this.pins = new Pins(mcu);

    mcu.writeUint32(VTOR, VECTORS);
    mcu.core.SP = mcu.readUint32(VECTORS);
    mcu.core.PC = mcu.readUint32(VECTORS + 4) & ~1;
  }

  get #watchdog() {
    return this.#mcu.peripherals[WATCHDOG];
  }

  get uart() {
    return this.#mcu.uart;
  }

  get spi() {
    return this.#mcu.spi;
  }

  get adc() {
    return this.#mcu.adc;
  }

  /** The floor's time at which this chip stands, in nanoseconds. */
  get now() {
    return this.#bornAt + this.#mcu.clock.nanosCounter;
  }

  /** When it next has anything to do, in the floor's time. */
  get due() {
    if (!this.#mcu.core.waiting || this.#stall) return this.now;
    const alarm = this.#mcu.clock.nextAlarm;
    return alarm ? this.#bornAt + alarm.nanos : Infinity;
  }

  /** Connects a host to the USB socket; without one nothing enumerates the chip. */
  plugInUsb() {
    return new UsbSerial(this.#mcu);
  }

  /** Something that will happen to this chip: `schedule(nanos from now)`, `cancel()`. */
  alarm(callback) {
    return this.#mcu.clock.createAlarm(callback);
  }

  /** Sets registers as a program would: a pin's function, and the single-cycle I/O block's. */
  get poke() {
    const { gpio, sio } = this.#mcu;
    return {
      function(index, functionSelect) {
        gpio[index].ctrl = functionSelect;
        gpio[index].checkForUpdates();
      },
      sio: (offset, value) => sio.writeUint32(offset, value),
    };
  }

  /** Runs until the floor's time is `until`, or the chip ends. */
  runTo(until) {
    const { clock, core } = this.#mcu;
    const end = until - this.#bornAt;
    while (clock.nanosCounter < end && !this.ended) {
      if (this.#stall) {
        const stall = this.#stall;
        this.#stall = 0;
        clock.tick(stall);
      } else if (core.waiting) {
        const alarm = clock.nextAlarm;
        clock.tick((alarm && alarm.nanos < end ? alarm.nanos : end) - clock.nanosCounter);
      } else {
        this.instructions++;
        clock.tick(core.executeInstruction() * this.#cycleNanos);
      }
    }
  }

  /** What the next chip takes over when the supply stayed on. */
  outlives() {
    return {
      sram: this.#mcu.sram,
      scratch: this.#watchdog.scratchData,
      reason: this.ended === 'system' ? 0 : this.#watchdog.reason,
      chipReset: this.chipReset,
    };
  }

  /** The core stops taking instructions, interrupts included; only the watchdog will end this. Now, or as the pin next rises. */
  hang(pin) {
    if (pin !== undefined) {
      let armed = true;
      this.pins.watch(pin, (level) => {
        if (level && armed) this.hang();
        armed &&= !level;
      });
      return;
    }
    this.#mcu.core.executeInstruction = () => HUNG_CYCLES;
    this.#mcu.core.waiting = false;
  }

  #end(how) {
    this.ended ??= how;
  }

  #catchResets() {
    const watchdog = this.#watchdog;
    watchdog.onWatchdogTrigger = () => {
      watchdog.alarm.enable = false;
      watchdog.timer.enable = false;
      this.#end(watchdog.reason === 1 ? 'watchdog' : 'forced');
    };
    const { ppb } = this.#mcu;
    const write = ppb.writeUint32.bind(ppb);
    ppb.writeUint32 = (offset, value) => {
      if (offset === AIRCR && value & SYSRESETREQ) this.#end('system');
      else if (offset !== AIRCR) write(offset, value);
    };
    const read = ppb.readUint32.bind(ppb);
    ppb.readUint32 = (offset) => (offset === AIRCR ? 0 : read(offset));
  }
}

/** Takes rp2040js's log, and mends SEV on the way: it is logged there, but wakes nothing. */
function logger(mcu, log) {
  return {
    debug() {},
    info(_, message) {
      if (message === 'SEV') mcu.core.eventRegistered = true;
    },
    warn: (name, message) => log(`${name}: ${message}`),
    error: (name, message) => log(`${name}: ${message}`),
  };
}
