// Scans on their way to the run. Pure: it is told events and the time, and asked what to show; no page, no network.
// A scan belongs to who scanned it and is sent only as theirs. It leaves the queue when the WMS says of this very scan
// that it was taken, or that it won't be; whatever else comes back (a proxy's page, a sign-in page) leaves it here.

/** Longer without an answer, in milliseconds, and a scan is said to be stored: soon enough to be within a second. */
export const PATIENCE = 700;
/** How long until the next try, in milliseconds. */
const AGAIN = { away: 2000, 'signed-out': 2000, kept: 5000 };

/**
 * What became of a scan, by the answer to it. `body` is the answer's JSON, or undefined where it was none.
 * `taken` and `refused` are the WMS's own word about this scan; the rest leaves it waiting.
 */
export function judge(scan, status, body) {
  const why = body?.error ? [body.error, body.advice].filter(Boolean).join(' ') : undefined;
  if (body?.scan === scan.id) {
    if (status === 200) return { fate: 'taken' };
    return { fate: body.keep ? 'kept' : 'refused', why };
  }
  if (status === 401) return { fate: 'signed-out' };
  if (status >= 500 || status === 408 || status === 429) return { fate: 'away' };
  return { fate: 'kept', why, status };
}

/**
 * What is kept, in the browser's storage; in memory where that is full or forbidden. Other tabs of the run share the
 * storage, so it is read anew each time.
 */
export class Store {
  constructor(storage, key) {
    Object.assign(this, { storage, key, memory: [], gone: new Set(), whole: true });
  }

  stored() {
    try {
      const items = JSON.parse(this.storage.getItem(this.key) ?? '[]');
      return Array.isArray(items) ? items.filter((item) => item?.id && typeof item.code === 'string') : [];
    } catch {
      return [];
    }
  }

  read() {
    const memory = new Set(this.memory.map((item) => item.id));
    return [...this.stored().filter((item) => !this.gone.has(item.id) && !memory.has(item.id)), ...this.memory];
  }

  write(items) {
    try {
      if (items.length) this.storage.setItem(this.key, JSON.stringify(items));
      else this.storage.removeItem(this.key);
      Object.assign(this, { memory: [], gone: new Set(), whole: true });
    } catch {
      // What is stored stays there; what differs from it is remembered beside.
      const stored = new Map(this.stored().map((item) => [item.id, JSON.stringify(item)]));
      const ids = new Set(items.map((item) => item.id));
      this.memory = items.filter((item) => stored.get(item.id) !== JSON.stringify(item));
      this.gone = new Set([...stored.keys()].filter((id) => !ids.has(id)));
      this.whole = false;
    }
  }
}

/** The queue of one run in one page. Times are in milliseconds of a clock that is never set. */
export class Queue {
  constructor(store) {
    this.store = store;
    /** Why nothing gets through: `away`, `signed-out`, `kept`; none while it does. */
    this.trouble = undefined;
    this.why = undefined;
    this.tryAt = 0;
    this.flying = undefined;
    this.since = new Map();
    this.told = new Set();
  }

  /** A scan, or a press: `seen` is the last act on the page then. A press that waits already is not put behind itself. */
  add(scan, now) {
    const items = this.store.read();
    const waits = (item) => item.refused === undefined && item.who === scan.who && item.code === scan.code && item.seen === scan.seen;
    if (scan.seen !== undefined && items.some(waits)) return false;
    this.since.set(scan.id, now);
    this.store.write([...items, scan]);
    return true;
  }

  /** How long ago it was made; none for one kept since before the page was loaded. */
  age(id, now) {
    return this.since.has(id) ? Math.round(now - this.since.get(id)) : undefined;
  }

  /** What is to be sent now, as this person; none while one is on its way or the next try is not due. */
  next(who, now) {
    if (this.flying || now < this.tryAt) return undefined;
    const item = this.store.read().find((one) => one.refused === undefined && one.who === who && who !== undefined);
    this.flying = item && { id: item.id, since: now };
    return item;
  }

  /** The answer to it, judged. */
  answered(id, { fate, why, status }, now) {
    this.flying = undefined;
    this.trouble = undefined;
    this.why = undefined;
    const items = this.store.read();
    if (fate === 'taken') this.store.write(items.filter((item) => item.id !== id));
    else if (fate === 'refused') this.store.write(items.map((item) => (item.id === id ? { ...item, refused: why ?? '' } : item)));
    else {
      this.trouble = fate;
      this.why = why ?? (status && `HTTP ${status}`);
      this.tryAt = now + AGAIN[fate];
    }
  }

  /** Something changed that makes another try worth while: the network is back, somebody signed in. */
  hurry() {
    this.tryAt = 0;
  }

  /** The newest of this person's scans that is to be said stored, once for each; none where there is no need. */
  stored(who, now) {
    const late = (item) => this.since.has(item.id) && !this.told.has(item.id) &&
      (this.trouble !== undefined || now - this.since.get(item.id) >= PATIENCE);
    const all = this.store.read().filter((item) => item.refused === undefined && item.who === who && late(item));
    for (const item of all) this.told.add(item.id);
    return all.at(-1);
  }

  /** Takes what was refused off the list: it was read. */
  dismiss() {
    this.store.write(this.store.read().filter((item) => item.refused === undefined));
  }

  /** What there is to show to this person. */
  view(who, now) {
    const items = this.store.read();
    const open = items.filter((item) => item.refused === undefined);
    return {
      waiting: open.filter((item) => item.who === who),
      // Whose a scan is that an older page kept, nobody knows: shown, never sent.
      others: open.filter((item) => item.who !== who),
      refused: items.filter((item) => item.refused !== undefined),
      trouble: this.trouble,
      why: this.why,
      slow: this.flying !== undefined && now - this.flying.since >= PATIENCE,
      whole: this.store.whole,
    };
  }
}
