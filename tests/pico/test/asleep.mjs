// A chip whose program sleeps, so that tests can put their own values into its registers.
import { Chip, blankFlash } from '../chip/chip.mjs';

const WFI = 0xbf30, BACK_TO_WFI = 0xe7fd;

export function asleep() {
  const flash = blankFlash();
  const view = new DataView(flash.buffer);
  view.setUint32(0x100, 0x20010000, true); // stack
  view.setUint32(0x104, 0x10000201, true); // start
  view.setUint16(0x200, WFI, true);
  view.setUint16(0x202, BACK_TO_WFI, true);
  return new Chip({ flash, uid: new Uint8Array(8), bornAt: 0 });
}

const IBRD = 0x24, LCR_H = 0x2c, CR = 0x30;
/** Opens a UART at 250,000 baud, eight bits, FIFOs on. */
export function open(uart) {
  uart.writeUint32(IBRD, 31); // 125 MHz ÷ 16 ÷ 31.25; near enough
  uart.writeUint32(0x28, 16);
  uart.writeUint32(LCR_H, 0x70);
  uart.writeUint32(CR, 0x301);
}
