// The UART (ARM PL011) with its FIFOs and the time a character takes. rp2040js's own has neither: its transmit
// interrupt never ends, and it lacks the DMA control register, so embassy-rp's drivers hang on it.
import { BasePeripheral } from 'rp2040js';

const DR = 0x00, RSR = 0x04, FR = 0x18, IBRD = 0x24, FBRD = 0x28, LCR_H = 0x2c, CR = 0x30;
const IFLS = 0x34, IMSC = 0x38, RIS = 0x3c, MIS = 0x40, ICR = 0x44, DMACR = 0x48;
const FR_BUSY = 1 << 3, FR_RXFE = 1 << 4, FR_TXFF = 1 << 5, FR_RXFF = 1 << 6, FR_TXFE = 1 << 7;
const CR_ENABLED = 1 << 0, CR_TXE = 1 << 8, CR_RXE = 1 << 9;
const LCR_PARITY = 1 << 1, LCR_TWO_STOP_BITS = 1 << 3, LCR_FIFOS = 1 << 4;
const INT_RX = 1 << 4, INT_TX = 1 << 5, INT_RX_TIMEOUT = 1 << 6, INT_FRAMING = 1 << 7, INT_OVERRUN = 1 << 10;
const DMA_RX = 1 << 0, DMA_TX = 1 << 1;
const DR_FRAMING_ERROR = 1 << 8, DR_OVERRUN = 1 << 11;
const FIFO_DEPTH = 32, RX_TIMEOUT_BITS = 32;
const LEVELS = [4, 8, 16, 24, 28, 28, 28, 28];

export class Uart extends BasePeripheral {
  /** A character begins on the line: (byte, nanoseconds it takes). */
  onStart = () => {};
  /** Characters lost because firmware read too late. */
  overruns = 0;

  #clock;
  #irq;
  #dreq;
  #tx = [];
  #rx = [];
  #shifting = false;
  #overrun = false;
  #raw = 0;
  #registers = { [IBRD]: 0, [FBRD]: 0, [LCR_H]: 0, [CR]: CR_TXE | CR_RXE, [IFLS]: 0x12, [IMSC]: 0, [DMACR]: 0 };
  #shifted;
  #timeout;

  /** Takes the place of one of the chip's own UARTs, at the same address. */
  constructor(mcu, shipped) {
    super(mcu, shipped.name);
    this.#clock = mcu.clock;
    this.#irq = shipped.irq;
    this.#dreq = shipped.dreq;
    this.#shifted = this.#clock.createAlarm(() => this.#sent());
    this.#timeout = this.#clock.createAlarm(() => {
      if (this.#rx.length) this.#raise(INT_RX_TIMEOUT);
    });
  }

  get baudRate() {
    const divisor = this.#registers[IBRD] + this.#registers[FBRD] / 64;
    return divisor ? this.rp2040.clkPeri / (divisor * 16) : 0;
  }

  get #bitNanos() {
    return 1e9 / (this.baudRate || 115200);
  }

  /** Nanoseconds one character takes on the line, start and stop bits included. */
  get characterNanos() {
    const line = this.#registers[LCR_H];
    const data = 5 + ((line >>> 5) & 3);
    return (1 + data + (line & LCR_PARITY ? 1 : 0) + (line & LCR_TWO_STOP_BITS ? 2 : 1)) * this.#bitNanos;
  }

  get #depth() {
    return this.#registers[LCR_H] & LCR_FIFOS ? FIFO_DEPTH : 1;
  }

  #enabled(half) {
    const control = this.#registers[CR];
    return Boolean(control & CR_ENABLED && control & half);
  }

  get #rxLevel() {
    return this.#depth === 1 ? 1 : LEVELS[(this.#registers[IFLS] >> 3) & 7];
  }

  get #txLevel() {
    return this.#depth === 1 ? 0 : LEVELS[this.#registers[IFLS] & 7];
  }

  /** A character has fully arrived at the receive pin. */
  receive(byte, framingError = false) {
    if (!this.#enabled(CR_RXE)) return;
    if (this.#rx.length >= this.#depth) {
      this.overruns++;
      this.#overrun = true;
      this.#raise(INT_OVERRUN);
      return;
    }
    this.#rx.push(byte | (framingError ? DR_FRAMING_ERROR : 0) | (this.#overrun ? DR_OVERRUN : 0));
    this.#overrun = false;
    if (framingError) this.#raw |= INT_FRAMING;
    if (this.#rx.length >= this.#rxLevel) this.#raw |= INT_RX;
    this.#timeout.schedule(RX_TIMEOUT_BITS * this.#bitNanos);
    this.#update();
  }

  #raise(interrupt) {
    this.#raw |= interrupt;
    this.#update();
  }

  #update() {
    const { dma } = this.rp2040;
    const wants = this.#registers[DMACR];
    this.rp2040.setInterrupt(this.#irq, Boolean(this.#raw & this.#registers[IMSC]));
    if (wants & DMA_TX && this.#enabled(CR_TXE) && this.#tx.length < this.#depth) dma.setDREQ(this.#dreq.tx);
    else dma.clearDREQ(this.#dreq.tx);
    if (wants & DMA_RX && this.#rx.length) dma.setDREQ(this.#dreq.rx);
    else dma.clearDREQ(this.#dreq.rx);
  }

  #shift() {
    if (this.#shifting || !this.#tx.length || !this.#enabled(CR_TXE)) return;
    this.#shifting = true;
    const nanos = this.characterNanos;
    const before = this.#tx.length;
    const byte = this.#tx.shift();
    if (before > this.#txLevel && this.#tx.length <= this.#txLevel) this.#raw |= INT_TX;
    this.#shifted.schedule(nanos);
    this.onStart(byte, nanos);
  }

  #sent() {
    this.#shifting = false;
    this.#shift();
    this.#update();
  }

  get #flags() {
    return (
      (this.#tx.length === 0 ? FR_TXFE : 0) |
      (this.#tx.length >= this.#depth ? FR_TXFF : 0) |
      (this.#rx.length === 0 ? FR_RXFE : 0) |
      (this.#rx.length >= this.#depth ? FR_RXFF : 0) |
      (this.#shifting || this.#tx.length ? FR_BUSY : 0)
    );
  }

  #take() {
    const value = this.#rx.shift() ?? 0;
    if (this.#rx.length < this.#rxLevel) this.#raw &= ~INT_RX;
    if (!this.#rx.length) {
      this.#raw &= ~INT_RX_TIMEOUT;
      this.#timeout.cancel();
    }
    this.#update();
    return value;
  }

  readUint32(offset) {
    switch (offset) {
      case DR: return this.#take();
      case RSR: return 0;
      case FR: return this.#flags;
      case RIS: return this.#raw;
      case MIS: return this.#raw & this.#registers[IMSC];
      default: return this.#registers[offset] ?? 0;
    }
  }

  writeUint32(offset, value) {
    switch (offset) {
      case DR:
        if (this.#tx.length < this.#depth) this.#tx.push(value & 0xff);
        if (this.#tx.length > this.#txLevel) this.#raw &= ~INT_TX;
        this.#shift();
        break;
      case ICR:
        this.#raw &= ~this.rawWriteValue;
        break;
      case IBRD: case FBRD: case LCR_H: case IFLS: case IMSC: case DMACR:
        this.#registers[offset] = value & 0xffff;
        break;
      case CR:
        this.#registers[CR] = value & 0xffff;
        this.#shift();
        break;
      default:
        return;
    }
    this.#update();
  }

  /** rp2040js tells its UARTs of a new peripheral clock; the times here are computed when needed. */
  clkPeriChanged() {}
}

/** Puts the timed UARTs in place. */
export function installUarts(mcu) {
  [0x40034, 0x40038].forEach((page, i) => {
    mcu.uart[i] = mcu.peripherals[page] = new Uart(mcu, mcu.uart[i]);
  });
}
