// A newcomer does the whole drill in Chromium, at virtual devices, and no page is ever loaded again to be up to date.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { goods, parts } from './deeds.mjs';
import { startBrowser, startFloor, until } from './floor.mjs';
import { floorPicture, look, reads, signIn, type } from './page.mjs';

let floor;
let browser;
let student;
let run;

before(async () => {
  [floor, browser] = await Promise.all([startFloor(), startBrowser()]);
});
after(async () => {
  await browser?.close();
  await floor?.stop();
});

const MARK = 'the page has not been loaded again';
const mark = (page) => page.evaluate((text) => { window.mark = text; }, MARK);
const unmoved = async (page) => assert.equal(await page.evaluate(() => window.mark), MARK, MARK);

/** What the page says: number of the act it speaks of, and the sentence. */
const saying = (page) => page.$eval('[data-said]', (said) => ({ act: Number(said.dataset.said), text: said.innerText, verdict: said.dataset.verdict }));
const verb = (page) => page.innerText('.act .verb');
const stage = (page) => page.$$eval('.stages li', (all) => all.findIndex((one) => one.className === 'now'));
/** The slot on the page that is a position of the shelf: the page draws the top level first. */
const slot = (page, position) => page.locator('.shelf .slot').nth((2 - Math.floor(position / 8)) * 8 + (position % 8));
const lit = async (page, position) => /\b[abcd]\b/.test(await slot(page, position).getAttribute('class'));

/** Does one thing at the station and waits until the page tells of it. */
async function does(page, station, deed) {
  const before = await saying(page);
  if ('scan' in deed) await station.scan(deed.scan);
  else if ('typed' in deed) await type(page, deed.typed);
  else if ('press' in deed) {
    await until(`light ${deed.press} on the shelf`, async () => (await station.look()).shelf.positions[deed.press].colour === 'a');
    await until(`light ${deed.press} on the page`, () => lit(page, deed.press));
    await station.press(deed.press, deed.key);
  } else {
    const asked = await stage(page);
    const heading = await page.innerText('.act');
    await station.weigh(deed.weigh);
    await until(`${deed.weigh} g weighed`, async () => (await page.innerText('.act')) !== heading || (await stage(page)) !== asked);
    await station.weigh(0);
  }
  return until(`the page to tell of ${JSON.stringify(deed)}`, async () => {
    const said = await saying(page);
    return said.act > before.act && said;
  });
}

test('a newcomer signs in and begins with one click each', async () => {
  const entrance = await browser.newPage();
  await entrance.goto(floor.url);
  await look(entrance, 'sign-in');
  await entrance.close();

  student = await signIn(browser, floor, 'zhang');
  const { page } = student;
  await page.waitForSelector('form[action="/runs"] button.big.primary');
  await look(page, 'home');
  await page.click('form[action="/runs"] button.big.primary');
  await page.waitForSelector('.act .verb');
  run = Number(new URL(page.url()).pathname.split('/')[2]);
  assert.ok(run > 0, page.url());
  await mark(page);
  // The gateway finds the devices while the page is open.
  await page.waitForSelector('header .chip.right');
});

test('the drill is done to its end at the devices, and the page follows', async () => {
  const { page, faults } = student;
  const station = floor.station(1);
  const headings = new Set();
  for (const { name, deeds } of parts) {
    headings.add(await verb(page));
    if (name === 'pick') await until('lights', () => lit(page, deeds[0].press));
    await look(page, `station-${name}`);
    if (name === 'pick') await floorPicture(page, floor.panelUrl);
    for (const [index, deed] of deeds.entries()) {
      if (name === 'pick' && index === 2) await wrongScan(page, station);
      if ('weigh' in deed && index === deeds.length - 1) await look(page, 'station-weigh');
      const said = await does(page, station, deed);
      assert.notEqual(said.verdict, 'wrong', `${JSON.stringify(deed)}: ${said.text}`);
      if ('press' in deed && deed.key === 'confirm') await until(`light ${deed.press} to change`, async () => {
        const next = deeds[index + 1];
        return (next && 'press' in next && next.press === deed.press) || !(await lit(page, deed.press));
      });
    }
  }
  assert.ok(headings.size >= 7, `headings seen: ${[...headings].join(', ')}`);
  await unmoved(page);
  assert.deepEqual(faults, []);
});

/** RY003 in hand where another should be: said in a sentence, nothing is lost, the light stays. */
async function wrongScan(page, station) {
  const before = await verb(page);
  const said = await does(page, station, { scan: goods.RY003.unit });
  assert.equal(said.verdict, 'wrong');
  assert.match(said.text, /这是 RY003 .*应拣 RY002/s);
  assert.equal(await verb(page), before);
  assert.ok(await lit(page, 1));
  await look(page, 'station-wrong-scan');
}

test('the work log is written on the page', async () => {
  const { page } = student;
  await page.click('nav.commands a.primary');
  await page.waitForSelector('#log textarea');
  await page.fill('#log textarea', '三行到货，一行短少一箱；一处拣货短少，已记录。');
  await look(page, 'events');
  await page.click('#log button');
  await page.waitForSelector('.chip.right');
  await page.goto(`${floor.url}/runs/${run}`);
  await reads(page, '.act', '完成');
  await look(page, 'station-done');
});

test('all five papers are on screen and as PDF', async () => {
  const { page } = student;
  await page.goto(`${floor.url}/runs/${run}/papers`);
  await look(page, 'papers');
  const rows = await page.$$eval('table tbody tr', (all) => all.map((row) => ({
    kind: row.querySelector('[data-head] b').innerText,
    href: row.querySelector('a.mono').href,
    pdf: row.querySelector('a.button').href,
  })));
  const wanted = { 入库通知单: 'inbound-notice', 入库单: 'receipt', 拣货单: 'pick-list', 出库单: 'outbound-order', 工作日志: 'work-log' };
  for (const [kind, name] of Object.entries(wanted)) {
    const row = rows.find((one) => one.kind === kind);
    assert.ok(row, `${kind} among ${rows.map((one) => one.kind).join(', ')}`);
    await page.goto(row.href);
    assert.equal(await page.innerText('.sheet .form-title'), kind);
    await look(page, `paper-${name}`);
    const answer = await page.request.get(row.pdf);
    assert.match(answer.headers()['content-type'], /application\/pdf/);
    const bytes = await answer.body();
    assert.equal(bytes.subarray(0, 4).toString(), '%PDF');
    const file = join(floor.folder, `${name}.pdf`);
    writeFileSync(file, bytes);
    execFileSync('qpdf', ['--check', file], { stdio: 'pipe' });
    assert.ok(execFileSync('pdftotext', [file, '-']).toString().replace(/\s/g, '').includes(kind), `${kind} in the PDF's text`);
  }
});

test('the ledger proves itself', async () => {
  const { page } = student;
  await page.goto(`${floor.url}/runs/${run}/ledger`);
  await page.click('button[name=prove]');
  await reads(page, '.said.right', /\d+ 条流水与 \d+ 条结存、单据都相符/);
  assert.ok(await page.locator('[aria-labelledby=movements] tbody tr').count() > 10);
  await look(page, 'ledger');
});

test('everything is there in English', async () => {
  const { page } = student;
  await page.goto(`${floor.url}/runs/${run}/papers`);
  await page.click('form[action="/language"] button');
  await page.waitForSelector('html[lang=en]');
  await reads(page, 'main table', 'Inbound notice');
  await look(page, 'papers-english');
  await page.goto(`${floor.url}/runs/${run}`);
  await page.waitForSelector('html[lang=en]');
  assert.doesNotMatch(await page.innerText('.stages'), /\p{Script=Han}/u);
  await look(page, 'station-english');
});
