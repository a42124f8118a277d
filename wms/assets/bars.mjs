// How large a barcode is on a screen. Pure.
const LEAST = 2;
/** About as wide as this in CSS pixels, where there is room. */
const COMFORTABLE = 2.5;

/** Pixels of the screen for a module in a room of so many CSS pixels; 0 where they would be too few. */
export function pixels(modules, room, ratio) {
  const most = Math.floor((room * ratio) / modules + 1e-6);
  const wanted = Math.max(LEAST, Math.floor(COMFORTABLE * ratio + 1e-6));
  return most < LEAST ? 0 : Math.min(most, wanted);
}
