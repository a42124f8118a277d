// Reads an image as it is dragged onto a board (UF2), or as a flat binary.
const MAGIC_START = 0x0a324655, MAGIC_SECOND = 0x9e5d5157, BLOCK = 512, PAYLOAD = 32;
const FLASH = 0x10000000;

/** Places an image in flash. Throws where it is neither a UF2 whole and within flash nor a flat binary that fits. */
export function placeImage(flash, image, name) {
  const view = new DataView(image.buffer, image.byteOffset, image.byteLength);
  if (image.length < BLOCK || view.getUint32(0, true) !== MAGIC_START) {
    if (image.length === 0 || image.length > flash.length) throw new Error(`${name}: ${image.length} bytes do not fit`);
    flash.set(image, 0);
    return;
  }
  if (image.length % BLOCK) throw new Error(`${name}: cut short`);
  for (let block = 0; block < image.length; block += BLOCK) {
    if (view.getUint32(block, true) !== MAGIC_START || view.getUint32(block + 4, true) !== MAGIC_SECOND) {
      throw new Error(`${name}: no UF2 block at ${block}`);
    }
    const offset = view.getUint32(block + 12, true) - FLASH;
    const size = view.getUint32(block + 16, true);
    if (offset < 0 || offset + size > flash.length) throw new Error(`${name}: writes outside flash`);
    flash.set(image.subarray(block + PAYLOAD, block + PAYLOAD + size), offset);
  }
}
