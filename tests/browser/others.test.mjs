// Those around the student: a page that was cut off, the instructor's board, the technician's devices, the front panel.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startBrowser, startFloor, until } from './floor.mjs';
import { holdBack, look, reads, signIn, startCable, type } from './page.mjs';

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

  // What goes wrong comes to the top of what needs the instructor, with its act; no card moves for it.
  await page.setViewportSize({ width: 1280, height: 800 });
  const cards = () => page.$$eval('.st', (all) => all.map((one) => JSON.stringify(one.getBoundingClientRect())));
  const places = await cards();
  const first = () => page.innerText('.need li >> nth=0');
  assert.equal(await first(), '✓ 现在没有');
  await floor.station(1).cable('scale', false);
  await until('the scale to be missed', async () => /… 工位 1 设备断线/.test(await first()));
  for (const code of ['nonsense-1', 'nonsense-2', 'nonsense-3']) await floor.station(1).scan(code);
  await until('the mistakes to be told first', async () => /✕ 第二组 差错 3 次/.test(await first()));
  assert.equal(await page.locator('.need li').count(), 2, 'what waited still does');
  assert.equal(await page.locator('.need li').count(), await page.locator('.need li a.button').count(), 'each has its act');
  assert.deepEqual(await cards(), places, 'the cards stay where they are');
  await look(page, 'board-mistakes');
  await floor.station(1).cable('scale', true);
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

  await page.click('nav a[href="/api"]');
  await reads(page, 'main', '/api/runs/{run}/acts');
  await look(page, 'api');
});

test('h12 the technician is led through the calibration of a scale', async () => {
  const { page } = await signIn(browser, floor, 'sun');
  const station = floor.station(1);
  await station.weigh(0);
  await page.goto(`${floor.url}/devices`);
  await page.locator('a[href$="/calibrate"]').first().click();
  const [empty, weight] = [page.locator('section').nth(0), page.locator('section').nth(1)];
  assert.ok(await weight.locator('button').isDisabled());
  await look(page, 'calibrate');
  await empty.locator('button').click();
  await until('the empty platform', async () => (await empty.innerText()).includes('设备已收'));
  await station.weigh(5000);
  await until('the weight to rest', async () => (await station.look()).scale.grams === 5000);
  await weight.locator('input[type=number]').fill('5000');
  await weight.locator('button').click();
  await reads(page, 'main', '校准已存进秤里');
  assert.equal(await weight.locator('input[type=number]').inputValue(), '5000');
  await look(page, 'calibrated');
  await station.weigh(0);
});

test('a dead light is drawn dead, and a shelf that is away is not drawn as shining', async () => {
  const technician = await signIn(browser, floor, 'sun');
  const devices = technician.page;
  await devices.goto(`${floor.url}/devices`);
  const zhang = await signIn(browser, floor, 'zhang');
  const { page } = zhang;
  await page.selectOption('select[name=station]', '2');
  await page.click('form[action="/runs"] button.big');
  await page.waitForSelector('.rack.dark');
  await page.evaluate(() => { window.mark = 'here'; });

  // The self test: each position is asked in turn, one key does not answer.
  const station = floor.station(2);
  const row = devices.locator('tr', { has: devices.locator('.mini') }).last();
  await row.locator('form[action$="/test"] button').click();
  const broken = 5;
  for (let position = 0; position < 24; position += 1) {
    const asked = async () => (await station.look()).shelf.positions[position].colour === 'd';
    await until(`position ${position} to be asked`, asked);
    if (position === broken) continue;
    // Held longer than a busy machine's sampling is late.
    await station.press(position, 'confirm', 200);
    await until(`position ${position} to have answered`, async () => !(await asked()));
  }
  await reads(page, '.shelf-word', '01-06 坏了');
  assert.equal(await page.locator('.slot.dead').count(), 1);
  await reads(devices, '.card .list', /01-06 自检没有应答/);
  await until('one dead position', async () => (await row.locator('.mini .dead').count()) === 1);
  assert.match(await row.innerText(), /✕ 01-06 坏/);
  await look(page, 'station-dead-light');
  await look(devices, 'devices-dead-light');

  await station.cable('shelf', false);
  await page.waitForSelector('.rack.away');
  await reads(page, '.shelf-word', '货架断线');
  assert.equal(await page.locator('.slot.dead').count(), 24);
  await look(page, 'station-shelf-away');
  await until('all positions unknown', async () => (await row.locator('.mini .dead').count()) === 24);
  await station.cable('shelf', true);
  await page.waitForSelector('.rack.dark');
  assert.equal(await page.locator('.slot.dead').count(), 1, 'the fault stays until a self test is passed');
  assert.equal(await page.evaluate(() => window.mark), 'here');

  const csv = await (await devices.request.get(`${floor.url}/devices.csv`)).text();
  assert.match(csv, /电子标签货架,[0-9a-f]+,工位 2,.*01-06 自检没有应答/);
});

test('the front panel does what hands do', async () => {
  const { page } = student;
  const panel = await browser.newPage({ locale: 'zh-CN' });
  await panel.goto(floor.panelUrl);
  await until('the shelf', async () => (await panel.locator('#shelf *').count()) > 24);
  await look(panel, 'front-panel');
  // On a phone the whole shelf is in view, and the keys of the slot touched are as large as a thumb.
  await panel.setViewportSize({ width: 390, height: 844 });
  const row = await panel.$$eval('.slot', (all) => all.slice(0, 8).map((one) => one.getBoundingClientRect().right));
  assert.ok(Math.max(...row) <= 390, `8 slots end at ${row.join(', ')}`);
  await panel.click('#slot-4 .place');
  assert.equal(await panel.innerText('#hand b'), '01-05');
  const told = await page.evaluate(() => Number(document.querySelector('[data-said]').dataset.said));
  await panel.click('#hand .confirm');
  await until('the station to tell of the key', () => page.evaluate((no) => Number(document.querySelector('[data-said]').dataset.said) > no, told));
  assert.match(await page.innerText('.say'), /A-01-01-05/);
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

test('devices whose gateway went are not said to be well', async () => {
  const { page } = await signIn(browser, floor, 'chen');
  // It goes while the board is there and does not listen yet.
  const release = await holdBack(page, '**/live.js*');
  await page.goto(`${floor.url}/board`, { waitUntil: 'commit' });
  await page.waitForSelector('.need');
  floor.killGateway();
  await until('the WMS to know', async () => (await page.request.get(`${floor.url}/board`)).text().then((board) => board.includes('检查它的电源和网络')));
  assert.doesNotMatch(await page.textContent('.need'), /检查它的电源和网络/);
  release();
  // Said once, not for each of its devices.
  await reads(page, '.need', /不在线。检查它的电源和网络/);
  await student.page.waitForSelector('.rack.away');
  await reads(student.page, 'header .chip.wrong', '0/4');
});
