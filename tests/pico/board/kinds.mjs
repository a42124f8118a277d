// What each image's board carries, by docs/wiring.md.
import { Buzzer } from './buzzer.mjs';
import { Decoder } from './decoder.mjs';
import { DigitChain } from './digit_chain.mjs';
import { KeyToGround } from './key.mjs';
import { KeyMatrix } from './key_matrix.mjs';
import { LoadCell } from './load_cell.mjs';
import { ThermalPrinter } from './thermal_printer.mjs';
import { Ws2812 } from './ws2812.mjs';

const LIGHTS_PIN = 16, BUS_STRAP_PIN = 3, BUZZER_PIN = 28;
/** How long a finger holds a key, and leaves it up before it may press again. */
const PRESS_MILLIS = 60, RELEASE_MILLIS = 30;
/** The link's pins, on every board. */
const LINK = { uart: { uart: 0, tx: 0, rx: 1 }, bus: { uart: 0, tx: 0, driverEnable: 2 } };

/** Parts every board has; the strap is closed where UART0 is a bus. */
function common({ onBus, lights }, report) {
  return [
    new Ws2812({ pin: LIGHTS_PIN, count: lights }, (shown) => report({ lights: shown })),
    new KeyToGround({ pin: BUS_STRAP_PIN, down: onBus }),
    new Buzzer({ pin: BUZZER_PIN }, (heard) => report(heard)),
  ];
}

/** Puts a key down and lets it go; done when it may be pressed again. */
async function press(set, millis, wait) {
  set(true);
  await wait(millis);
  set(false);
  await wait(RELEASE_MILLIS);
}

/** A key to ground, pressed as `do` says. */
const momentary = (key) => ({ millis = PRESS_MILLIS }, wait) => press((down) => key.set(down), millis, wait);

function shelf(report, { onBus }) {
  const keys = new KeyMatrix({
    slots: [13, 14, 15, 20, 21, 22, 26, 27],
    senses: [[4, 5, 6], [7, 8, 9], [10, 11, 12]],
    keys: ['confirm', 'plus', 'minus'],
  });
  const digits = new DigitChain({ spi: 0, clock: 18, data: 19, latch: 17, positions: 24 }, (shown) => {
    report({ digits: shown });
  });
  const parts = [...common({ onBus, lights: 24 }, report), keys, digits];
  return {
    link: LINK,
    parts,
    actions: {
      spark({ position }) {
        digits.spark(position);
        parts.find((part) => part instanceof Ws2812).spark(position);
      },
      press: ({ position, key, millis = PRESS_MILLIS }, wait) => (
        press((down) => keys.set(position, key, down), millis, wait)),
    },
  };
}

function scanner(report, { onBus }) {
  const decoder = new Decoder({ uart: 1 });
  const trigger = new KeyToGround({ pin: 6 });
  return {
    link: LINK,
    parts: [...common({ onBus, lights: 1 }, report), decoder, trigger],
    actions: {
      scan: ({ aim = '', code }) => decoder.scan(aim, code),
      present: ({ aim = '', code }) => decoder.present(aim, code),
      mute({ silent }) { decoder.silent = silent; },
      replace: ({ stubborn }) => decoder.replace({ stubborn }),
      trigger: momentary(trigger),
    },
  };
}

function printer(report, { onBus, burns = true }) {
  const head = new ThermalPrinter({
    dots: 384, spi: 0, clock: 18, data: 19, latch: 17, strobes: [4, 5, 6, 7, 8, 9], power: 20,
    burns, // the strobes' level
    motor: { a: [10, 11], b: [12, 13], sleep: 14, halfStepsPerRow: 4, slipsBelowNanos: 2e6 },
    head: { volts: 7.45, ohms: 180, inner: 9, shared: 0.379 },
    paper: { at25: 0.2853, perKelvin: 0.002803, blackensAt: 0.85 }, // mJ, mJ/K
    cover: 15,
    gap: { channel: 0, label: 1200, gap: 3000, none: 4000, rowsAhead: 40 },
    thermistor: { channel: 1, ohmsAt25: 30_000, beta: 3950, seriesOhms: 30_000 },
    labels: { rows: 240, gapRows: 24 },
    idleMillis: 400,
  }, report);
  return {
    link: LINK,
    parts: [...common({ onBus, lights: 1 }, report), head],
    actions: {
      paper: ({ loaded }) => head.load(loaded),
      cover: ({ shut }) => head.close(shut),
      head: ({ celsius }) => head.heat(celsius),
      upturn: ({ upturned }) => head.upturn(upturned),
      hang_in_strobe: ({ strobes, micros }) => head.hangInStrobe({ strobes, micros }),
    },
  };
}

function scale(report, { onBus }) {
  const cell = new LoadCell({
    clock: 5, data: 4, samplesPerSecond: 10,
    countsPerGram: 143.166, // 30 kg, 2 mV/V, gain 128
    zeroCounts: 84_000, // the platform's own weight
    noiseCounts: 40,
  });
  const tare = new KeyToGround({ pin: 6 });
  return {
    link: LINK,
    parts: [...common({ onBus, lights: 1 }, report), cell, tare],
    actions: {
      weigh({ grams }) { cell.grams = grams; },
      cell({ spread = cell.spread, drift = cell.drift.perMinute }) {
        cell.spread = spread;
        cell.drift.perMinute = drift;
      },
      tare: momentary(tare),
    },
  };
}

function bridge(report) {
  return {
    link: { ...LINK, bus: { uart: 1, tx: 4, driverEnable: 6 } },
    parts: common({ onBus: false, lights: 1 }, report),
    actions: {},
  };
}

/** By kind: `(report, { onBus, … }) -> { link, parts, actions }`; of a printer, `burns` is the level that its head burns at. */
export const KINDS = { shelf, scanner, printer, scale, bridge };
