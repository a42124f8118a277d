// Simulated time held to the wall clock. A floor that can't keep up slips (its time falls behind the wall's) rather
// than hurrying: chips then see a slow world, never a jump.
const CHUNK_NANOS = 5e6;
/** Work done at a stretch before ports are looked at again. */
const STRETCH_NANOS = 20e6;
const SPIN_NANOS = 0.3e6;

const wallNanos = () => Number(process.hrtime.bigint());

/** Boards on one bus: they see each other's bytes, so none may run far ahead of the others. */
export class Row {
  #bus;
  #boards;

  constructor(bus, boards) {
    this.#bus = bus;
    this.#boards = boards;
  }

  get due() {
    let due = this.#bus.due;
    for (const board of this.#boards) due = Math.min(due, board.due);
    return due;
  }

  runTo(until) {
    const { lookahead } = this.#bus;
    for (let next = this.due; next < until; next = this.due) {
      const slice = Math.min(until, next + lookahead);
      this.#bus.runTo(slice);
      for (const board of this.#boards) if (board.due < slice) board.runTo(slice);
    }
  }
}

export class Pace {
  /** Milliseconds by which the floor has fallen behind since it started. */
  slippedMillis = 0;

  #speed;
  #began = wallNanos();
  #seen = this.#began;

  #groups;
  #agenda = [];
  #afterStep;
  #epoch;
  #now;
  #timer = null;
  #immediate = null;

  /**
   * @param groups boards and rows: `due` and `runTo(until)`, in the floor's nanoseconds
   * @param now the floor's time at the start
   * @param afterStep called after each step
   * @param speed most of the wall's time that the floor's may take, as on a machine that can't keep up: what is beyond slips
   */
  constructor(groups, now, afterStep, speed = 1) {
    this.#groups = groups;
    this.#speed = speed;
    this.#afterStep = afterStep;
    this.#now = now;
    this.#epoch = wallNanos() - now;
    this.#step();
  }

  /** The floor's time in nanoseconds. */
  get now() {
    return this.#now;
  }

  /** Milliseconds of the wall's clock since the start. */
  get wallMillis() {
    return (wallNanos() - this.#began) / 1e6;
  }

  /** Calls back in this many of the floor's milliseconds, when every board stands at just that time. */
  in(millis, callback) {
    this.#agenda.push({ at: this.#now + millis * 1e6, callback });
    this.#agenda.sort((a, b) => a.at - b.at);
    this.touch();
  }

  /** Something outside has happened: catch up at once, and look again when anything is due. */
  touch() {
    clearTimeout(this.#timer);
    this.#immediate ??= setImmediate(() => this.#step());
  }

  #step() {
    this.#immediate = null;
    const began = wallNanos();
    const held = (began - this.#seen) * (1 - this.#speed);
    this.#seen = began;
    this.#epoch += held;
    this.slippedMillis += held / 1e6;
    const target = began - this.#epoch;
    while (this.#now < target) {
      this.#advance(Math.min(target, this.#now + CHUNK_NANOS));
      if (wallNanos() - began < STRETCH_NANOS) continue;
      this.slippedMillis += (target - this.#now) / 1e6;
      this.#epoch += target - this.#now;
      break;
    }
    this.#afterStep();
    const next = Math.min(this.#agenda[0]?.at ?? Infinity, ...this.#groups.map((group) => group.due));
    const wait = next + this.#epoch - wallNanos();
    if (wait < SPIN_NANOS) this.#immediate = setImmediate(() => this.#step());
    else this.#timer = setTimeout(() => this.#step(), Math.min(wait / 1e6, 1000));
  }

  #advance(until) {
    while (this.#agenda.length && this.#agenda[0].at <= until) {
      const { at, callback } = this.#agenda.shift();
      this.#run(at);
      callback();
    }
    this.#run(until);
  }

  #run(until) {
    this.#now = Math.max(this.#now, until);
    for (const group of this.#groups) if (group.due < this.#now) group.runTo(this.#now);
  }
}
