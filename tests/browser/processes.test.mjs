// Two WMS processes on one PostgreSQL: the gateway is with one of them, the pages come from the other.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { parts } from './deeds.mjs';
import { startBrowser, startFloor, startPostgres, until } from './floor.mjs';
import { reads, signIn, type } from './page.mjs';

let postgres;
let floor;
let browser;

before(async () => {
  [postgres, browser] = await Promise.all([startPostgres(), startBrowser()]);
  floor = await startFloor({ postgres: postgres.url });
});
after(async () => {
  await browser?.close();
  await floor?.stop();
  await postgres?.stop();
});

test('a press taken by one process is seen live on a page of the other, and lights follow its page', async () => {
  const { page, faults } = await signIn(browser, { url: floor.otherUrl }, 'zhang');
  await page.click('form[action="/runs"] button.big.primary');
  await page.waitForSelector('header .chip.right');
  await page.evaluate(() => { window.mark = 'here'; });
  const said = () => page.evaluate(() => document.querySelector('[data-said]')?.dataset.said);

  // In part: typed at the page of the other process, code by code.
  const before = parts.slice(0, parts.findIndex(({ name }) => name === 'pick')).flatMap(({ deeds }) => deeds);
  for (const deed of before) {
    const last = await said();
    await type(page, deed.scan ?? deed.typed);
    await until(`the page to tell of ${JSON.stringify(deed)}`, async () => (await said()) !== last);
  }

  // The wave was released there; the shelf, whose gateway is with the first process, lights up.
  const shelf = async () => (await floor.station(1).look()).shelf.positions;
  await until('the lights of the first order', async () => (await shelf())[0].colour === 'a');

  // A press goes to the first process; the page of the other tells of it and is never loaded again.
  const last = await said();
  await floor.station(1).press(0, 'confirm');
  await until('the page to tell of the press', async () => (await said()) !== last);
  await until('the shelf to show the rest', async () => (await shelf())[0].colour === 'off');
  assert.equal((await shelf())[2].colour, 'a');
  await reads(page, '.act', /牙膏/);
  assert.equal(await page.evaluate(() => window.mark), 'here');
  assert.equal(await page.evaluate(() => document.querySelector('[data-said]').dataset.verdict), 'right');
  assert.deepEqual(faults, []);
});
