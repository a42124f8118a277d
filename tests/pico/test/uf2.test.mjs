import assert from 'node:assert/strict';
import test from 'node:test';
import { placeImage } from '../uf2.mjs';

function block(address, size = 256) {
  const bytes = new Uint8Array(512);
  const view = new DataView(bytes.buffer);
  [0x0a324655, 0x9e5d5157, 0, address, size].forEach((value, i) => view.setUint32(4 * i, value, true));
  bytes.fill(0xab, 32, 32 + size);
  return bytes;
}

test('blocks go where they say', () => {
  const flash = new Uint8Array(4096).fill(0xff);
  placeImage(flash, block(0x10000100), 'image');
  assert.deepEqual([flash[0xff], flash[0x100], flash[0x1ff], flash[0x200]], [0xff, 0xab, 0xab, 0xff]);
});

test('a flat binary goes to the beginning', () => {
  const flash = new Uint8Array(4096).fill(0xff);
  placeImage(flash, Uint8Array.of(1, 2, 3), 'image');
  assert.deepEqual([...flash.subarray(0, 4)], [1, 2, 3, 0xff]);
});

test('an image cut short, too big or not for flash is refused by name', () => {
  const flash = new Uint8Array(4096);
  assert.throws(() => placeImage(flash, block(0x20000000), 'shelf'), /outside flash/);
  assert.throws(() => placeImage(flash, Uint8Array.from([...block(0x10000000), 1]), 'shelf'), /shelf: cut short/);
  assert.throws(() => placeImage(flash, block(0x10001000), 'shelf'), /outside flash/);
  assert.throws(() => placeImage(flash, new Uint8Array(5000), 'shelf'), /do not fit/);
});
