// A floor of emulated Picos. JSON lines come in on stdin and go out on stdout; README.md describes them.
import fs from 'node:fs';
import readline from 'node:readline';
import { Board } from './board/board.mjs';
import { KINDS } from './board/kinds.mjs';
import { BusLink, OpenUart, UartLink, UsbLink } from './board/serial.mjs';
import { Bus } from './line/bus.mjs';
import { Port } from './line/port.mjs';
import { Pace, Row } from './pace.mjs';

/** Nanoseconds as milliseconds with three decimals. */
const millis = (nanos) => Math.round(nanos / 1e3) / 1e3;
/** How often the floor's clock is told. */
const CLOCK_MILLIS = 250;
const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);

class Floor {
  #boards = new Map();
  #ports = [];
  #buses = new Map();
  #pace = null;
  #verbose;

  constructor({ chips, buses = [], verbose = false, speed = 1 }) {
    this.#verbose = verbose;
    for (const bus of buses) this.#buses.set(bus.name, { line: new Bus(), boards: [] });
    for (const chip of chips) this.#addChip(chip);
    for (const bus of buses) if (bus.port !== undefined) this.#addAdapter(bus);
    const onBuses = new Set([...this.#buses.values()].flatMap(({ boards }) => boards));
    const groups = [
      ...[...this.#boards.values()].map(({ board }) => board).filter((board) => !onBuses.has(board)),
      ...[...this.#buses.values()].map(({ line, boards }) => new Row(line, boards)),
    ];
    this.#pace = new Pace(groups, 0, () => this.#ports.forEach((port) => port.flush()), speed);
    setInterval(() => say({ clock: this.#clock() }), CLOCK_MILLIS);
  }

  #addChip({ name, kind, image, uid, ports = [], bus, burns }) {
    if (this.#boards.has(name)) throw new Error(`two chips are called ${name}`);
    if (!KINDS[kind]) throw new Error(`${name}: there is no kind ${kind}; there are ${Object.keys(KINDS).join(', ')}`);
    const report = (words) => say({ chip: name, at: millis(this.#boards.get(name)?.board.chip?.now ?? this.#now), ...words });
    const { parts, actions, link } = KINDS[kind](report, { onBus: bus !== undefined, burns });
    const itsBoard = () => this.#boards.get(name).board;
    const links = ports.map(({ port, over }) => this.#link(over, link, port, itsBoard));
    const uartInUse = ports.some(({ over }) => over === 'uart') || (bus !== undefined && link.bus.uart === link.uart.uart);
    if (!uartInUse) links.push(new OpenUart(link.uart));
    if (bus !== undefined) {
      if (!this.#buses.has(bus)) throw new Error(`${name}: there is no bus ${bus}`);
      links.push(new BusLink(link.bus, this.#buses.get(bus).line));
    }
    const log = (words) => { if (this.#verbose) process.stderr.write(`${name}: ${words}\n`); };
    const board = new Board({
      name, uid, report, log, now: 0, image: fs.readFileSync(image), parts: [...parts, ...links],
    });
    if (bus !== undefined) this.#buses.get(bus).boards.push(board);
    this.#boards.set(name, { board, actions, parts, links });
  }

  #link(over, wiring, fd, board) {
    const port = new Port(fd, (bytes) => {
      board().runTo(this.#now);
      link.send(bytes);
      this.#pace.touch();
    });
    const link = over === 'usb' ? new UsbLink(port) : new UartLink(wiring.uart, port);
    this.#ports.push(port);
    return link;
  }

  #addAdapter({ name, port: fd, baud }) {
    const { line } = this.#buses.get(name);
    const port = new Port(fd, (bytes) => {
      adapter.send(bytes, this.#now);
      this.#pace.touch();
    });
    const adapter = line.adapter(baud, (byte) => port.write([byte]));
    this.#ports.push(port);
  }

  get #now() {
    return this.#pace?.now ?? 0;
  }

  /** Obeys one line of stdin; what it returns goes into the reply. */
  async obey({ chip: name, do: what, ...details }) {
    if (what === 'measure') return this.#measure();
    const there = this.#boards.get(name);
    if (!there) throw new Error(`there is no chip ${name}`);
    const { board, actions, links } = there;
    board.runTo(this.#now);
    const common = {
      power: ({ on }) => {
        if (!on) board.powerOff();
        else if (!board.chip) board.powerOn(this.#now);
      },
      hang: ({ at_rise: pin }) => board.chip?.hang(pin),
      wedge: () => links.find((link) => link.wedge).wedge(),
      pin: ({ pin }) => board.chip?.pins.driven(pin),
    };
    const action = common[what] ?? actions[what];
    if (!action) throw new Error(`${name} can't ${what}`);
    const done = action(details, (millis) => this.#wait(board, millis));
    this.#pace.touch();
    const result = await done;
    return { at: millis(board.chip?.now ?? this.#now), ...result };
  }

  /** Waits that long of the floor's time; the board then stands there too. */
  #wait(board, millis) {
    return new Promise((done) => {
      this.#pace.in(millis, () => {
        board.runTo(this.#now);
        done();
      });
    });
  }

  #clock() {
    const { slippedMillis, wallMillis } = this.#pace;
    return { at: millis(this.#now), wall_millis: Math.round(wallMillis), slipped_millis: Math.round(slippedMillis) };
  }

  #measure() {
    const buses = [...this.#buses].map(([name, { line }]) => (
      {
        name, bytes: line.bytes, collisions: line.collisions, undriven: line.undriven,
        overhang_micros: line.overhangNanos / 1e3, drive_millis: line.driveNanos / 1e6,
      }));
    const chips = [...this.#boards].map(([name, { board, parts, links }]) => (
      { name, instructions: board.instructions, ...Object.assign({}, ...[...parts, ...links].map((part) => part.measured?.())) }));
    return { ...this.#clock(), buses, chips };
  }
}

let floor = null;
readline.createInterface({ input: process.stdin }).on('line', async (text) => {
  let id = null;
  try {
    const { id: given, ...line } = JSON.parse(text);
    id = given;
    if (floor) say({ reply: id, result: await floor.obey(line) });
    else {
      floor = new Floor(line);
      say({ reply: id });
    }
  } catch (error) {
    say({ reply: id, error: error.message });
  }
}).on('close', () => process.exit(0)); // whoever started this has gone
