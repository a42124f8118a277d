// Barcodes on the screen: each module the same number of the screen's own pixels, at least two, or no barcode at all. A
// scanner reads edges; a module of one and a half pixels is sometimes one and sometimes two.
import { pixels } from './bars.mjs';

function room(image) {
  const box = image.parentElement;
  const style = getComputedStyle(box);
  return box.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
}

function set(image, modules, wide) {
  const size = pixels(modules, wide, devicePixelRatio);
  image.classList.toggle('unreadable', size === 0);
  image.style.width = size ? `${(modules * size) / devicePixelRatio}px` : '';
}

/** The commands' buttons stand in one row: all have their barcode, or the first, or none. */
function fitCommands(bar) {
  const buttons = [...bar.querySelectorAll('[data-code]')];
  const images = buttons.map((button) => button.querySelector('.code128'));
  const show = (which) => {
    images.forEach((image, index) => {
      if (!image) return;
      image.classList.toggle('unreadable', !which(index));
      if (which(index)) set(image, image.viewBox.baseVal.width, Infinity);
    });
    const tops = [...bar.children].map((one) => one.getBoundingClientRect());
    return bar.scrollWidth <= bar.clientWidth && tops.every(({ top }) => top < tops[0].bottom);
  };
  const first = Math.max(0, buttons.findIndex((button) => button.matches('.primary')));
  for (const which of [() => true, (index) => index === first, () => false]) if (show(which)) break;
  bar.classList.toggle('uncoded', images.some((image) => image?.classList.contains('unreadable')));
}

/** Fits all barcodes of the page to its screen. */
export function fitBars() {
  for (const image of document.querySelectorAll('svg.code128')) {
    if (!image.closest('.commands')) set(image, image.viewBox.baseVal.width, room(image));
  }
  for (const bar of document.querySelectorAll('.commands')) fitCommands(bar);
  // What the printer's dots are on paper, pixels are here.
  for (const image of document.querySelectorAll('img.dots')) {
    const dots = Number(image.getAttribute('width'));
    const size = Math.min(Math.max(1, Math.round(devicePixelRatio)), Math.floor((room(image) * devicePixelRatio) / dots + 1e-6));
    image.style.width = size ? `${(dots * size) / devicePixelRatio}px` : '';
  }
}

fitBars();
addEventListener('resize', fitBars);
document.fonts?.ready.then(fitBars);
