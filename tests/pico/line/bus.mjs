// An RS-485 pair with several transceivers on it. Bytes reach the others when their last bit has passed; two drivers
// at once spoil each other's bytes, even where one of them has nothing to say; a driver let go too early spoils its last byte.
import { randomInt } from 'node:crypto';

const BAUD_TOLERANCE = 0.05;
/** Shortest character any node may send: 10 bits at 1 Mbaud. */
const SHORTEST_CHARACTER_NANOS = 10_000;
const FUNCTION_UART = 2;

export class Bus {
  bytes = 0;
  /** Bytes spoilt because another driver was on as well. */
  collisions = 0;
  /** Bytes that never reached the line, or were cut short, because the driver was off. */
  undriven = 0;
  /** Longest time from a sender's last bit until its driver was off. */
  overhangNanos = 0;
  /** Longest time that a driver was on. */
  driveNanos = 0;

  #taps = new Set();
  #active = [];
  #host = null;

  /** Adds a transceiver: `{ baudRate, receive(sent), drove(from, to) }`. */
  join(tap) {
    this.#taps.add(tap);
    return () => this.#taps.delete(tap);
  }

  /** Joins a host through a plain adapter, which sends at this speed and hears everything else. */
  adapter(baudRate, onByte) {
    this.#host = new Adapter(this, baudRate, onByte);
    return this.#host;
  }

  /** When the bus itself next acts. */
  get due() {
    return this.#host?.due ?? Infinity;
  }

  /** Lets the adapter send what is due before `until`. */
  runTo(until) {
    this.#host?.runTo(until);
  }

  /** How far chips on this bus may run ahead of each other without missing a byte. */
  get lookahead() {
    let shortest = Infinity;
    for (const tap of this.#taps) shortest = Math.min(shortest, 10e9 / (tap.baudRate || 115200));
    return Math.max(shortest, SHORTEST_CHARACTER_NANOS) * 0.9;
  }

  /** A byte begins on the line. Returns the transmission, which its sender may spoil. */
  put(sender, byte, start, nanos) {
    this.bytes++;
    const sent = { sender, byte, start, end: start + nanos, spoilt: false };
    this.#active = this.#active.filter((other) => other.end > start - nanos);
    for (const other of this.#active) {
      if (other.sender === sender || other.end <= start || sent.end <= other.start) continue;
      this.collisions++;
      other.spoilt = sent.spoilt = true;
    }
    this.#active.push(sent);
    for (const tap of this.#taps) if (tap !== sender) tap.receive(sent);
    return sent;
  }

  /** A byte's last bit has passed: what it has met is known. */
  passed(sent) {
    meetDrivers(this, this.#taps, sent);
  }
}

/** Spoils a byte in whose time another driver was on, wherever the chips' clocks stand when that shows. */
function meetDrivers(bus, taps, sent) {
  if (sent.spoilt) return;
  for (const tap of taps) {
    if (tap === sent.sender || !tap.drove?.(sent.start, sent.end)) continue;
    sent.spoilt = true;
    bus.collisions++;
    return;
  }
}

/** What a transmission sounds like at a receiver of this speed: `[byte, framing error]`. */
function heard(sent, baudRate) {
  const mismatch = Math.abs(sent.sender.baudRate / baudRate - 1) > BAUD_TOLERANCE;
  return mismatch || sent.spoilt ? [randomInt(256), mismatch] : [sent.byte, false];
}

/** A chip's transceiver: the driver is on while the enable pin is high, and the receiver is on while it is low. */
export class Transceiver {
  #bus;
  #chip;
  #uart;
  #wiring;
  #sending = null;
  /** When the driver was last put on, and off again; Infinity while it is on. */
  #on = Infinity;
  #off = -Infinity;
  /** When the last bit that it sent has left. */
  #spoken = -Infinity;

  constructor(bus, chip, wiring) {
    this.#bus = bus;
    this.#chip = chip;
    this.#wiring = wiring;
    this.#uart = chip.uart[wiring.uart];
    this.#uart.onStart = (byte, nanos) => {
      if (!this.#driving || !chip.pins.has(wiring.tx, FUNCTION_UART)) bus.undriven++;
      else this.#sending = bus.put(this, byte, chip.now, nanos);
      this.#spoken = chip.now + nanos;
    };
    chip.pins.watch(wiring.driverEnable, (level) => {
      if (!level) this.letGo(chip.now);
      else if (this.#off !== Infinity) [this.#on, this.#off] = [chip.now, Infinity];
    });
  }

  /** The driver goes off, or its supply does; a byte under way is cut short. */
  letGo(now) {
    if (this.#off === Infinity) {
      this.#off = now;
      this.#bus.driveNanos = Math.max(this.#bus.driveNanos, now - this.#on);
      if (this.#spoken > this.#on) this.#bus.overhangNanos = Math.max(this.#bus.overhangNanos, now - this.#spoken);
    }
    if (!this.#sending || this.#sending.end <= now + 1) return;
    this.#sending.spoilt = true;
    this.#bus.undriven++;
  }

  get #driving() {
    return this.#chip.pins.output(this.#wiring.driverEnable) === true;
  }

  /** Whether the driver was on at any time between the two moments, as far as this chip has come. */
  drove(from, to) {
    return Math.min(to, this.#off) - Math.max(from, this.#on) > 0;
  }

  get baudRate() {
    return this.#uart.baudRate;
  }

  receive(sent) {
    const arrival = this.#chip.alarm(() => {
      this.#bus.passed(sent);
      if (this.#driving) return;
      this.#uart.receive(...heard(sent, this.baudRate));
    });
    arrival.schedule(Math.max(0, sent.end - this.#chip.now));
  }
}

/** A host's adapter on the pair. */
class Adapter {
  #bus;
  #queue = [];
  #inbound = [];
  #free = 0;
  #now = 0;
  #onByte;

  constructor(bus, baudRate, onByte) {
    this.#bus = bus;
    this.baudRate = baudRate;
    this.#onByte = onByte;
    bus.join(this);
  }

  send(bytes, now) {
    this.#now = Math.max(this.#now, now);
    this.#queue.push(...bytes);
  }

  receive(sent) {
    this.#inbound.push(sent);
  }

  get due() {
    const send = this.#queue.length ? Math.max(this.#now, this.#free) : Infinity;
    return Math.min(send, this.#inbound[0]?.end ?? Infinity);
  }

  runTo(until) {
    while (this.#inbound.length && this.#inbound[0].end < until) {
      this.#onByte(heard(this.#inbound.shift(), this.baudRate)[0]);
    }
    while (this.#queue.length && Math.max(this.#now, this.#free) < until) {
      const start = Math.max(this.#now, this.#free);
      const nanos = 10e9 / this.baudRate;
      this.#free = start + nanos;
      this.#bus.put(this, this.#queue.shift(), start, nanos);
    }
    this.#now = Math.max(this.#now, until);
  }
}
