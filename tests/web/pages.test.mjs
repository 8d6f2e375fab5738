// Every page that a member can reach is sound: at two widths, without JavaScript and with it.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertSound, DESK, launch, PHONE, visitor } from './browser.mjs';
import { actAs, start } from './program.mjs';

let program, browser;
before(async () => {
  program = await start('demo');
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await program?.stop();
});

/** A page's kind: numbers and hashes in its address are all alike; each question has a form of its own. */
function kind(link) {
  const { pathname, searchParams } = new URL(link);
  const names = [...searchParams].map(([name, value]) => (name === 'question' ? `${name}=${value}` : name))
    .sort().join('&');
  return `${pathname.replace(/[0-9a-f]{8,}/g, 'ID').replace(/\d+/g, 'N')}?${names}`;
}

/** Visits three pages of every kind that links lead to. */
async function visitAll(page, from, look) {
  const seen = new Map();
  const queue = [from];
  while (queue.length > 0) {
    const link = queue.shift();
    const visited = seen.get(kind(link)) ?? new Set();
    if (visited.size >= 3 || visited.has(link)) continue;
    seen.set(kind(link), visited.add(link));
    const answer = await page.request.get(link);
    const isPage = answer.headers()['content-type']?.startsWith('text/html');
    if (isPage) await page.goto(link);
    await look(link, answer.status(), isPage);
    if (!isPage) continue;
    const links = await page.$$eval('a[href]', (all) => all.map((a) => a.href.split('#')[0]));
    queue.push(...links.filter((other) => other.startsWith(program.address)));
  }
  return [...seen.keys()];
}

/** What the pages of government are, so that none of them goes unread because nothing leads there. */
const GOVERNMENT = [
  ...['decisions', 'pact', 'delegates', 'circles', 'lots', 'resources', 'commons', 'me', 'unit'],
  ...['decisions/N', 'delegates/N', 'elections/N', 'circles/N', 'resources/N', 'conflicts/N', 'commons/N'],
  ...['set-method', 'set-signing', 'name-helpers', 'recover-key', 'veto-recovery', 'seal', 'claim']
    .map((form) => `do/${form}`),
];

for (const [name, options] of Object.entries({
  'on a phone without JavaScript': { viewport: PHONE, scripts: false },
  'on a desk with JavaScript': { viewport: DESK, scripts: true },
})) {
  test(`every page is sound ${name}`, async () => {
    const page = await visitor(browser, options);
    await actAs(page, program.address);
    const problems = [];
    const kinds = await visitAll(page, `${program.address}/`, async (link, status, isPage) => {
      if (status !== 200) problems.push(`${link} answers ${status}`);
      else if (isPage) await assertSound(page).catch((error) => problems.push(`${link}: ${error.message}`));
    });
    assert.deepEqual(problems, []);
    const read = new Set(kinds.map((one) => one.replace(/\?.*/, '').replace(/^\/f\/ID\//, '')));
    assert.deepEqual(GOVERNMENT.filter((one) => !read.has(one)), [], 'pages of government that nothing leads to');
    assert.ok(kinds.length > 60, `only ${kinds.length} kinds of pages: ${kinds.join(' ')}`);
  });
}
