// A newcomer does the whole drill in Chromium, at virtual devices, and no page is ever loaded again to be up to date.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { goods, parts } from './deeds.mjs';
import { startBrowser, startFloor, until } from './floor.mjs';
import { floorPicture, look, readFromTwoMetres, reads, signIn, type } from './page.mjs';

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

  // A newcomer without a mouse: the first thing after the head is the person to begin as.
  const keys = await browser.newPage({ locale: 'zh-CN' });
  await keys.goto(floor.url);
  await until('the person to begin as', async () => {
    await keys.keyboard.press('Tab');
    return keys.evaluate(() => document.activeElement.matches('button.first') && getComputedStyle(document.activeElement).outlineStyle === 'solid');
  });
  await keys.keyboard.press('Enter');
  await reads(keys, '.lead', '张晨，第一组学生');
  await keys.context().close();

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
    if (['receive', 'put-away', 'pick', 'check', 'hand-over'].includes(name)) await readFromTwoMetres(page, `station-${name}`);
    if (name === 'receive') await roomForTheTask(page);
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

/** A dark shelf is a strip; what is to be done has the room. */
async function roomForTheTask(page) {
  await page.setViewportSize({ width: 1280, height: 800 });
  const height = (selector) => page.$eval(selector, (one) => one.getBoundingClientRect().height);
  const [task, rack] = [await height('.act'), await height('.rack')];
  assert.ok(task > 5 * rack, `task ${task} px, dark shelf ${rack} px`);
  assert.equal(await page.innerText('.rack.dark .shelf-word'), '○ 货架灯都没亮');
}

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

test('p7 the work log is written on the page, and a draft of it survives a reload', async () => {
  const { page } = student;
  await page.click('nav.commands a.primary');
  await page.waitForSelector('#log textarea');
  await page.fill('#log textarea', '三行到货，一行短少一箱；一处拣货短少，已记录。');
  await look(page, 'events');
  await page.reload();
  assert.equal(await page.inputValue('#log textarea'), '三行到货，一行短少一箱；一处拣货短少，已记录。');
  await page.click('#log button');
  await page.waitForSelector('.chip.right');
  // The page's modules run after it is there.
  await page.waitForFunction(() => Object.keys(localStorage).every((key) => !key.includes('draft')));
  await page.goto(`${floor.url}/runs/${run}`);
  await reads(page, '.act', '完成');
  await look(page, 'station-done');
  // w4: the clock shows how long it took, whatever time it is now.
  await page.$eval('[data-until]', (clock) => { clock.dataset.until = Number(clock.dataset.since) + 5_999_000; });
  await reads(page, '[data-until]', '99:59');
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
    await readableInTheHand(page, kind);
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

/** At 390 px a form is read line by line: each figure beside the head of its column, in letters that can be read. */
async function readableInTheHand(page, kind) {
  await page.setViewportSize({ width: 390, height: 844 });
  const cells = await page.$$eval('.sheet td', (all) => all.filter((one) => one.innerText).map((one) => ({
    size: parseFloat(getComputedStyle(one).fontSize), head: getComputedStyle(one, '::before').content, span: one.colSpan, right: one.getBoundingClientRect().right,
  })));
  assert.ok(cells.length > 2, kind);
  for (const cell of cells) {
    assert.ok(cell.size >= 16 && cell.right <= 390, `${kind}: ${JSON.stringify(cell)}`);
    if (cell.span === 1) assert.notEqual(cell.head, '""', `${kind}: ${JSON.stringify(cell)}`);
  }
}

test('lists go out on paper and as tables', async () => {
  const { page } = student;
  const lists = { papers: ['papers.csv'], ledger: ['balances.csv', 'ledger.csv'], events: ['events.csv'] };
  for (const [list, files] of Object.entries(lists)) {
    await page.goto(`${floor.url}/runs/${run}/${list}`);
    assert.ok(await page.locator('[data-print]').count() > 0, `${list} can be printed`);
    for (const file of files) {
      const answer = await page.request.get(await page.$eval(`a[href$="/${file}"]`, (one) => one.href));
      const text = await answer.text();
      assert.ok(text.startsWith('\ufeff'), `${file} is read by a spreadsheet`);
      assert.match(text.split('\r\n')[0], /^\ufeff\p{Script=Han}/u, `${file} has heads in the reader's language`);
      assert.ok(text.split('\r\n').length > 5, text);
    }
    await page.emulateMedia({ media: 'print' });
    assert.equal(await page.isVisible('header.top'), false, `${list}: no head on paper`);
    assert.equal(await page.isVisible('table tbody tr'), true, `${list}: the lines on paper`);
    assert.deepEqual(await page.$$eval('button', (all) => all.filter((one) => one.checkVisibility()).map((one) => one.outerHTML)), [], `${list}: no buttons on paper`);
    await page.emulateMedia({ media: null });
  }
});

test('a sheet of all barcodes is ready for real scanners', async () => {
  const { page } = student;
  await page.goto(floor.url);
  await look(page, 'home-done');
  await page.click('.codes-link a');
  await page.waitForSelector('.codes');
  await look(page, 'codes');
  const codes = await page.$$eval('.codes svg', (all) => all.map((one) => one.getAttribute('aria-label')));
  const wanted = ['CMD-CONFIRM', 'CMD-SHORT', goods.RY003.unit, goods.RY003.case, 'CK-0001', 'A-01-03-08', 'S-01-01-03'];
  for (const code of wanted) assert.ok(codes.includes(code), `${code} among ${codes.length}`);
  const answer = await page.request.get(await page.$eval('a[href$=".pdf"]', (one) => one.href));
  const file = join(floor.folder, 'codes.pdf');
  writeFileSync(file, await answer.body());
  execFileSync('qpdf', ['--check', file], { stdio: 'pipe' });
  const text = execFileSync('pdftotext', [file, '-']).toString();
  for (const code of wanted) assert.ok(text.includes(code), `${code} in the PDF`);
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
  // The PDF breaks no head of a column in the middle of a word.
  for (const href of await page.$$eval('tbody a.tall', (all) => all.map((one) => one.href))) {
    await page.goto(href);
    const heads = await page.$$eval('.sheet th', (all) => all.map((one) => one.textContent));
    const file = join(floor.folder, 'english.pdf');
    writeFileSync(file, await (await page.request.get(`${href}.pdf`)).body());
    const words = execFileSync('pdftotext', [file, '-']).toString().split(/\s+/);
    for (const word of heads.flatMap((head) => head.split(' '))) assert.ok(words.includes(word), `${word} in ${href}.pdf`);
  }
  await look(page, 'paper-english');
  await page.goto(`${floor.url}/runs/${run}`);
  await page.waitForSelector('html[lang=en]');
  assert.doesNotMatch(await page.innerText('.stages'), /\p{Script=Han}/u);
  await look(page, 'station-english');
  await page.goto(`${floor.url}/nothing`);
  await look(page, 'not-found');
  assert.deepEqual(student.faults, []);
});
