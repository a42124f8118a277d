// What the head of a page says while something does not get through: why, how old what is shown is, and what waits.
const net = document.getElementById('net');

/** What is known of the way to the server. `link`: new until the first word of the stream, then on, silent or down. `slow`: asked, and no answer for a second. `queue`: what `Queue.view` says. */
export const state = { link: 'new', slow: false, signedOut: false, gone: false, fresh: performance.now(), queue: undefined, notice: '' };

/** Words of this page, with their gaps filled. */
export const word = (name, values = {}) => (net.dataset[name] ?? '').replace(/\{(\w+)\}/g, (_, key) => values[key] ?? '');

/** A code as it is shown: one that never ends is cut, with its length. */
export const shown = (code) => (code.length > 48 ? `${code.slice(0, 40)}… (${[...code].length})` : code);

const minutes = (millis) => {
  const seconds = Math.floor(millis / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
};

function make(tag, text, attributes = {}) {
  const one = Object.assign(document.createElement(tag), attributes);
  one.textContent = text;
  return one;
}

function headline({ waiting, trouble, why, slow }) {
  const count = waiting.length;
  if (state.signedOut || trouble === 'signed-out') return word(count ? 'signedOutKept' : 'signedOut', { count });
  if (count && trouble === 'kept') return word('kept', { count, why: why?.startsWith('HTTP') || !why ? word('notOurs', { why: why ?? '' }) : why });
  if (state.gone) return word('gone');
  if (state.link === 'down' || trouble === 'away') return word(count ? 'waiting' : 'offline', { count });
  if (state.link === 'silent' || slow || state.slow) return word(count ? 'waitingSlow' : 'slow', { count });
  return count > 1 ? word('sending', { count }) : '';
}

/** What is said, line by line. */
function lines(view) {
  const all = [];
  if (!view.whole && view.waiting.length) all.push(make('p', word('unsaved')));
  const of = new Map();
  for (const item of view.others) of.set(item.name ?? '', (of.get(item.name ?? '') ?? 0) + 1);
  for (const [name, count] of of) all.push(make('p', word(name ? 'others' : 'unowned', { name, count })));
  for (const item of view.refused) all.push(make('p', word('refused', { code: shown(item.code), why: item.refused }), { className: 'no' }));
  if (view.refused.length) all.push(make('button', word('dismiss'), { type: 'button', id: 'dismiss' }));
  if (state.notice) all.push(make('p', state.notice, { className: 'no' }));
  return all;
}

let drawn = '';
const NOTHING = { waiting: [], others: [], refused: [], whole: true };

/** Says it; leaves the page alone where nothing changed. */
export function show() {
  const view = state.queue?.() ?? NOTHING;
  const head = headline(view);
  const below = lines(view);
  const stale = ['silent', 'down'].includes(state.link) || state.slow || state.signedOut;
  document.body.classList.toggle('offline', stale || view.trouble !== undefined);
  net.hidden = !head && below.length === 0;
  const now = JSON.stringify([head, below.map((one) => one.textContent), view.waiting.map((item) => item.code)]);
  if (now !== drawn) {
    drawn = now;
    const open = net.querySelector('details')?.open;
    const parts = [];
    if (head && view.waiting.length) {
      const details = make('details', '');
      details.open = open ?? false;
      const list = make('ul', '');
      list.append(...view.waiting.map((item) => make('li', `… ${shown(item.code)}`)));
      details.append(make('summary', head), list);
      parts.push(details);
    } else if (head) {
      parts.push(make('span', head));
    }
    if (state.signedOut || view.trouble === 'signed-out') {
      parts.push(' ', make('a', word('signIn'), { href: `/sign-in?next=${encodeURIComponent(location.pathname + location.search)}` }));
    } else if (state.gone) {
      parts.push(' ', make('a', word('home'), { href: '/' }));
    }
    if (head) {
      const age = make('span', '', { className: 'age' });
      // It changes each second: seen, not read out.
      age.setAttribute('aria-live', 'off');
      parts.push(age);
    }
    net.replaceChildren(...parts, ...below);
  }
  const age = performance.now() - state.fresh;
  const text = stale && age >= 2000 ? word('age', { age: minutes(age) }) : '';
  const place = net.querySelector('.age');
  if (place && place.textContent !== text) place.textContent = text;
}
