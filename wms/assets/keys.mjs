// Tells a scanner that types from hands. Pure: it is told keys with their times, and says what to do with each.
// A slow scanner leaves 100 ms between two characters; a busy machine can stall once in the middle of a code. What may
// lack its head is torn: never passed on, always said.

/** Above this between two keys, in milliseconds, nobody's code goes on. */
const PAUSE = 250;
/** What was typed so long ago is not the head of this code. */
const STALE = 1500;
/** Quicker than hands, in milliseconds between two keys. */
const QUICK = 50;
/** A slow scanner's even pace: slowest gap, and slowest less quickest. */
const SLOW = 130;
const EVEN = 30;
/** So many characters at an even pace are no hand's. */
const LONG = 8;
const SHORTEST = 4;

/** GS1's separator between two fields. */
export const GS = '\x1d';
/** The key of an event: scanners that type send GS1's separator as control and a bracket. */
export const keyOf = ({ key, ctrlKey }) => (ctrlKey && key === ']' ? GS : key);

export class Keys {
  constructor() {
    this.clear();
  }

  clear() {
    Object.assign(this, { text: '', gaps: [], last: -Infinity, headless: false, field: undefined, before: '' });
  }

  /**
   * A key went down: `key` as the browser names it, `at` in milliseconds, `field` what it types into, if anything, and
   * `value` what stood there before. Says `swallow`: the key must do nothing else; `scan`: a whole code; `torn`: part of
   * one; `restore`: what the field read before the code came.
   */
  press(key, at, field, value = '') {
    const gap = at - this.last;
    if (key === 'Enter' || key === 'Tab') return this.end(gap);
    // A separator belongs to a code that is being read; by itself it is somebody's shortcut.
    if (key.length !== 1 || (key === GS && !(this.text && gap <= PAUSE && field === this.field))) return {};
    if (gap > PAUSE || field !== this.field) {
      this.headless = this.text !== '' && gap < STALE;
      Object.assign(this, { text: '', gaps: [], field, before: value });
    } else {
      this.gaps.push(gap);
    }
    this.text += key;
    this.last = at;
    // A space must not press the button that happens to have the focus in the middle of a code.
    return { swallow: key === GS || (!field && this.text.trim().length > 1) };
  }

  end(gap) {
    const { text, field, before, headless } = this;
    const all = [...this.gaps, gap].sort((one, other) => one - other);
    this.clear();
    const [quickest, slowest, next] = [all[0], all.at(-1), all.at(-2) ?? 0];
    const even = slowest <= SLOW && slowest - quickest <= EVEN;
    const stalledOnce = slowest <= PAUSE && next <= QUICK;
    const machine = slowest <= QUICK || (text.length >= LONG && (even || stalledOnce));
    if (field === undefined) {
      // Nobody types where there is nothing to type into, unless it is a key or two.
      if (!text || gap > STALE) return {};
      const torn = headless || gap > PAUSE;
      if (torn) return text.length > 1 || headless ? { swallow: true, torn: text } : {};
      if (text.length >= SHORTEST) return { swallow: true, scan: text };
      return machine && text.length > 1 ? { swallow: true, torn: text } : {};
    }
    if (!machine || text.length < SHORTEST) return {};
    return headless ? { swallow: true, restore: before, torn: text } : { swallow: true, restore: before, scan: text };
  }
}
