// A pseudo-terminal's master end, handed over by whoever started this process. Its slave is the serial port that the
// gateway opens.
import fs from 'node:fs';
import tty from 'node:tty';

export class Port {
  #fd;
  #out = [];

  /** @param fd an open descriptor @param onBytes called with each chunk that the other side wrote */
  constructor(fd, onBytes) {
    this.#fd = fd;
    const stream = new tty.ReadStream(fd);
    stream.on('data', onBytes);
    stream.on('error', () => {}); // the other side has gone; it may come back
  }

  /** Keeps bytes until {@link flush}. */
  write(bytes) {
    this.#out.push(...bytes);
  }

  /** Hands over what was written. A serial line keeps nothing for a reader who isn't there: what finds no room is lost. */
  flush() {
    if (!this.#out.length) return;
    const bytes = Buffer.from(this.#out);
    this.#out = [];
    try {
      fs.writeSync(this.#fd, bytes);
    } catch (error) {
      if (error.code !== 'EAGAIN' && error.code !== 'EIO') throw error;
    }
  }
}
