// The page's parts that need no page: the queue of scans, the ear for a scanner's keys, the one stream of a browser.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pixels } from '../../wms/assets/bars.mjs';
import { Hub } from '../../wms/assets/hub.mjs';
import { GS, Keys, keyOf } from '../../wms/assets/keys.mjs';
import { PATIENCE, Queue, Store, judge } from '../../wms/assets/queue.mjs';

/** A storage that may be full. */
class Shelf {
  constructor() { this.items = new Map(); this.full = false; }
  getItem(key) { return this.items.get(key) ?? null; }
  setItem(key, value) {
    if (this.full) throw new Error('QuotaExceededError');
    this.items.set(key, value);
  }
  removeItem(key) { this.items.delete(key); }
}

const ZHANG = 1;
const WANG = 2;
const scan = (id, who = ZHANG, more = {}) => ({ id, code: `code-${id}`, who, name: `person ${who}`, at: 0, ...more });
const queueOn = (storage) => new Queue(new Store(storage, 'key'));
const ids = (items) => items.map(({ id }) => id);

test('s1 only the WMS itself takes a scan or refuses it', () => {
  const one = scan('a');
  for (const [status, body, fate] of [
    [200, { scan: 'a', act: 7 }, 'taken'],
    [400, { scan: 'a', keep: false, error: 'too long' }, 'refused'],
    [404, { scan: 'a', keep: false, error: 'no run' }, 'refused'],
    [409, { scan: 'a', keep: true, error: 'somebody else' }, 'kept'],
    // Not the WMS's word about this scan: a portal's page, another scan's answer, a proxy's refusal, any status.
    [200, undefined, 'kept'], [200, {}, 'kept'], [200, { scan: 'b', act: 7 }, 'kept'],
    [400, undefined, 'kept'], [403, undefined, 'kept'], [403, { error: 'elsewhere', advice: '' }, 'kept'],
    [404, undefined, 'kept'], [413, undefined, 'kept'], [422, { error: 'unreadable' }, 'kept'], [204, undefined, 'kept'],
    [401, { error: 'sign in' }, 'signed-out'], [401, undefined, 'signed-out'],
    [429, undefined, 'away'], [500, { error: 'ours' }, 'away'], [502, undefined, 'away'],
  ]) assert.equal(judge(one, status, body).fate, fate, `${status} ${JSON.stringify(body)}`);
});

test('s1 whatever the answers, a scan leaves the queue only taken or refused, and is sent only as its own', () => {
  // A generator of its own: every run the same.
  let seed = 1;
  const below = (n) => { seed = (seed * 48271) % 2147483647; return seed % n; };
  for (let round = 0; round < 300; round += 1) {
    const queue = queueOn(new Shelf());
    const fates = new Map();
    let now = 0;
    let flying;
    for (let step = 0; step < 60; step += 1) {
      now += below(3000);
      const who = [ZHANG, WANG][below(2)];
      if (below(3) === 0) {
        const id = `${round}.${step}`;
        queue.add(scan(id, who), now);
        fates.set(id, 'kept');
      } else if (flying) {
        const judged = judge(flying, [200, 200, 400, 401, 403, 500][below(6)], below(2) ? { scan: flying.id, keep: below(2) === 0 } : undefined);
        queue.answered(flying.id, judged, now);
        if (judged.fate === 'taken' || judged.fate === 'refused') fates.set(flying.id, judged.fate);
        flying = undefined;
      } else {
        flying = queue.next(who, now);
        if (flying) assert.equal(flying.who, who);
      }
      const { waiting, others, refused } = queue.view(ZHANG, now);
      const of = (fate) => [...fates].filter(([, one]) => one === fate).map(([id]) => id).sort();
      assert.deepEqual(ids([...waiting, ...others]).sort(), of('kept'));
      assert.deepEqual(ids(refused).sort(), of('refused'));
    }
  }
});

test('s1 what a page older than the owner of a scan kept is shown and never sent', () => {
  const shelf = new Shelf();
  shelf.setItem('key', JSON.stringify([{ id: 'old', code: 'x', at: 1 }]));
  const queue = queueOn(shelf);
  assert.equal(queue.next(ZHANG, 0), undefined);
  assert.equal(queue.next(undefined, 0), undefined);
  assert.deepEqual(ids(queue.view(ZHANG, 0).others), ['old']);
});

test('s5 a scan without an answer is said to be stored within a second, once', () => {
  const queue = queueOn(new Shelf());
  queue.add(scan('a'), 1000);
  assert.equal(queue.next(ZHANG, 1000).id, 'a');
  assert.equal(queue.stored(ZHANG, 1000 + PATIENCE - 1), undefined);
  assert.equal(queue.stored(ZHANG, 1000 + PATIENCE).id, 'a');
  assert.equal(queue.stored(ZHANG, 9000), undefined);
  assert.ok(PATIENCE < 900);
  // One behind it waits as long.
  queue.add(scan('b'), 2000);
  assert.equal(queue.stored(ZHANG, 2000 + PATIENCE).id, 'b');
  // Refused at once by the network: said at once.
  queue.answered('a', { fate: 'away' }, 3000);
  queue.add(scan('c'), 3001);
  assert.equal(queue.stored(ZHANG, 3001).id, 'c');
});

test('s5 where storage is full or forbidden, memory keeps scans and what was answered goes', () => {
  for (const storage of [undefined, Object.assign(new Shelf(), { full: true })]) {
    const queue = queueOn(storage);
    queue.add(scan('a'), 0);
    queue.add(scan('b'), 0);
    assert.equal(queue.view(ZHANG, 0).whole, false);
    assert.equal(queue.next(ZHANG, 0).id, 'a');
    queue.answered('a', { fate: 'taken' }, 0);
    assert.deepEqual(ids(queue.view(ZHANG, 0).waiting), ['b']);
    assert.equal(queue.next(ZHANG, 0).id, 'b');
  }
  // Full later: what is stored stays, and leaves the list when it is answered.
  const shelf = new Shelf();
  const queue = queueOn(shelf);
  queue.add(scan('a'), 0);
  queue.add(scan('b'), 0);
  shelf.full = true;
  queue.add(scan('c'), 0);
  assert.deepEqual(ids(queue.view(ZHANG, 0).waiting), ['a', 'b', 'c']);
  queue.next(ZHANG, 0);
  queue.answered('a', { fate: 'taken' }, 0);
  queue.next(ZHANG, 0);
  queue.answered('b', { fate: 'refused', why: 'no' }, 0);
  const view = queue.view(ZHANG, 0);
  assert.deepEqual([ids(view.waiting), ids(view.refused)], [['c'], ['b']]);
  assert.equal(queue.next(ZHANG, 0).id, 'c');
  // Broken by somebody: nothing is read, nothing stops.
  shelf.full = false;
  shelf.setItem('key', '{"no":1');
  assert.equal(queueOn(shelf).next(ZHANG, 0), undefined);
});

test('a press that waits is not put behind itself, a scan is', () => {
  const queue = queueOn(new Shelf());
  assert.ok(queue.add(scan('a', ZHANG, { code: 'CMD-SHORT', seen: 4 }), 0));
  assert.ok(!queue.add(scan('b', ZHANG, { code: 'CMD-SHORT', seen: 4 }), 0));
  assert.ok(queue.add(scan('c', ZHANG, { code: 'CMD-SHORT', seen: 5 }), 0));
  assert.ok(queue.add(scan('d', ZHANG, { code: 'x' }), 0));
  assert.ok(queue.add(scan('e', ZHANG, { code: 'x' }), 0));
});

/** What comes of a code and Enter with these pauses before its characters; the last is Enter's. */
function typed(code, gap, { field, enter, value = '' } = {}) {
  const keys = new Keys();
  let at = 1000;
  let said = {};
  [...code, 'Enter'].forEach((key, index) => {
    at += key === 'Enter' ? enter ?? gap(index) : index && gap(index);
    said = keys.press(key, at, field, value);
  });
  return said;
}

test('s4 a scanner of any speed is a scanner', () => {
  const code = '2000152400039';
  const field = {};
  for (let pace = 1; pace <= 110; pace += 1) {
    for (const jitter of [0, 4, 9]) {
      const gap = (index) => Math.max(1, pace + (index % 2 ? jitter : -jitter));
      assert.equal(typed(code, gap).scan, code, `${pace} ± ${jitter} ms`);
      assert.equal(typed(code, gap, { field, value: 'so far' }).scan, code, `${pace} ± ${jitter} ms into a field`);
      assert.equal(typed(code, gap, { field, value: 'so far' }).restore, 'so far');
    }
  }
});

test('s4 a pause within a code never sends its tail', () => {
  const code = 'CMD-CONFIRM';
  for (let place = 1; place <= code.length; place += 1) {
    for (const pause of [60, 120, 180, 249, 251, 400, 800, 1400]) {
      for (const field of [undefined, {}]) {
        const said = typed(code, (index) => (index === place ? pause : 4), { field });
        const what = `pause of ${pause} ms before ${place}${field ? ' in a field' : ''}: ${JSON.stringify(said)}`;
        if (said.scan !== undefined) assert.equal(said.scan, code, what);
        // What was read by the page alone is said; a tail of a few characters in a field can't be told from typing.
        else if (!field || (place <= code.length - 4 && pause > 250)) assert.ok(said.torn !== undefined, what);
      }
    }
  }
});

test('s4 hands that type are left alone', () => {
  const field = {};
  // A quick and uneven hand.
  const gaps = [0, 95, 160, 80, 140, 210, 90, 170, 120, 85, 200, 110, 150];
  for (const text of ['done', 'all counted', 'x']) assert.deepEqual(typed(text, (index) => gaps[index], { field }), {});
  // A key or two where there is nothing to type into.
  assert.deepEqual(typed('a', () => 300), {});
  assert.deepEqual(new Keys().press('Enter', 5), {});
  // A space on a button that has the focus presses it, again and again.
  const keys = new Keys();
  for (const at of [0, 90, 180]) assert.ok(!keys.press(' ', at).swallow);
});

test('s3 a scanner that types brings the separator of a GS1 code', () => {
  assert.equal(keyOf({ key: ']', ctrlKey: true }), GS);
  assert.equal(keyOf({ key: ']', ctrlKey: false }), ']');
  const code = `]C1011200015240003610260821${GS}2112`;
  for (const field of [undefined, {}]) assert.equal(typed(code, () => 8, { field }).scan, code);
  // A shortcut of somebody's is no code.
  const keys = new Keys();
  assert.deepEqual(keys.press(GS, 1000), {});
  assert.deepEqual(keys.press('Enter', 1010), {});
});

/** A hub whose streams and pages are lists. */
function hub() {
  const opened = [];
  const told = [];
  const one = new Hub({
    open: (address) => {
      const source = { address, closed: false, close() { this.closed = true; } };
      opened.push(source);
      return source;
    },
    tell: (page, news) => told.push([page, news]),
  });
  one.tick(0);
  return { hub: one, opened, told, say: (news) => opened.at(-1).onmessage({ data: JSON.stringify(news) }) };
}

test('s5 all pages of a browser share one stream', () => {
  const { hub: one, opened, told, say } = hub();
  for (let page = 0; page < 7; page += 1) one.join(`page ${page}`, { run: 3, seen: 10 }, 0);
  assert.equal(opened.length, 1);
  one.join('board', {}, 0);
  one.join('other', { run: 4, seen: 2 }, 0);
  assert.deepEqual(opened.map(({ closed }) => closed), [true, true, false]);
  assert.equal(opened.at(-1).address, '/live/pages?runs=3.10,4.2&floor=true');
  say({ beat: true });
  told.length = 0;
  say({ run: 3, no: 11 });
  assert.deepEqual(told.map(([page]) => page).sort(), Array.from({ length: 7 }, (_, page) => `page ${page}`));
  // A page drawn before that, which comes now, is told at once.
  told.length = 0;
  one.join('late', { run: 3, seen: 10 }, 0);
  assert.deepEqual(told[0], ['late', { no: 11, changed: true }]);
  for (const [page] of [...one.pages]) one.leave(page);
  assert.ok(opened.at(-1).closed);
});

test('s5 a server that stands still is noticed, and one that is back too', () => {
  const { hub: one, opened, told, say } = hub();
  one.join('page', { run: 3, seen: 1 }, 0);
  say({ beat: true });
  for (let now = 0; now <= 6000; now += 250) one.tick(now);
  assert.equal(told.at(-1)[1].state, 'silent');
  assert.ok(told.at(-1)[1].age >= 5000);
  say({ beat: true });
  assert.ok(told.some(([, { state }], index) => state === 'on' && index > 2));
  for (let now = 6000; now <= 30_000; now += 250) one.tick(now);
  assert.ok(opened.length > 1, 'made anew');
  opened.at(-1).onerror();
  assert.equal(told.at(-1)[1].state, 'down');
  const before = opened.length;
  one.tick(33_000);
  assert.equal(opened.length, before + 1);
  assert.equal(opened.at(-1).address, '/live/pages?runs=3.1');
});

test('s7 a module is whole pixels of the screen, two at least, or there is no barcode', () => {
  for (const ratio of [1, 1.25, 1.5, 1.75, 2, 3]) {
    for (let room = 50; room < 900; room += 7) {
      for (const modules of [90, 143, 176, 231]) {
        const size = pixels(modules, room, ratio);
        assert.ok(Number.isInteger(size));
        if (size) assert.ok(size >= 2 && modules * size <= room * ratio + 1e-3, `${modules} in ${room} at ${ratio}: ${size}`);
        else assert.ok(modules * 2 > room * ratio - 1e-3, `${modules} in ${room} at ${ratio} fits`);
      }
    }
  }
});
