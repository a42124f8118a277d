import assert from 'node:assert/strict';
import test from 'node:test';
import { BusLink } from '../board/serial.mjs';
import { Bus } from '../line/bus.mjs';
import { Row } from '../pace.mjs';
import { asleep, open } from './asleep.mjs';

const DR = 0x00, SIO_OUT_SET = 0x014, SIO_OUT_CLEAR = 0x018, SIO_ENABLE_SET = 0x024;
const WIRING = { uart: 0, tx: 0, driverEnable: 2 };
const CHARACTER = 40_000;

/** Chips on one pair; `tell(chip, byte)` sends with the driver on. */
function pair(count) {
  const bus = new Bus();
  const chips = Array.from({ length: count }, asleep);
  const links = [];
  for (const chip of chips) {
    open(chip.uart[0]);
    chip.poke.function(WIRING.tx, 2);
    chip.poke.function(WIRING.driverEnable, 5);
    chip.poke.sio(SIO_ENABLE_SET, 1 << WIRING.driverEnable);
    links.push(new BusLink(WIRING, bus));
    links.at(-1).attach(chip);
  }
  return { bus, chips, links, row: new Row(bus, chips) };
}

const drive = (chip, on) => chip.poke.sio(on ? SIO_OUT_SET : SIO_OUT_CLEAR, 1 << WIRING.driverEnable);
const tell = (chip, byte) => { drive(chip, true); chip.uart[0].writeUint32(DR, byte); };
const heard = (chip) => chip.uart[0].readUint32(DR) & 0xff;

test('a byte reaches every other chip when its last bit has passed', () => {
  const { bus, chips, row } = pair(3);
  tell(chips[0], 0x5a);
  row.runTo(0.9 * CHARACTER);
  assert.equal(heard(chips[1]), 0);
  row.runTo(1.2 * CHARACTER);
  assert.deepEqual(chips.map(heard), [0, 0x5a, 0x5a]);
  assert.deepEqual([bus.bytes, bus.collisions, bus.undriven], [1, 0, 0]);
});

test('two drivers at once are counted as a collision', () => {
  const { bus, chips, row } = pair(3);
  tell(chips[0], 0x00);
  row.runTo(0.5 * CHARACTER);
  chips[1].runTo(0.5 * CHARACTER);
  tell(chips[1], 0xff);
  row.runTo(3 * CHARACTER);
  assert.equal(bus.collisions, 1);
});

test('a byte sent without its driver is not on the line, one cut short is spoilt', () => {
  const { bus, chips, row } = pair(2);
  drive(chips[0], false);
  chips[0].uart[0].writeUint32(DR, 0x11);
  row.runTo(2 * CHARACTER);
  assert.deepEqual([bus.bytes, bus.undriven], [0, 1]);
  chips[0].runTo(2 * CHARACTER); // a sleeping chip is not taken along until something happens to it
  tell(chips[0], 0x22);
  row.runTo(2.5 * CHARACTER);
  chips[0].runTo(2.5 * CHARACTER);
  drive(chips[0], false);
  row.runTo(5 * CHARACTER);
  assert.deepEqual([bus.bytes, bus.undriven], [1, 2]);
});

test('a driver left on spoils what another says, though it says nothing itself', () => {
  const { bus, chips, row } = pair(3);
  drive(chips[1], true);
  tell(chips[0], 0x5a);
  row.runTo(2 * CHARACTER);
  assert.equal(bus.collisions, 1);
  for (const chip of chips) chip.runTo(2 * CHARACTER);
  drive(chips[1], false);
  for (const chip of chips) chip.runTo(2.1 * CHARACTER);
  chips[0].uart[0].writeUint32(DR, 0x5b);
  row.runTo(5 * CHARACTER);
  assert.equal(bus.collisions, 1);
  assert.equal(heard(chips[1]), 0x5b);
});

test('a chip whose supply goes while it speaks cuts its byte short and lets the pair go', () => {
  const { bus, chips, links, row } = pair(3);
  tell(chips[1], 0x00);
  row.runTo(0.5 * CHARACTER);
  links[1].detach(0.5 * CHARACTER);
  chips.splice(1, 1);
  row.runTo(2 * CHARACTER);
  assert.equal(bus.undriven, 1);
  for (const chip of chips) chip.runTo(2 * CHARACTER);
  heard(chips[1]); // what the cut made of it
  tell(chips[0], 0x5a);
  row.runTo(4 * CHARACTER);
  assert.equal(bus.collisions, 0);
  assert.equal(heard(chips[1]), 0x5a);
});
