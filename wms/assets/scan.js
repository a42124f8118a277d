// What is scanned at a page: by a scanner that types, by a command's button, by hand. `keys.mjs` tells a code from typing,
// `queue.mjs` keeps it until the WMS itself says what became of it; here they meet the page and the network.
import { GS, Keys, keyOf } from './keys.mjs';
import { ask, redraw, say } from './live.js';
import { show, shown, state, word } from './net.js';
import { Queue, Store, judge } from './queue.mjs';

/** A question is given up after so long, in milliseconds, and asked again under the same id. */
const GIVE_UP = 10_000;
/** How a scan is kept in the browser until it is taken. */
const FORMAT = 1;
const FIELDS = 'input:not([type=button], [type=submit], [type=checkbox], [type=radio], [type=range]), textarea';
const target = document.body.dataset.scan;
const now = () => performance.now();
// Who is at the page, as it was drawn last.
const person = () => ({ who: Number(document.body.dataset.who) || undefined, name: document.body.dataset.name });

function storage() {
  try {
    return localStorage;
  } catch {
    // Forbidden: kept in memory.
    return undefined;
  }
}
const queue = new Queue(new Store(storage(), `cangxun ${target}`));
state.queue = () => queue.view(person().who, now());

function newId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function send(code, seen) {
  state.notice = '';
  queue.add({ format: FORMAT, id: newId(), code, seen, at: Date.now(), ...person() }, now());
  speak();
  flush();
}

/** Within a second it is said what became of a scan, if only that it is kept. */
function speak() {
  const kept = queue.stored(person().who, now());
  if (kept) say('stored', word(queue.trouble === 'signed-out' ? 'storedSignedOut' : 'stored', { code: shown(kept.code) }));
  show();
}

let waking;
async function flush() {
  for (let scan = queue.next(person().who, now()); scan; scan = queue.next(person().who, now())) {
    const judged = await passOn(scan);
    queue.answered(scan.id, judged, now());
    state.signedOut = judged.fate === 'signed-out';
    if (judged.fate === 'taken') redraw();
    if (judged.fate === 'refused') say('wrong', word('refused', { code: shown(scan.code), why: judged.why ?? '' }));
    speak();
  }
  clearTimeout(waking);
  if (queue.trouble) waking = setTimeout(flush, Math.max(50, queue.tryAt - now()));
}

async function passOn(scan) {
  try {
    const { format, id, code, seen, at, who } = scan;
    const answer = await ask(target, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({ format, id, code, seen, at, who, age: queue.age(id, now()) }),
      signal: AbortSignal.timeout(GIVE_UP),
    });
    return judge(scan, answer.status, await answer.json().catch(() => undefined));
  } catch {
    return { fate: 'away' };
  }
}

const keys = new Keys();
/** Whether the event is nobody's typing: a shortcut, a key held down, a character still being composed. */
const isNoTyping = (event) =>
  event.altKey || event.metaKey || event.isComposing || event.repeat || (event.ctrlKey && keyOf(event) !== GS);
function typed(event) {
  if (isNoTyping(event)) return;
  const field = event.target.matches(FIELDS) ? event.target : undefined;
  const { swallow, restore, scan, torn } = keys.press(keyOf(event), event.timeStamp, field, field?.value);
  if (swallow) event.preventDefault();
  if (scan === undefined && torn === undefined) return;
  event.stopPropagation();
  if (restore !== undefined && field) field.value = restore;
  if (scan !== undefined) send(scan);
  else say('wrong', word('torn', { code: shown(torn) }), word('tornThen'));
}
// What was typed into a field meanwhile stands there.
for (const event of window.keysBefore()) if (!event.target.matches(FIELDS)) typed(event);
document.addEventListener('keydown', typed, true);

// A code typed by hand, where there is no scanner.
document.addEventListener('submit', (event) => {
  if (!event.target.matches('[data-scan-form]')) return;
  event.preventDefault();
  const input = event.target.elements.code;
  if (input.value.trim()) send(input.value.trim());
  input.value = '';
});
// A command's button does what its barcode does. It says what was on the screen when it was pressed, so that a press
// that comes late or twice does nothing new.
document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-code]');
  if (button) send(button.dataset.code, Number(button.dataset.act));
  if (event.target.id === 'dismiss') {
    queue.dismiss();
    show();
  }
});

const hurry = () => {
  queue.hurry();
  flush();
};
addEventListener('online', hurry);
document.addEventListener('cangxun-back', hurry);
// Another page of the run kept or sent something.
addEventListener('storage', () => show());
setInterval(speak, 200);
flush();
