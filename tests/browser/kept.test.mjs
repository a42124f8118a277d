// What is scanned at a page is never lost and never somebody else's; silence is said; a repeat is seen.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { GS } from '../../wms/assets/keys.mjs';
import { startBrowser, startFloor, until } from './floor.mjs';
import { holdBack, look, reads, signIn, startCable, startProxy, type } from './page.mjs';

const CASE = '12000152400012';
let floor;
let browser;
let proxy;
let cable;
let zhang;
let run;

before(async () => {
  [floor, browser] = await Promise.all([startFloor(), startBrowser()]);
  [proxy, cable] = [await startProxy(floor), await startCable(floor)];
});
after(async () => {
  await browser?.close();
  proxy?.stop();
  cable?.stop();
  await floor?.stop();
});

/** A run of 张晨's group that counts its first line. */
beforeEach(async () => {
  await zhang?.context.close();
  zhang = await signIn(browser, floor, 'zhang');
  const { page } = zhang;
  // A group has one open run: the next begins where the one before stood.
  const again = page.locator('form[action="/runs"] button[aria-describedby^=again]');
  await page.waitForSelector('form[action="/runs"] button.big');
  await ((await again.count()) ? again.first() : page.locator('form[action="/runs"] button.big').first()).click();
  await page.waitForSelector('.act .verb');
  await page.waitForLoadState('load');
  run = Number(new URL(page.url()).pathname.split('/')[2]);
  await type(page, 'CMD-CONFIRM');
  await reads(page, '.act', /牙膏|洗衣液/);
  await page.evaluate(() => {
    window.tones = [];
    document.addEventListener('cangxun-tone', ({ detail }) => window.tones.push(detail));
  });
});

const said = (page) => page.$eval('[data-said]', (one) => ({ act: one.dataset.said, verdict: one.className, text: one.innerText }));
/** Scans of the run, as the WMS has them: code and who. */
const acts = async () => {
  const teacher = await browser.newContext();
  await teacher.request.post(`${floor.url}/sign-in/demo`, { form: { login: 'chen' } });
  const events = await (await teacher.request.get(`${floor.url}/api/runs/${run}/events`)).json();
  const people = await (await teacher.request.get(`${floor.url}/api/people`)).json();
  await teacher.close();
  const name = (id) => people.find((person) => person.id === id)?.name;
  return events.filter(({ act }) => act.do === 'scan').map(({ act, actor }) => `${act.code} ${name(actor.id)}`);
};
/** Another tab of the same browser, where somebody else signs in. */
async function become(context, login) {
  const other = await context.newPage();
  await other.goto(`${floor.url}/sign-in`);
  await other.click(`button[name=login][value=${login}]`);
  await other.waitForSelector('.who');
  return other;
}

test('s1 a kept scan belongs to who scanned it, and signed out is not offline', async () => {
  const { page, context } = zhang;
  const begun = await acts();
  const other = await context.newPage();
  await other.goto(floor.url);
  await other.click('form[action="/sign-out"] button');
  await other.waitForURL(/sign-in/);
  await type(page, CASE);
  await reads(page, '#net', '登录已结束：1 次扫描留着');
  await reads(page, '.say', `已存 ${CASE}，重新登录后发送`);
  assert.match((await said(page)).verdict, /stored/);
  assert.ok(await page.isVisible('#net a[href^="/sign-in?next="]'));
  assert.doesNotMatch(await page.innerText('#net'), /离线/);
  await look(page, 'station-signed-out');

  // A member of another group, then the teacher: neither takes it, neither does it.
  for (const login of ['wang', 'chen']) {
    await other.goto(`${floor.url}/sign-in`);
    await other.click(`button[name=login][value=${login}]`);
    await other.waitForSelector('.who');
    if (login === 'wang') {
      // Still 张晨's page: of another group's run there is none for 王.
      await type(page, CASE);
      await reads(page, '#net', '2 次扫描没有送到，留着再发：现在登录的是别人');
    } else {
      // The teacher may see the run; drawn as the teacher's page, the scans stay 张晨's.
      await page.reload();
      await reads(page, '#net', '2 次扫描是 张晨 的，张晨 登录后发送');
    }
    assert.deepEqual(await acts(), begun, `as ${login}`);
  }
  const back = await become(context, 'zhang');
  await page.goto(`${floor.url}/runs/${run}`);
  await until('both to be taken', async () => (await acts()).length === begun.length + 2);
  assert.ok((await acts()).every((one) => one.endsWith('张晨')), String(await acts()));
  await until('nothing to wait', () => page.isHidden('#net'));
  await back.close();
});

test('s1 a code that the WMS refuses is told as refused, with its words', async () => {
  const { page } = zhang;
  const begun = await acts();
  const long = `LONG${'7'.repeat(197)}`;
  await type(page, long);
  await reads(page, '#net', `没有接受 LONG${'7'.repeat(36)}… (201)：条码有 201 个字符，最多 200 个`);
  await reads(page, '.say.wrong', '没有接受 LONG777');
  await look(page, 'station-refused');
  // It stays said after a reload, and holds up nothing.
  await page.reload();
  await type(page, CASE);
  await until('the next to be taken', async () => (await acts()).length === begun.length + 1);
  await reads(page, '#net', '没有接受 LONG777');
  await page.click('#dismiss');
  assert.ok(await page.isHidden('#net'));
});

test('s1 what a proxy answers is no acceptance', async () => {
  const { page } = zhang;
  const begun = await acts();
  await page.goto(`${proxy.url}/runs/${run}`);
  await type(page, CASE);
  await reads(page, '#net', '1 次扫描没有送到，留着再发：这次提交没有被接受');
  proxy.portal = true;
  await until('the other answer', async () => /应答不是仓训给的/.test(await page.innerText('#net')));
  assert.deepEqual(await acts(), begun);
  Object.assign(proxy, { portal: false, honest: true });
  await until('it to be taken', async () => (await acts()).length === begun.length + 1);
  await until('nothing to wait', () => page.isHidden('#net'));
});

test('s5 a server that stands still: stored, amber, a tone, and how old the screen is', async () => {
  const { page } = zhang;
  const answered = [];
  const ofScan = (request) => request.url().endsWith('/scans');
  for (const event of ['requestfinished', 'requestfailed']) page.on(event, (request) => ofScan(request) && answered.push(event));
  floor.pauseWms();
  try {
    await type(page, CASE);
    await reads(page, '.say.stored', `已存 ${CASE}`);
    assert.deepEqual(answered, [], 'said before anything came of the question');
    assert.deepEqual(await page.evaluate(() => window.tones), ['stored']);
    await reads(page, '#net', '服务器没有应答：1 次扫描待发送');
    await reads(page, '#net .age', /屏幕是 \d+:\d\d 前的/);
    await look(page, 'station-silent');
    // A button is a scan like any.
    await page.click('[data-code="CMD-SHORT"]');
    await reads(page, '.say.stored', '已存 CMD-SHORT');
  } finally {
    floor.resumeWms();
  }
  await until('both to be taken, once', async () => (await acts()).slice(-2).join() === `${CASE} 张晨,CMD-SHORT 张晨`);
  await until('silence to be over', () => page.isHidden('#net'));
  assert.equal(await page.$eval('body', (body) => body.classList.contains('offline')), false);
});

test('s5 seven tabs of a run are alive on one stream', async () => {
  const { page, context } = zhang;
  const tabs = [page];
  while (tabs.length < 7) {
    const tab = await context.newPage();
    await tab.goto(`${floor.url}/runs/${run}`, { timeout: 30_000 });
    tabs.push(tab);
  }
  await type(tabs[6], CASE);
  for (const tab of tabs) await until('each tab to count it', async () => /1\s*\/\s*4/.test(await tab.innerText('.act')));
});

test('s5 a browser whose storage is full takes scans and buttons, and keeps them while it is cut off', async () => {
  const { page } = zhang;
  await page.goto(`${cable.url}/runs/${run}`);
  await page.evaluate(() => {
    for (let size = 1 << 20, at = 0; size >= 1; at += 1) {
      try { localStorage.setItem(`full ${at}`, 'x'.repeat(size)); } catch { size >>= 1; }
    }
  });
  await type(page, CASE);
  await until('the scan to be counted', async () => /1\s*\/\s*4/.test(await page.innerText('.act')));
  cable.pull();
  await reads(page, '#net', '离线');
  await type(page, CASE);
  await reads(page, '#net', '1 次扫描待发送');
  await reads(page, '#net', '浏览器存不下');
  cable.plug();
  await until('the kept scan to be counted', async () => /2\s*\/\s*4/.test(await page.innerText('.act')));
  await until('offline to be over', () => page.isHidden('#net'));
});

test('s4 a slow scanner is read, and what is torn is said and not sent', async () => {
  const { page } = zhang;
  const begun = (await acts()).length;
  const taken = (count) => until(`${count} scans`, async () => (await acts()).length === begun + count);
  for (const [index, pace] of [55, 80, 100].entries()) {
    await type(page, CASE, () => pace);
    await taken(index + 1);
  }
  // It stalls once, on a busy machine: the whole code, not its tail.
  await type(page, CASE, (index) => (index === 1 ? 120 : 4));
  await taken(4);
  assert.ok((await acts()).slice(begun).every((one) => one === `${CASE} 张晨`), String(await acts()));
  await reads(page, '.act', '够了');
  const before = await page.innerText('.act');
  await type(page, CASE, (index) => (index === 1 ? 600 : 4));
  await reads(page, '.say.wrong', `没扫全：${CASE.slice(1)}`);
  await look(page, 'station-torn');
  assert.equal(await page.innerText('.act'), before);
  // The next is whole again, and the only one that came.
  await type(page, 'CMD-BACK', () => 4);
  await taken(5);
});

test('s6 the same mistake twice is seen as two', async () => {
  const { page } = zhang;
  await page.evaluate(() => {
    window.pulses = 0;
    const animate = Element.prototype.animate;
    Element.prototype.animate = function count(frames, millis) {
      window.pulses += this.matches('.say') && millis === 150;
      return animate.call(this, frames, millis);
    };
  });
  await type(page, 'NONSENSE-1');
  await reads(page, '.say', '不认识的条码 NONSENSE-1');
  const first = await said(page);
  assert.doesNotMatch(first.text, /第 \d 次/);
  await type(page, 'NONSENSE-1');
  await reads(page, '.say', '第 2 次');
  await type(page, 'NONSENSE-1');
  await reads(page, '.say', '第 3 次');
  await until('three pulses', () => page.evaluate(() => window.pulses === 3));
  await look(page, 'station-repeat');
  // Another mistake is not a repeat.
  await type(page, 'NONSENSE-2');
  await reads(page, '.say', 'NONSENSE-2');
  assert.doesNotMatch((await said(page)).text, /第 \d 次/);
  // Who asked for less motion gets the words alone.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const before = await page.evaluate(() => window.pulses);
  await type(page, 'NONSENSE-2');
  await reads(page, '.say', '第 2 次');
  assert.equal(await page.evaluate(() => window.pulses), before);
});

test('s5 what is scanned before the page is ready is scanned', async () => {
  const { page } = zhang;
  const release = await holdBack(page, '**/scan.js*');
  await page.reload({ waitUntil: 'commit' });
  await page.waitForSelector('.act .verb');
  await type(page, CASE);
  assert.ok(!(await acts()).some((act) => act.startsWith(CASE)), 'nothing takes it yet');
  release();
  await until('the early scan', async () => (await acts()).filter((act) => act.startsWith(CASE)).length === 1);
});

test('s3 a scanner that types brings the separator of a GS1 code', async () => {
  const code = `]C1011200015240001210260821${GS}2112`;
  await type(zhang.page, code);
  await until('the code whole', async () => (await acts()).some((act) => act.startsWith(code)));
});
