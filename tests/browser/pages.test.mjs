// Barcodes are read back from the screen; nothing jumps or breaks; habits of the web.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { parts } from './deeds.mjs';
import { artefacts, startBrowser, startFloor, until } from './floor.mjs';
import { signIn, type } from './page.mjs';

let floor;
let browser;
let zhang;
let run;

before(async () => {
  [floor, browser] = await Promise.all([startFloor(), startBrowser()]);
  mkdirSync(artefacts, { recursive: true });
  zhang = await signIn(browser, floor, 'zhang');
  const { page } = zhang;
  await page.click('form[action="/runs"] button.big.primary');
  await page.waitForSelector('.act .verb');
  run = Number(new URL(page.url()).pathname.split('/')[2]);
});
after(async () => {
  await browser?.close();
  await floor?.stop();
});

const act = (page) => page.$eval('[data-said]', (one) => Number(one.dataset.said));
async function scan(page, code) {
  const before = await act(page);
  await type(page, code);
  await until(`${code} to be told`, async () => (await act(page)) > before);
}

/** What the barcodes of the window say, read from its picture. */
async function read(page, name) {
  const file = join(artefacts, `${name}.png`);
  await page.screenshot({ path: file });
  try {
    return execFileSync('zbarimg', ['-q', '--raw', file]).toString().split('\n').filter(Boolean);
  } catch (error) {
    // 4: there is none.
    if (error.status === 4) return [];
    throw error;
  }
}
/** Barcodes that the window shows whole, and their widths in pixels of the screen for a module. */
const drawn = (page) => page.evaluate(() => [...document.querySelectorAll('svg.code128')].flatMap((image) => {
  const box = image.getBoundingClientRect();
  if (!image.checkVisibility() || box.bottom > innerHeight || box.top < 0) return [];
  return [{ code: image.getAttribute('aria-label'), module: (box.width * devicePixelRatio) / image.viewBox.baseVal.width }];
}));

test('s7 barcodes on screens are read back, or there are none', async () => {
  const login = await zhang.context.storageState();
  for (const deviceScaleFactor of [1, 1.25]) {
    const context = await browser.newContext({ locale: 'zh-CN', storageState: login, deviceScaleFactor, viewport: { width: 1366, height: 768 } });
    const page = await context.newPage();
    const station = async (name, least) => {
      await page.goto(`${floor.url}/runs/${run}`);
      await page.waitForSelector('.commands [data-code]');
      const shown = await drawn(page);
      for (const { code, module } of shown) assert.ok(module > 1.99 && Math.abs(module - Math.round(module)) < 0.01, `${code}: ${module} px a module`);
      const back = await read(page, `barcodes-${name}-${deviceScaleFactor}`);
      assert.deepEqual(back.sort(), shown.map(({ code }) => code).sort(), name);
      assert.ok(shown.length >= least, `${name}: ${shown.length} barcodes`);
    };
    await station('one', 1);
    if (deviceScaleFactor === 1) {
      await scan(page, 'CMD-CONFIRM');
    }
    await station('two', 1);
    await page.goto(`${floor.url}/scenarios/first-drill/codes`);
    const seen = new Set();
    for (const section of await page.locator('.codes').all()) {
      await section.scrollIntoViewIfNeeded();
      const shown = await drawn(page);
      const back = await read(page, `barcodes-sheet-${deviceScaleFactor}`);
      for (const { code, module } of shown) {
        assert.ok(module > 1.99 && Math.abs(module - Math.round(module)) < 0.01, `${code}: ${module} px a module`);
        assert.ok(back.includes(code), `${code} at ${deviceScaleFactor} among ${back}`);
        seen.add(code);
      }
    }
    for (const code of ['CMD-CONFIRM', 'CMD-SHORT', 'CMD-BACK']) assert.ok(seen.has(code), `${code} on the sheet`);
    await context.close();
  }
  // With a third button there is one barcode or none, and no words that tell to scan what is not there.
  const { page } = zhang;
  await page.setViewportSize({ width: 1280, height: 800 });
  await until('the first line', async () => /0\s*\/\s*4/.test(await page.innerText('.act')));
  await scan(page, '12000152400012');
  await page.waitForSelector('.commands [data-code="CMD-BACK"]');
  const shown = await drawn(page);
  assert.deepEqual((await read(page, 'barcodes-three')).sort(), shown.map(({ code }) => code).sort());
  assert.doesNotMatch(await page.getAttribute('.commands', 'aria-label'), /旁边/);
});

const SIZES = [[1366, 625], [1024, 768], [820, 1180], [768, 1024], [390, 844], [360, 740], [844, 390]]
  .map(([width, height]) => ({ width, height }));

/** What lies over something else, sticks out of the window, or is cut off. */
const faults = (page) => page.evaluate(() => {
  const found = [];
  const name = (one) => one.outerHTML.replace(/\s+/g, ' ').slice(0, 90);
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) {
    found.push(`scrolls sideways by ${root.scrollWidth - root.clientWidth}`);
    const out = [...document.body.querySelectorAll('*')].filter((one) => one.getBoundingClientRect().right > root.clientWidth + 0.5 && !one.closest('.scroll'));
    found.push(...out.slice(0, 2).map((one) => `  sticks out: ${name(one)}`));
  }
  const clipped = (one) => one && (getComputedStyle(one).clipPath !== 'none' || clipped(one.parentElement));
  const hidden = (one) => one.closest('.skip, [hidden], svg, select, option, script, style') || clipped(one);
  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const one = node.parentElement;
    if (!node.data.trim() || hidden(one) || !one.checkVisibility({ visibilityProperty: true })) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) if (box.width > 1 && box.height > 1) texts.push({ one, box });
  }
  // Cut off by something that does not scroll.
  for (const { one, box } of texts) {
    for (let up = one; up && up !== document.body; up = up.parentElement) {
      const style = getComputedStyle(up);
      const outer = up.getBoundingClientRect();
      if (style.overflowX === 'visible' || style.display === 'inline') continue;
      if (['auto', 'scroll'].includes(style.overflowX) && up.scrollWidth > up.clientWidth) break;
      if (box.right > outer.right + 1 || box.left < outer.left - 1) found.push(`cut off: ${name(one)}`);
    }
  }
  // Words on words, presses on presses.
  const middle = (box) => ({ left: box.left + 1, right: box.right - 1, top: box.top + box.height * 0.2, bottom: box.bottom - box.height * 0.2 });
  const over = (one, other) => one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
  const boxes = texts.map(({ one, box }) => ({ one, box: middle(box) }));
  boxes.forEach((first, index) => {
    for (const second of boxes.slice(index + 1)) {
      if (!over(first.box, second.box)) continue;
      const scrolled = (one) => one.closest('.scroll, .top nav, pre');
      if (scrolled(first.one) !== scrolled(second.one)) continue;
      found.push(`words over words: ${first.one.textContent.trim().slice(0, 30)} | ${second.one.textContent.trim().slice(0, 30)}`);
    }
  });
  const presses = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !hidden(one) && !one.closest('p, dd, dt, h3'))
    .map((one) => ({ one, box: one.getBoundingClientRect() }));
  presses.forEach((first, index) => {
    for (const second of presses.slice(index + 1)) {
      if (first.one.contains(second.one) || second.one.contains(first.one)) continue;
      const scrolled = (one) => one.closest('.scroll, .top nav, pre');
      if (scrolled(first.one) !== scrolled(second.one)) continue;
      const [a, b] = [first.box, second.box];
      if (Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 2) found.push(`presses over each other: ${name(first.one)} | ${name(second.one)}`);
    }
  });
  return [...new Set(found)];
});

test('p3 every page but the station holds at every width', async () => {
  const { page } = zhang;
  // Something of everything: a run as far as its wave, from where the barcodes left it.
  const deeds = parts.slice(0, 6).flatMap(({ deeds: all }) => all).map((deed) => deed.scan ?? deed.typed);
  await page.goto(`${floor.url}/runs/${run}`);
  for (const code of deeds.slice(2)) await scan(page, code);
  const number = (await (await page.request.get(`${floor.url}/runs/${run}/papers`)).text()).match(/papers\/(RK-[\w-]+)/)[1];
  const teacher = await signIn(browser, floor, 'chen');
  const technician = await signIn(browser, floor, 'sun');
  const stranger = { page: await (await browser.newContext({ locale: 'zh-CN' })).newPage() };
  const visits = [
    [stranger, '/sign-in'], [zhang, '/'], [zhang, `/runs/${run}/papers`], [zhang, `/runs/${run}/papers/${number}`], [zhang, `/runs/${run}/ledger`],
    [zhang, `/runs/${run}/events`], [zhang, '/scenarios/first-drill/codes'], [zhang, '/nothing'], [teacher, '/'], [teacher, '/board'],
    [teacher, `/runs/${run}/papers/${number}`], [technician, '/devices'], [technician, '/api'],
  ];
  const found = [];
  for (const [{ page: one }, path] of visits) {
    await one.goto(floor.url + path);
    if (path === '/devices') await until('devices', async () => (await one.locator('tbody tr .chip.right').count()) === 8);
    for (const lang of ['zh', 'en']) {
      await one.context().addCookies([{ name: 'cangxun_lang', value: lang, url: floor.url }]);
      await one.reload();
      await one.evaluate(() => document.fonts.ready.then(() => 0));
      for (const size of SIZES) {
        await one.setViewportSize(size);
        await one.evaluate(() => new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(resolve)); }));
        for (const fault of await faults(one)) found.push(`${path} ${lang} ${size.width} × ${size.height}: ${fault}`);
      }
    }
    await one.context().addCookies([{ name: 'cangxun_lang', value: 'zh', url: floor.url }]);
    await one.setViewportSize({ width: 1366, height: 625 });
    await one.screenshot({ path: join(artefacts, `p3-${path.split('/').filter(Boolean).join('-') || 'home'}-${(await one.locator('.who b').count()) ? 'in' : 'out'}.png`) });
  }
  assert.deepEqual(found, []);
});

test('p4 marks have one width, and no code or size is broken', async () => {
  const { page } = zhang;
  await page.goto(`${floor.url}/runs/${run}`);
  await page.setViewportSize({ width: 1280, height: 800 });
  const begins = await page.evaluate(() => ['✓', '✕', '…', '→'].map((mark) => {
    document.querySelector('.say .i').textContent = mark;
    return document.querySelector('.say .i').nextElementSibling.getBoundingClientRect().left;
  }));
  assert.equal(new Set(begins).size, 1, begins.join(', '));
  for (const size of SIZES) {
    await page.setViewportSize(size);
    const broken = await page.$$eval('.nb', (all) => all.filter((one) => new Set([...one.getClientRects()].map(({ top }) => top)).size > 1).map((one) => one.textContent));
    assert.deepEqual(broken, [], `at ${size.width}`);
  }
  assert.ok(await page.locator('.station .nb').count() > 3);
});

test('p7 a menu closes by Esc and by a touch outside', async () => {
  const { page } = zhang;
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto(`${floor.url}/runs/${run}`);
  const open = () => page.$eval('.menu', (menu) => menu.open);
  await page.click('.menu > summary');
  assert.ok(await open());
  await page.keyboard.press('Escape');
  assert.ok(!(await open()));
  assert.ok(await page.evaluate(() => document.activeElement.matches('.menu > summary')), 'the focus is where it was');
  await page.click('.menu > summary');
  await page.mouse.click(300, 300);
  assert.ok(!(await open()));
  await page.click('.by-hand > summary');
  await page.keyboard.press('Escape');
  assert.ok(!(await page.$eval('.by-hand', (one) => one.open)));
});

test('p7 a paper opens beside its page', async () => {
  const { page } = zhang;
  await page.goto(`${floor.url}/runs/${run}/papers`);
  const links = await page.$$eval('a[href$=".pdf"]', (all) => all.map((one) => one.target));
  assert.ok(links.length > 0 && links.every((target) => target === '_blank'));
  await page.locator('tbody a.mono').first().click();
  await page.waitForSelector('.sheet');
  assert.equal(await page.getAttribute('a[href$=".pdf"]', 'target'), '_blank');
  await page.goto(`${floor.url}/scenarios/first-drill/codes`);
  assert.equal(await page.getAttribute('a[href$=".pdf"]', 'target'), '_blank');
});
