// The whole floor for a browser test: the real binaries, on free ports, in a folder of its own.
import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const root = fileURLToPath(new URL('../..', import.meta.url));
// Never a folder that another checkout may have built into: `cargo xtask test --only browser` says which.
const binaries = process.env.CANGXUN_BIN;
if (!binaries) throw new Error('CANGXUN_BIN is not set: cargo xtask test --only browser');
export const artefacts = process.env.CANGXUN_ARTEFACTS ?? join(root, 'artefacts');

const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

/** Asks again until there is an answer; the limit only ends a test that would hang. */
export async function until(what, ask, limit = 60_000) {
  const end = Date.now() + limit;
  for (let last; ; ) {
    try {
      const answer = await ask();
      if (answer) return answer;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) throw new Error(`waited for ${what}`, { cause: last });
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** A PostgreSQL of the test's own; ends with it. */
export async function startPostgres() {
  const child = spawn(join(binaries, 'throwaway-postgres'), { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => { child.on('close', resolve); });
  const url = await new Promise((resolve, reject) => {
    child.stdout.once('data', (line) => resolve(String(line).trim()));
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`no PostgreSQL: ended with ${code}`)));
  });
  return { url, stop() { child.stdin.end(); return ended; } };
}

/**
 * Starts WMS, gateway and virtual nodes. On a `postgres` there is a second WMS process, at `otherUrl`, which no gateway
 * knows.
 */
export async function startFloor({ stations = 2, postgres = null } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'cangxun-browser-'));
  const [web, panel, status, other] = [await freePort(), await freePort(), await freePort(), await freePort()];
  const children = [];
  const start = (name, args, label = name) => {
    const log = createWriteStream(join(folder, `${label}.log`));
    const child = spawn(join(binaries, name), args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.pipe(log);
    child.stderr.pipe(log);
    children.push(child);
    return child;
  };
  const ports = join(folder, 'ports');
  mkdirSync(ports);
  const key = 'browser-test-enrolment-key';
  start('virtual-floor', [
    '--stations', String(stations), '--ports', ports, '--panel', `127.0.0.1:${panel}`,
    '--data', join(folder, 'nodes'), '--codes', join(root, 'wms/scenarios/first-drill.toml'),
  ]);
  const serve = (port) => [
    'serve', '--database', postgres ?? `sqlite:${join(folder, 'floor.db')}`, '--listen', `127.0.0.1:${port}`,
    '--key', key, '--demo', '--panel-url', `http://127.0.0.1:${panel}`,
  ];
  const wms = start('wms', serve(web));
  if (postgres) start('wms', serve(other), 'other-wms');
  const gateway = start('gateway', [
    'run', '--wms', `ws://127.0.0.1:${web}/uplink`, '--key', key,
    '--data', join(folder, 'gateway'), '--ports', ports, '--metrics', `127.0.0.1:${status}`,
  ]);
  const floor = {
    url: `http://127.0.0.1:${web}`,
    otherUrl: `http://127.0.0.1:${other}`,
    panelUrl: `http://127.0.0.1:${panel}`,
    folder,
    async stop() {
      for (const child of children) child.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
    /** The server stands still, its connections open, and goes on. */
    pauseWms() { wms.kill('SIGSTOP'); },
    resumeWms() { wms.kill('SIGCONT'); },
    /** The gateway's power goes. */
    killGateway() { gateway.kill('SIGKILL'); },
    /** One station's virtual devices, as hands would use them. */
    station(n) {
      const base = `${floor.panelUrl}/api/stations/${n}`;
      const post = async (path, body) => {
        const answer = await fetch(`${base}/${path}`, {
          method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body),
        });
        if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
      };
      return {
        look: async () => (await fetch(base)).json(),
        scan: (code) => post('scanner/scan', { code }),
        press: (position, key, hold_ms) => post('shelf/keys', { position, key, hold_ms }),
        weigh: (grams) => post('scale', { grams }),
        cable: (device, plugged) => post(`${device}/cable`, { plugged }),
      };
    },
  };
  try {
    await until('the WMS', async () => (await fetch(`${floor.url}/health`)).ok);
    if (postgres) await until('the other WMS', async () => (await fetch(`${floor.otherUrl}/health`)).ok);
    await until('the panel', async () => (await fetch(`${floor.panelUrl}/api/stations`)).ok);
  } catch (error) {
    await floor.stop();
    throw error;
  }
  return floor;
}

/** Chromium, told to keep off the network. */
export const startBrowser = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync',
    ],
  });
