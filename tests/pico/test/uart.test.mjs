import assert from 'node:assert/strict';
import test from 'node:test';
import { Feeder } from '../line/feeder.mjs';
import { asleep, open } from './asleep.mjs';

const DR = 0x00, FR = 0x18, RIS = 0x3c;
const BUSY = 1 << 3, RX_EMPTY = 1 << 4, RX_TIMEOUT = 1 << 6, OVERRUN = 1 << 10;
const CHARACTER = 40_000;

test('characters leave one character time apart, and the last keeps the line busy', () => {
  const chip = asleep();
  const [uart] = chip.uart;
  open(uart);
  const begun = [];
  uart.onStart = (byte) => begun.push([byte, chip.now]);
  for (const byte of [1, 2, 3]) uart.writeUint32(DR, byte);
  chip.runTo(2.5 * CHARACTER);
  assert.deepEqual(begun.map(([byte]) => byte), [1, 2, 3]);
  begun.forEach(([, at], i) => assert.ok(Math.abs(at - i * CHARACTER) < 200, `${at}`));
  assert.ok(uart.readUint32(FR) & BUSY);
  chip.runTo(3.1 * CHARACTER);
  assert.ok(!(uart.readUint32(FR) & BUSY));
});

test('silence after fewer characters than the level raises the receive time-out', () => {
  const chip = asleep();
  const [uart] = chip.uart;
  open(uart);
  new Feeder(chip, uart).send([0x41]);
  chip.runTo(1.1 * CHARACTER);
  assert.ok(!(uart.readUint32(RIS) & RX_TIMEOUT));
  chip.runTo(5 * CHARACTER);
  assert.ok(uart.readUint32(RIS) & RX_TIMEOUT);
  assert.equal(uart.readUint32(DR), 0x41);
  assert.ok(uart.readUint32(FR) & RX_EMPTY);
});

test('characters nobody reads are lost after the 32nd, and that is told', () => {
  const chip = asleep();
  const [uart] = chip.uart;
  open(uart);
  new Feeder(chip, uart).send(Array.from({ length: 40 }, (_, i) => i));
  chip.runTo(50 * CHARACTER);
  assert.equal(uart.overruns, 8);
  assert.ok(uart.readUint32(RIS) & OVERRUN);
  for (let i = 0; i < 32; i++) assert.equal(uart.readUint32(DR) & 0xff, i);
});
