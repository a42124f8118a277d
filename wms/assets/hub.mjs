// One stream of news for all pages of a browser: a stream holds a connection, and a browser has six for one server.
// Pure: `open(address)` makes an EventSource, `tell(page, news)` reaches a page, and the time is told.

/** The server beats every two seconds; so long without a beat, in milliseconds, and nobody knows whether it lives. */
export const SILENT = 5000;
/** So long, and the connection is made anew. */
const LOST = 15_000;
const AGAIN = 2000;

export class Hub {
  constructor({ open, tell }) {
    Object.assign(this, { open, tell, pages: new Map(), runs: new Map(), streamed: '', source: undefined });
    Object.assign(this, { heard: 0, begun: 0, state: undefined, retryAt: undefined });
  }

  /** A page wants to hear of a run from act `seen` on, or of the whole floor (no run). */
  join(page, { run, seen = 0 }, now) {
    this.pages.set(page, { run });
    const known = run === undefined ? 0 : Math.max(this.runs.get(run) ?? seen, seen);
    if (run !== undefined) {
      // What came while no page of that run was there.
      if (known > seen) this.tell(page, { no: known, changed: true });
      this.runs.set(run, known);
    }
    if (!this.streams(run)) this.connect(now);
    if (this.state) this.tell(page, { state: this.state, age: now - this.heard });
  }

  leave(page) {
    this.pages.delete(page);
    if (this.pages.size === 0) this.close();
  }

  close() {
    this.source?.close();
    this.source = undefined;
    this.streamed = '';
  }

  streams(run) {
    return this.source && this.streamed.split(',').includes(String(run ?? 'floor'));
  }

  connect(now) {
    // What has no number can be missed between two streams.
    this.missed = this.streamed !== '';
    this.close();
    const wanted = [...new Set([...this.pages.values()].map(({ run }) => run))];
    for (const run of this.runs.keys()) if (!wanted.includes(run)) this.runs.delete(run);
    this.streamed = wanted.map((run) => run ?? 'floor').join(',');
    this.begun = now;
    this.retryAt = undefined;
    const runs = wanted.filter((run) => run !== undefined).map((run) => `${run}.${this.runs.get(run) ?? 0}`);
    const source = this.open(`/live/pages?runs=${runs.join(',')}${wanted.includes(undefined) ? '&floor=true' : ''}`);
    this.source = source;
    const still = (act) => (event) => { if (this.source === source) act(event); };
    source.onerror = still(() => this.failed(this.clock));
    source.onmessage = still((event) => this.news(JSON.parse(event.data), this.clock));
  }

  /** The time, now and then: what is not heard is noticed. */
  tick(now) {
    this.clock = now;
    if (this.pages.size === 0) return;
    if (this.retryAt !== undefined && now >= this.retryAt) this.connect(now);
    if (['on', undefined].includes(this.state) && now - Math.max(this.heard, this.begun) > SILENT) this.become('silent', now);
    if (this.source && now - Math.max(this.heard, this.begun) > LOST) this.connect(now);
  }

  news(news, now) {
    this.heard = now;
    this.become('on', now);
    const { run, no } = news;
    if (run !== undefined && no !== undefined) this.runs.set(run, Math.max(no, this.runs.get(run) ?? 0));
    if (this.missed) for (const page of this.pages.keys()) this.tell(page, { changed: true });
    this.missed = false;
    if (news.beat) for (const page of this.pages.keys()) this.tell(page, { beat: true });
    else for (const [page, wants] of this.pages) if (wants.run === run) this.tell(page, { no, changed: true });
  }

  failed(now) {
    this.become('down', now);
    this.close();
    this.retryAt = now + AGAIN;
  }

  become(state, now) {
    if (this.state === state) return;
    this.state = state;
    for (const page of this.pages.keys()) this.tell(page, { state, age: now - this.heard });
  }
}
