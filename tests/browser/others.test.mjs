// Those around the student: a page that was cut off, the instructor's board, the technician's devices, the front panel.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startBrowser, startFloor, until } from './floor.mjs';
import { look, reads, signIn, startCable, type } from './page.mjs';

let floor;
let browser;
let cable;
let student;

before(async () => {
  [floor, browser] = await Promise.all([startFloor(), startBrowser()]);
  cable = await startCable(floor);
});
after(async () => {
  await browser?.close();
  cable?.stop();
  await floor?.stop();
});

const act = (page) => page.innerText('.act');

test('a page cut off says so, keeps what is scanned, and catches up without being loaded again', async () => {
  student = await signIn(browser, cable, 'wang');
  const { page } = student;
  await page.click('form[action="/runs"] button.big.primary');
  await page.waitForSelector('header .chip.right');
  await page.evaluate(() => { window.mark = 'here'; });

  cable.pull();
  await reads(page, '#net', '离线');
  assert.ok(await page.isVisible('#net'));
  await look(page, 'station-offline');
  const cutOff = await act(page);

  // The floor goes on: the gateway's cable is another one.
  await floor.station(1).scan('CMD-CONFIRM');
  await until('the scanner to be answered', async () => {
    const { scanner } = await floor.station(1).look();
    return JSON.stringify(scanner).includes('right');
  });
  assert.equal(await act(page), cutOff);
  // A scanner at this page: kept, and shown as kept.
  await type(page, '12000152400012');
  await reads(page, '#net', '1 次扫描待发送');

  cable.plug();
  await until('the page to catch up', async () => (await act(page)) !== cutOff);
  await until('offline to be over', () => page.isHidden('#net'));
  await until('the kept scan to be counted once', async () => /1\s*\/\s*4/.test(await act(page)));
  assert.equal(await page.evaluate(() => window.mark), 'here');
  assert.equal(await page.evaluate(() => document.querySelector('[data-said]').dataset.verdict), 'right');
});

test('the instructor sees the station move on the board', async () => {
  const { page } = await signIn(browser, floor, 'chen');
  await page.goto(`${floor.url}/board`);
  await reads(page, '#station-1 .step', '第二组');
  await page.evaluate(() => { window.mark = 'here'; });
  const before = await page.innerText('.latest');
  await floor.station(1).scan('12000152400012');
  await until('the board to tell of the scan', async () => (await page.innerText('.latest')) !== before);
  assert.equal(await page.evaluate(() => window.mark), 'here');
  await look(page, 'board');
});

test('the technician finds every device and makes one show itself', async () => {
  const { page } = await signIn(browser, floor, 'sun');
  await page.goto(`${floor.url}/devices`);
  await until('eight devices', async () => (await page.locator('tbody tr .chip.right').count()) === 8);
  await look(page, 'devices');
  const row = page.locator('tbody tr').first();
  const told = row.locator('td[data-head=最后指令]');
  assert.equal(await told.innerText(), '');
  await row.locator('form[action$="/identify"] button').click();
  await until('the device to have taken it', async () => (await told.innerText()).includes('设备已收'));
});

test('the front panel does what hands do', async () => {
  const { page } = student;
  const panel = await browser.newPage({ locale: 'zh-CN' });
  await panel.goto(floor.panelUrl);
  await until('the shelf', async () => (await panel.locator('#shelf *').count()) > 24);
  await look(panel, 'front-panel');
  const before = await act(page);
  await panel.fill('#code', '12000152400012');
  await panel.click('#scan button');
  await until('the station to tell of it', async () => (await act(page)) !== before);
});

test('a button pressed again and again while the page is cut off does one thing', async () => {
  const { page } = student;
  cable.pull();
  await reads(page, '#net', '离线');
  const short = page.locator('[data-code="CMD-SHORT"]');
  for (let press = 0; press < 3; press += 1) await short.click();
  await reads(page, '#net', '1 次扫描待发送');
  cable.plug();
  await until('the line to be ended', async () => /牙膏[^]*0\s*\/ 3/.test(await act(page)));
  await until('offline to be over', () => page.isHidden('#net'));
  // Two clicks on the page as it is drawn now, faster than it is drawn again: it asks, and nothing is ended.
  await page.evaluate(() => {
    const button = document.querySelector('[data-code="CMD-SHORT"]');
    button.click();
    button.click();
  });
  await reads(page, '.say', '牙膏 120g 一箱都没点到');
  assert.match(await act(page), /牙膏/);
});
