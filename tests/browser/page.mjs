// What every page test needs: pictures, axe, a keyboard that is a scanner.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import http from 'node:http';
import { createRequire } from 'node:module';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { GS } from '../../wms/assets/keys.mjs';
import { artefacts, until } from './floor.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const SIZES = [{ width: 390, height: 780 }, { width: 1280, height: 800 }];

/** Pictures of a page in both sizes; in either no serious fault of accessibility, nothing cut off, nothing too small to touch. */
export async function look(page, name) {
  mkdirSync(artefacts, { recursive: true });
  for (const size of SIZES) {
    await page.setViewportSize(size);
    assert.deepEqual(await sticksOut(page), [], `${name} at ${size.width} scrolls sideways`);
    assert.deepEqual(await tooSmall(page), [], `${name} at ${size.width} is hard to touch`);
    assert.deepEqual(await overlapping(page), [], `${name} at ${size.width}: a station's parts lie over each other`);
    // A station's screen is its window; other pages are shown whole.
    const fullPage = !(await page.locator('body.station').count());
    await page.screenshot({ path: join(artefacts, `${name}-${size.width}.png`), fullPage });
    await accessible(page, name);
  }
}

/** What a station's commands cover of its lists beside them. */
const overlapping = (page) => page.evaluate(() => {
  const aside = document.querySelector('.station aside')?.getBoundingClientRect();
  if (!aside || innerWidth <= 700) return [];
  const all = [...document.querySelectorAll('.station .commands > *')];
  return all.filter((one) => one.getBoundingClientRect().right > aside.left).map((one) => one.outerHTML.slice(0, 120));
});

/** What can be pressed but is less than 44 px high; on the handheld what is pressed at the foot, less than 56. */
const tooSmall = (page) => page.evaluate(() => {
  const handheld = innerWidth <= 700 && document.body.matches('.station');
  const seen = (one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest('.skip, [hidden], .reference :is(p, dl, h3)');
  // Links in the running text of a reference are read, not hunted for. Boxes and rails are pressed with their label, or dragged.
  const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
    .filter((one) => seen(one) && !one.matches('[type=hidden], [type=checkbox], [type=range]'));
  const wanted = (one) => (handheld && one.closest('.commands, .menu, .at-panel') ? 56 : 44);
  // A button may reach beyond its box by what it draws before or after itself.
  const height = (one) => {
    const after = getComputedStyle(one, '::after');
    return after.position === 'absolute' && after.inset === '0px' ? one.parentElement.getBoundingClientRect().height : one.getBoundingClientRect().height;
  };
  return all.filter((one) => height(one) < wanted(one) - 0.5).map((one) => `${Math.round(height(one))} px: ${one.outerHTML.slice(0, 120)}`);
});

/** A station's screen at 24 inches: main words from 56 px, the number from 160, nothing that matters below 20, nothing cut off. */
export async function readFromTwoMetres(page, name) {
  const before = page.viewportSize();
  await page.setViewportSize({ width: 1920, height: 1080 });
  const found = await page.evaluate(() => {
    const size = (one) => parseFloat(getComputedStyle(one).fontSize);
    const faults = [];
    for (const [selector, least] of [['.verb', 56], ['.loc', 56], ['.goods', 56], ['.qty', 160]]) {
      for (const one of document.querySelectorAll(selector)) if (size(one) < least) faults.push(`${selector} is ${size(one)} px`);
    }
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const one = texts.currentNode.parentElement;
      // A dark shelf is a strip without words; its word stands beside it.
      if (!texts.currentNode.data.trim() || !one.checkVisibility() || one.closest('.hidden-text, .skip, script, .dark .shelf, .away .shelf')) continue;
      if (size(one) < 20) faults.push(`${size(one)} px: ${one.outerHTML.slice(0, 100)}`);
    }
    const act = document.querySelector('.act');
    for (const one of act.querySelectorAll('p')) {
      const [inner, outer] = [one.getBoundingClientRect(), act.getBoundingClientRect()];
      if (inner.bottom > outer.bottom + 1 || inner.right > outer.right + 1) faults.push(`cut off: ${one.outerHTML.slice(0, 100)}`);
    }
    return faults;
  });
  await page.screenshot({ path: join(artefacts, `${name}-1920.png`) });
  await page.setViewportSize(before);
  assert.deepEqual(found, [], `${name} from two metres`);
}

/** One picture of a station's screen beside its virtual devices, as README shows it. */
export async function floorPicture(page, panelUrl) {
  const context = await page.context().browser().newContext({ locale: 'zh-CN' });
  const [panel, both] = [await context.newPage(), await context.newPage()];
  const shot = async (one, width) => {
    await one.setViewportSize({ width, height: 760 });
    return (await one.screenshot()).toString('base64');
  };
  await panel.goto(panelUrl);
  await panel.waitForSelector('#slot-0[data-colour=a]');
  const images = [await shot(page, 1280), await shot(panel, 720)];
  await both.setViewportSize({ width: 2016, height: 760 });
  await both.setContent(`<body style="margin:0;display:flex;gap:16px;background:#444">${images.map((image) => `<img src="data:image/png;base64,${image}">`).join('')}</body>`);
  await both.screenshot({ path: join(artefacts, 'floor.png') });
  await context.close();
}

/** What is wider than the window and not inside something that scrolls by itself. */
const sticksOut = (page) => page.evaluate(() => {
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth <= clientWidth) return [];
  const out = [...document.body.querySelectorAll('*')].filter((one) => one.getBoundingClientRect().right > clientWidth && !one.closest('.scroll'));
  return [`${scrollWidth - clientWidth} px`, ...out.slice(0, 4).map((one) => one.outerHTML.slice(0, 120))];
});

async function accessible(page, name) {
  await page.evaluate(`${axe}; 0`);
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  const grave = violations
    .filter(({ impact }) => ['serious', 'critical'].includes(impact))
    .map(({ id, help, nodes }) => `${id}: ${help}\n    ${nodes.slice(0, 3).map((node) => `${node.html}\n      ${node.failureSummary}`).join('\n    ')}`);
  assert.deepEqual(grave, [], `accessibility of ${name}`);
}

/**
 * A code and Enter as a keyboard-wedge scanner types them: by the events' own clock, however slow the machine. `gap` says
 * how many milliseconds pass before each key; the last is Enter's.
 */
export async function type(page, code, gap = () => 4) {
  const cdp = await page.context().newCDPSession(page);
  const one = (text) => (text === GS ? { key: ']', code: 'BracketRight', windowsVirtualKeyCode: 221, modifiers: 2 } : { key: text, text });
  const keys = [...[...code].map(one), { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13, text: '\r' }];
  const times = keys.map((_, index) => (index ? gap(index) : 0) / 1000);
  let timestamp = Date.now() / 1000 - times.reduce((sum, time) => sum + time, 0);
  const sent = [];
  for (const [index, key] of keys.entries()) {
    timestamp += times[index];
    sent.push(
      cdp.send('Input.dispatchKeyEvent', { type: 'keyDown', timestamp, ...key }),
      cdp.send('Input.dispatchKeyEvent', { type: 'keyUp', timestamp: timestamp + 0.001, ...key, text: undefined }),
    );
  }
  await Promise.all(sent);
  await cdp.detach();
}

/** A demo person's own browser window, signed in with one click. */
export async function signIn(browser, { url }, login) {
  const context = await browser.newContext({ locale: 'zh-CN', viewport: SIZES[1] });
  const page = await context.newPage();
  const faults = [];
  page.on('pageerror', (error) => faults.push(error));
  // Nothing is ever asked in a box that must be clicked away.
  page.on('dialog', (dialog) => { faults.push(dialog.message()); dialog.dismiss(); });
  await page.goto(url);
  await page.click(`button[name=login][value=${login}]`);
  await page.waitForSelector('.who');
  return { page, context, faults };
}

/** Holds back what the page asks for at `pattern`, until the function it gives is called. */
export async function holdBack(page, pattern) {
  let release;
  const held = new Promise((resolve) => { release = resolve; });
  await page.route(pattern, async (route) => {
    await held;
    await route.continue();
  });
  return release;
}

/** Waits until something on the page reads so. */
export const reads = (page, selector, wanted) =>
  until(`${selector} to read ${wanted}`, async () => {
    const text = (await page.textContent(selector, { timeout: 1000 })).replace(/\s+/g, ' ');
    if (wanted instanceof RegExp ? wanted.test(text) : text.includes(wanted)) return text;
    throw new Error(`reads ${text}`);
  }, 20_000);

/**
 * A proxy before the WMS, as others set them up: it names the WMS's own host, and browsers say nothing to it of where a
 * request is from. `portal` answers everything that is posted with a page of its own.
 */
export async function startProxy(floor) {
  const upstream = new URL(floor.url);
  const proxy = { honest: false, portal: false };
  const server = http.createServer((request, response) => {
    if (proxy.portal && request.method === 'POST') {
      response.writeHead(200, { 'content-type': 'text/html' });
      return response.end('<h1>Accept the terms of this network</h1>');
    }
    const headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => !name.startsWith('sec-fetch')));
    headers.host = upstream.host;
    if (proxy.honest && headers.origin) headers.origin = upstream.origin;
    const onward = http.request({ host: upstream.hostname, port: upstream.port, path: request.url, method: request.method, headers }, (answer) => {
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    response.on('close', () => onward.destroy());
    request.pipe(onward);
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  proxy.url = `http://127.0.0.1:${server.address().port}`;
  proxy.stop = () => { server.close(); server.closeAllConnections(); };
  return proxy;
}

/** A cable between browser and WMS that can be pulled out and put back. */
export async function startCable(floor) {
  const { hostname, port } = new URL(floor.url);
  const open = new Set();
  let whole = true;
  const relay = createServer((near) => {
    if (!whole) return near.destroy();
    const far = connect(Number(port), hostname);
    for (const [one, other] of [[near, far], [far, near]]) {
      open.add(one);
      one.on('error', () => other.destroy()).on('close', () => { open.delete(one); other.destroy(); });
      one.pipe(other);
    }
  });
  await new Promise((resolve) => { relay.listen(0, '127.0.0.1', resolve); });
  const pull = () => {
    whole = false;
    for (const one of open) one.destroy();
  };
  return {
    url: `http://127.0.0.1:${relay.address().port}`,
    pull,
    plug() { whole = true; },
    stop() { pull(); relay.close(); },
  };
}
