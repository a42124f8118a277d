// Register blocks that rp2040js leaves unimplemented (it answers 0xffffffff there), as far as firmware looks at them.
import { randomInt } from 'node:crypto';
import { BasePeripheral } from 'rp2040js';

/** A block whose registers keep what is written, save for those that `read` answers itself. */
class Registers extends BasePeripheral {
  #kept = new Map();
  #read;

  constructor(mcu, name, read = {}) {
    super(mcu, name);
    this.#read = read;
  }

  readUint32(offset) {
    const read = this.#read[offset];
    return (read ? read() : this.#kept.get(offset) ?? 0) >>> 0;
  }

  writeUint32(offset, value) {
    this.#kept.set(offset, value);
  }
}

const ROSC_STATUS = 0x18, ROSC_RANDOMBIT = 0x1c, ROSC_STABLE_AND_ENABLED = (1 << 31) | (1 << 12);
const CHIP_RESET = 0x08, HAD_POR = 1 << 8, HAD_RUN = 1 << 16;

/** What CHIP_RESET says of the last reset of the whole chip; a watchdog or system reset leaves it alone. */
export const CHIP_RESET_AFTER = { power: HAD_POR, pin: HAD_RUN };

const DMA_CHAN_ABORT = 0x444;

/**
 * Fills the gaps: the ring oscillator with true random bits (boot ids are drawn from it), the reason of the last chip
 * reset, the flash cache's control (always idle), the flash pins' pads, and
 * the DMA's abort register, whose aborts are over at once.
 */
export function fillGaps(mcu, chipReset) {
  Object.assign(mcu.peripherals, {
    0x14000: new Registers(mcu, 'XIP_CTRL'),
    0x40018: new Registers(mcu, 'IO_QSPI_BASE'),
    0x40060: new Registers(mcu, 'ROSC_BASE', {
      [ROSC_STATUS]: () => ROSC_STABLE_AND_ENABLED,
      [ROSC_RANDOMBIT]: () => randomInt(2),
    }),
    0x40064: new Registers(mcu, 'VREG_AND_CHIP_RESET_BASE', { [CHIP_RESET]: () => chipReset }),
  });
  const read = mcu.dma.readUint32.bind(mcu.dma);
  mcu.dma.readUint32 = (offset) => (offset === DMA_CHAN_ABORT ? 0 : read(offset));
}
