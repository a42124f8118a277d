// Pages that live: when something happened, the page is asked for again and only what differs is changed. Nothing
// blanks, focus and open lists stay. News carry act numbers, so a page that was away asks for what follows.
import { fitBars } from './bars.js';
import { Hub } from './hub.mjs';
import { show, state, word } from './net.js';

const body = document.body;
/** A question is given up after so long, in milliseconds: a server that stands still keeps it for ever. */
const GIVE_UP = 10_000;
const SLOW = 1000;
/** Between two drawings, in milliseconds: what comes more often is drawn together. */
const APART = 200;
let drawing = false;
let drawn = -APART;
let again = false;
let said = saidNow();
let audio;

function saidNow() {
  return document.querySelector('[data-said]')?.dataset.said;
}

function take(html) {
  const fresh = new DOMParser().parseFromString(html, 'text/html');
  if (!fresh.getElementById('main')) return;
  Idiomorph.morph(body, fresh.body, {
    morphStyle: 'outerHTML',
    callbacks: {
      // What somebody is typing into stays; so do the offline line and forms marked to be kept.
      beforeNodeMorphed: (old) =>
        !(old.id === 'net' || (old.dataset && 'keep' in old.dataset) ||
          (old === document.activeElement && old.matches('input, textarea, select'))),
      beforeNodeRemoved: (old) => !(old.dataset && 'keep' in old.dataset),
      beforeAttributeUpdated: (name, node) => !(name === 'open' && node.tagName === 'DETAILS'),
    },
  });
  document.title = fresh.title;
  fitBars();
  skew = Number(body.dataset.now || 0) - performance.now();
  Object.assign(state, { fresh: performance.now(), signedOut: false, gone: false });
  show();
  if (saidNow() !== said) {
    said = saidNow();
    pulse();
    tone(document.querySelector('[data-said]')?.dataset.verdict);
  }
  tick();
}

// Questions that wait for an answer, by when they were asked.
const asked = new Set();

/** Asks the server. What it does not answer within a second is said. */
export async function ask(url, options = {}) {
  const question = { at: performance.now() };
  asked.add(question);
  try {
    return await fetch(url, options);
  } finally {
    asked.delete(question);
    notice();
  }
}

function notice() {
  const now = performance.now();
  state.slow = [...asked].some(({ at }) => now - at >= SLOW);
  show();
}
setInterval(notice, 250);

/** Asks for the page again. One request at a time; what happens meanwhile asks for one more. */
export async function redraw() {
  if (drawing) {
    again = true;
    return;
  }
  drawing = true;
  try {
    do {
      const early = drawn + APART - performance.now();
      if (early > 0) await new Promise((done) => setTimeout(done, early));
      drawn = performance.now();
      again = false;
      const answer = await ask(location.href, { headers: { accept: 'text/html' }, signal: AbortSignal.timeout(GIVE_UP) });
      if (answer.redirected && new URL(answer.url).pathname === '/sign-in' && body.dataset.scan) {
        // Where scans are made, they go on and are kept: the page stays.
        state.signedOut = true;
        show();
      } else if (answer.redirected) {
        location.assign(answer.url);
      } else if (answer.ok) {
        take(await answer.text());
      } else if (answer.status === 403 || answer.status === 404) {
        state.gone = true;
        show();
      }
    } while (again);
  } catch {
    // Where the stream is cut it says when the server is back, and draws then.
    if (state.link === 'on') setTimeout(redraw, 2000);
  } finally {
    drawing = false;
  }
}

// High and short for right, low and double for wrong, soft and single for stored and, higher, for what books nothing.
function tone(verdict) {
  const tones = { right: [[1760, 0, 0.09, 0.2]], wrong: [[220, 0, 0.16, 0.3], [220, 0.22, 0.16, 0.3]], stored: [[660, 0, 0.12, 0.08]], neutral: [[990, 0, 0.08, 0.08]] };
  if (!tones[verdict]) return;
  document.dispatchEvent(new CustomEvent('cangxun-tone', { detail: verdict }));
  if (!audio || audio.state !== 'running') return;
  for (const [hertz, from, seconds, loud] of tones[verdict]) {
    const voice = audio.createOscillator();
    const volume = audio.createGain();
    volume.gain.value = loud;
    voice.frequency.value = hertz;
    voice.connect(volume).connect(audio.destination);
    voice.start(audio.currentTime + from);
    voice.stop(audio.currentTime + from + seconds);
  }
}

// A browser makes sound only after the first touch or key.
for (const kind of ['pointerdown', 'keydown']) {
  document.addEventListener(kind, () => {
    audio ??= new AudioContext();
    audio.resume();
  }, { once: true, capture: true });
}

// Each act moves something, also where it says the same as the one before; still for who asked for less motion.
function pulse() {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  document.querySelector('.say')?.animate([{ filter: 'brightness(.8)' }, { filter: 'none' }], 150);
}

/** One sentence of the page's own about the last act, in the place of any answer: until the next. */
export function say(verdict, headline, advice = '') {
  const bar = document.querySelector('.say');
  if (bar) {
    const [mark, text] = bar.children;
    bar.className = `say ${verdict}`;
    bar.dataset.said = 'kept';
    bar.dataset.verdict = verdict;
    mark.textContent = { stored: '…', wrong: '✕' }[verdict];
    text.textContent = headline;
    if (advice) text.append(Object.assign(document.createElement('small'), { textContent: advice }));
    pulse();
  } else if (verdict === 'wrong') {
    state.notice = `${headline} ${advice}`;
    show();
  }
  tone(verdict);
}

// Elapsed times run on between two drawings, by the server's clock and one that nobody sets.
let skew = Number(body.dataset.now || 0) - performance.now();
function tick() {
  for (const clock of document.querySelectorAll('[data-since]')) {
    // A run that is over shows how long it took.
    const until = Number(clock.dataset.until ?? performance.now() + skew);
    const seconds = Math.max(0, Math.floor((until - Number(clock.dataset.since)) / 1000));
    const text = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
    if (clock.textContent !== text) clock.textContent = text;
  }
}
if (body.dataset.now) {
  tick();
  setInterval(tick, 1000);
}

let worry;
/** What the stream says. */
function hear(news) {
  if (news.beat) state.fresh = performance.now();
  if (news.no !== undefined) body.dataset.seen = Math.max(news.no, Number(body.dataset.seen ?? 0));
  if (news.changed) redraw();
  if (news.state === undefined) return;
  clearTimeout(worry);
  const was = state.link;
  if (news.state === 'on') {
    Object.assign(state, { link: 'on', fresh: performance.now() });
    if (was !== 'on') {
      // The first time too: what changed between the page and its stream came to nobody.
      redraw();
      document.dispatchEvent(new Event('cangxun-back'));
    }
  } else {
    // Whether somebody else signed in, or out, the page itself tells; a short gap is not worth a word.
    if (news.state === 'down') redraw();
    worry = setTimeout(() => { state.link = news.state; show(); }, news.state === 'silent' ? 0 : 1000);
  }
  show();
}

function listen() {
  const run = /\/runs\/(\d+)\//.exec(body.dataset.live)?.[1];
  const wants = () => ({ run: run && Number(run), seen: Number(body.dataset.seen ?? 0) });
  let [join, leave] = [undefined, undefined];

  // Without a worker each page has its own stream, while it is looked at.
  function alone() {
    const page = {};
    const hub = new Hub({ open: (address) => new EventSource(address), tell: (_, news) => hear(news) });
    join = () => { if (!document.hidden) hub.join(page, wants(), performance.now()); };
    leave = () => hub.leave(page);
    document.addEventListener('visibilitychange', () => {
      leave();
      join();
      if (!document.hidden) redraw();
    });
    hub.tick(performance.now());
    setInterval(() => hub.tick(performance.now()), 250);
  }
  try {
    const worker = new SharedWorker(new URL('stream.js', import.meta.url), { type: 'module', name: 'cangxun' });
    worker.port.onmessage = ({ data }) => hear(data);
    worker.onerror = () => { alone(); join(); };
    join = () => worker.port.postMessage({ join: wants() });
    leave = () => worker.port.postMessage({ leave: true });
  } catch {
    alone();
  }
  join();
  addEventListener('pagehide', () => leave());
  // Back from the browser's own store of pages.
  addEventListener('pageshow', ({ persisted }) => {
    if (!persisted) return;
    join();
    redraw();
  });
}
if (body.dataset.live) listen();

// Forms that need no new page: the answer is the page as it then is.
document.addEventListener('submit', async (event) => {
  const form = event.target;
  if (!('live' in form.dataset)) return;
  event.preventDefault();
  const data = new URLSearchParams(new FormData(form));
  if (event.submitter?.name) data.append(event.submitter.name, event.submitter.value);
  try {
    const answer = await ask(form.action, { method: 'POST', body: data, headers: { accept: 'text/html' } });
    if (answer.ok && new URL(answer.url).pathname === location.pathname) take(await answer.text());
    else if (answer.ok) location.assign(answer.url);
    else { document.open(); document.write(await answer.text()); document.close(); }
    if ('reset' in form.dataset) form.reset();
  } catch {
    state.notice = word('notSent');
    show();
  }
});

// What choosing changes at once.
document.addEventListener('change', (event) => {
  if (event.target.matches('[data-submit]')) event.target.form.requestSubmit();
});
document.addEventListener('click', (event) => {
  if (event.target.closest('[data-print]')) window.print();
});
