// Draws what the devices show and does what hands do; everything goes through the panel's JSON API.
import { words } from './words.js';

const find = (id) => document.getElementById(id);
const asked = new URLSearchParams(location.search);
const station = Number(asked.get('station')) || 1;
// A browser may keep a framed page from storing anything; the choice then lasts as long as the page.
const remembered = {
  get() { try { return localStorage.getItem('panel-language'); } catch { return null; } },
  set(value) { try { localStorage.setItem('panel-language', value); } catch { /* not kept */ } },
};
let language = asked.get('lang') || remembered.get() || 'zh';
if (!words[language]) language = 'zh';
const base = `api/stations/${station}`;
const devices = ['shelf', 'scanner', 'printer', 'scale'];
const columns = 8;
let seen = null;
let codes = { goods: [], locations: [] };
// The slot whose keys are in hand where there is no room for all keys; none: the first that shines.
let touched = null;

const say = (key, values = {}) =>
  Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, value), words[language][key]);

const make = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};

async function act(path, body) {
  const error = find('error');
  try {
    const answer = await fetch(`${base}/${path}`, {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body),
    });
    error.hidden = answer.ok;
    if (!answer.ok) error.textContent = (await answer.json()).error ?? answer.statusText;
  } catch {
    error.hidden = false;
    error.textContent = say('gone');
  }
}

const place = (position) => {
  const two = (n) => String(n).padStart(2, '0');
  return `${two(Math.floor(position / columns) + 1)}-${two((position % columns) + 1)}`;
};

// Segments a to g of one digit on a 20 × 34 field; bit 0 is a.
const segments = ['M3 0h14l-3 4H6z', 'M20 2v14l-4-3V5z', 'M20 18v14l-4-3v-8z', 'M3 34h14l-3-4H6z', 'M0 18v14l4-3v-8z', 'M0 2v14l4-3V5z', 'M3 17l3-2h8l3 2-3 2H6z'];

function digits() {
  const space = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(space, 'svg');
  svg.setAttribute('viewBox', '0 0 72 34');
  svg.setAttribute('role', 'img');
  for (let digit = 0; digit < 3; digit += 1) {
    for (const shape of segments) {
      const path = document.createElementNS(space, 'path');
      path.setAttribute('d', shape);
      path.setAttribute('transform', `translate(${digit * 26} 0)`);
      svg.append(path);
    }
  }
  return svg;
}

const keys = (position) => [['minus', '−'], ['confirm', '✓'], ['plus', '+']].map(([key, sign]) => make('button', {
  type: 'button', className: key, textContent: sign, title: say(key),
  ariaLabel: say('key', { place: place(position), key: say(key) }),
  onclick: () => { touched = key === 'confirm' ? null : position; act('shelf/keys', { position, key }); },
}));

function buildShelf() {
  const levels = Math.ceil(24 / columns);
  const slots = [];
  for (let level = levels - 1; level >= 0; level -= 1) {
    for (let slot = 0; slot < columns; slot += 1) {
      const position = level * columns + slot;
      const slotElement = make('div', { className: 'slot', id: `slot-${position}` },
        make('div', { className: 'led' }), digits(),
        make('span', { className: 'label', textContent: place(position) }),
        make('button', { type: 'button', className: 'place', textContent: place(position), onclick: () => { touched = position; drawHand(); } }),
        make('div', { className: 'keys' }, ...keys(position)));
      slotElement.dataset.position = position;
      slots.push(slotElement);
    }
  }
  find('shelf').replaceChildren(...slots);
}

function buildHeads() {
  for (const device of devices) {
    const head = document.querySelector(`[data-device=${device}] .head`);
    head.querySelectorAll('.chip, button').forEach((old) => old.remove());
    head.append(
      make('span', { className: 'chip', role: 'status' }),
      make('button', { type: 'button', className: 'cable', onclick: () => act(`${device}/cable`, { plugged: !seen?.[device].plugged }) }),
      make('button', { type: 'button', textContent: say('power'), onclick: () => act(`${device}/reset`, {}) }),
    );
  }
}

const scan = (code, aim) => act('scanner/scan', { code, aim });

function buildCodes() {
  const goods = make('div', { className: 'goods' });
  for (const item of codes.goods) {
    goods.append(make('span', { textContent: `${item.sku} ${item.name}` }));
    for (const [key, code, aim] of [['unit', item.unit, ']E0'], ['case', item.case, ']I1']]) {
      goods.append(code ? make('button', { type: 'button', textContent: say(key), title: code, onclick: () => scan(code, aim) }) : '');
    }
  }
  const places = make('div', { className: 'places' }, ...codes.locations.map((code) =>
    make('button', { type: 'button', textContent: code, onclick: () => scan(code, ']C0') })));
  const group = (key, content, open) => make('details', { open }, make('summary', { textContent: say(key) }), content);
  find('codes').replaceChildren(...codes.goods.length || codes.locations.length
    ? [group('goods', goods, true), group('places', places, false)]
    : [make('p', { className: 'muted', textContent: say('nocodes') })]);
  find('put').replaceChildren(...codes.goods.filter((item) => item.grams).map((item) => make('button', {
    type: 'button', textContent: say('put', { name: item.name }),
    onclick: () => act('scale', { grams: (seen?.scale.load ?? 0) + item.grams }),
  })));
}

function drawHead(device) {
  const about = seen[device];
  const head = document.querySelector(`[data-device=${device}] .head`);
  const chip = head.querySelector('.chip');
  const [state, text] = !about.plugged ? ['wrong', say('unplugged')]
    : about.connected ? ['right', say('connected')] : ['wait', say('offline')];
  chip.className = `chip ${state}`;
  chip.textContent = about.unacknowledged && state !== 'right' ? `${text} ${say('kept', { n: about.unacknowledged })}` : text;
  head.querySelector('.cable').textContent = say(about.plugged ? 'pull' : 'plug');
}

// An LED is far brighter than a screen: its hue is shown at full strength whatever it is dimmed to.
function shine(rgb) {
  const parts = [1, 3, 5].map((at) => parseInt(rgb.slice(at, at + 2), 16));
  const most = Math.max(...parts);
  return most === 0 ? '' : `rgb(${parts.map((part) => Math.round((part * 255) / most)).join(' ')})`;
}

function light(element, rgb) {
  const colour = shine(rgb);
  element.style.background = colour;
  element.style.boxShadow = colour && `0 0 10px ${colour}`;
}

function drawShelf() {
  find('testing').hidden = !seen.shelf.testing;
  find('testing').textContent = say('testing');
  for (const position of seen.shelf.positions) {
    const slot = find(`slot-${position.position}`);
    if (!slot) continue;
    light(slot.querySelector('.led'), position.rgb);
    slot.dataset.colour = position.colour;
    const svg = slot.querySelector('svg');
    svg.setAttribute('aria-label', position.count ?? '–');
    svg.querySelectorAll('path').forEach((path, index) => {
      path.classList.toggle('lit', (position.segments[Math.floor(index / 7)] >> (index % 7)) % 2 === 1);
    });
  }
  drawHand();
}

// The hand goes to the slot touched, else to the first that shines, else stays where it was.
let inHand = null;
function drawHand() {
  const lit = seen?.shelf.positions.find((position) => position.colour !== 'off')?.position;
  const position = touched ?? lit ?? inHand?.position ?? 0;
  if (inHand?.position === position && inHand.language === language) return;
  inHand = { position, language };
  document.querySelectorAll('.slot').forEach((slot) => slot.classList.toggle('held', slot.id === `slot-${position}`));
  find('hand').replaceChildren(make('b', { textContent: place(position) }), ...keys(position));
}

function drawScanner() {
  light(find('lamp'), seen.scanner.lamp);
  find('verdict').textContent = say(seen.scanner.verdict ?? 'silent');
}

let drawnLabels = '';
function drawPrinter() {
  const printer = seen.printer;
  find('paper').checked = printer.paper;
  find('closed').checked = printer.closed;
  find('hot').checked = printer.celsius >= 60;
  find('printing').textContent = printer.printing ? say('printing') : '';
  light(find('printer-lamp'), printer.lamp);
  const now = language + printer.labels.map((label) => label.number).join();
  if (now === drawnLabels) return;
  drawnLabels = now;
  const labels = printer.labels.slice(-20).reverse().map((label) => {
    const text = say('label', { n: label.number }) + (label.spoilt ? say('spoilt') : '');
    return make('li', {}, text, make('img', {
      src: `${base}/printer/labels/${label.number}.png`, alt: text, width: label.width, height: label.height,
    }));
  });
  find('labels').replaceChildren(...labels.length ? labels : [make('li', { className: 'muted', textContent: say('nolabels') })]);
}

function drawScale() {
  const scale = seen.scale;
  light(find('scale-lamp'), scale.lamp);
  find('weight').textContent = scale.stable ? `${scale.grams} g` : '– – –';
  const stable = find('stable');
  stable.className = `chip ${scale.stable ? 'right' : 'wait'}`;
  stable.textContent = say(scale.stable ? 'stable' : 'moving');
  find('wobble').checked = scale.wobble;
  for (const input of [find('load'), find('load-range')]) {
    if (document.activeElement !== input) input.value = scale.load;
  }
}

function draw() {
  if (!seen) return;
  devices.forEach(drawHead);
  drawShelf();
  drawScanner();
  drawPrinter();
  drawScale();
}

async function buildStations() {
  const { stations } = await (await fetch('api/stations')).json();
  find('stations').replaceChildren(...stations.map((n) => {
    const link = make('a', { href: `?station=${n}&lang=${language}`, textContent: say('station', { n }) });
    if (n === station) link.setAttribute('aria-current', 'page');
    return link;
  }));
}

function speak() {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  document.title = `${say('title')} · 仓训`;
  document.querySelectorAll('[data-word]').forEach((element) => { element.textContent = say(element.dataset.word); });
  document.querySelectorAll('[data-label]').forEach((element) => { element.ariaLabel = say(element.dataset.label); });
  find('language').textContent = say('language');
  find('hand').ariaLabel = say('hand');
  find('code').ariaLabel = find('code').placeholder = say('code');
  find('load').ariaLabel = find('load-range').ariaLabel = say('load');
  buildShelf();
  inHand = null;
  buildHeads();
  buildCodes();
  draw();
  buildStations();
}

function watch() {
  const live = find('live');
  const state = (key, style) => { live.textContent = say(key); live.className = `chip ${style}`; };
  state('gone', 'wait');
  const source = new EventSource(`${base}/watch`);
  source.onmessage = (event) => {
    seen = JSON.parse(event.data);
    state('live', 'right');
    draw();
  };
  source.onerror = () => state('gone', 'wait');
}

find('language').onclick = () => {
  language = language === 'zh' ? 'en' : 'zh';
  remembered.set(language);
  speak();
};
find('scan').onsubmit = (event) => {
  event.preventDefault();
  const field = find('code');
  if (field.value) scan(field.value);
  field.select();
};
find('paper').onchange = (event) => act('printer', { paper: event.target.checked });
find('closed').onchange = (event) => act('printer', { closed: event.target.checked });
find('hot').onchange = (event) => act('printer', { celsius: event.target.checked ? 65 : 25 });
find('wobble').onchange = (event) => act('scale', { wobble: event.target.checked });
find('empty').onclick = () => act('scale', { grams: 0 });
find('load-range').oninput = (event) => act('scale', { grams: Number(event.target.value) });
find('load').onchange = (event) => act('scale', { grams: Number(event.target.value) });

codes = await (await fetch('api/codes')).json();
speak();
watch();
