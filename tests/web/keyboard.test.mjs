// The pages are used with the keyboard alone, and show where one is.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch } from './browser.mjs';
import { tabTo } from './keyboard.mjs';
import { Person } from './person.mjs';
import { start } from './program.mjs';

let program, browser;
before(async () => {
  program = await start('demo');
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await program?.stop();
});

test('a need is posted with the keyboard alone', async () => {
  const { page } = await Person.become(browser, program);
  await tabTo(page, (at) => at.words === 'To the content');
  await page.keyboard.press('Enter');
  await tabTo(page, (at) => at.words === 'Post a need');
  await page.keyboard.press('Enter');
  await page.waitForURL(/do\/need/);
  await tabTo(page, (at) => at.name === 'version');
  await page.keyboard.press('ArrowDown');
  await tabTo(page, (at) => at.name === 'quantity');
  await page.keyboard.type('3');
  await tabTo(page, (at) => at.name === 'stands_for');
  await page.keyboard.press('Space');
  await tabTo(page, (at) => at.name === 'consent');
  await page.keyboard.press('Space');
  await tabTo(page, (at) => at.words === 'Post the need');
  await page.keyboard.press('Enter');
  await page.waitForURL(/entry=/);
  assert.match(await page.locator('main').innerText(), /Recorded as entry/);
});
