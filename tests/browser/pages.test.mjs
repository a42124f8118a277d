// Barcodes are read back from the screen; nothing jumps or breaks; habits of the web.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
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
