// A browser makes a key of its own, signs with it, and signs in with it.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch } from './browser.mjs';
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

test('a browser signs with a key that never leaves it, and comes back with it', async () => {
  const person = await Person.become(browser, program, '', { scripts: true });
  const { page } = person;
  const says = () => page.locator('main').innerText();

  await person.open('/do/describe-unit');
  await person.fill({ 'Where is it?': 'Mill Lane' }, 'Save');
  assert.match(await says(), /kept for you by this node/);

  await person.open('/me');
  await page.getByRole('button', { name: 'Make a key in this device' }).click();
  await page.waitForURL(/entry=/);
  await person.open('/me');
  await page.getByText('This device signs with a key of its own').waitFor();

  await person.open('/do/describe-unit');
  await page.getByLabel('Where is it?').fill('Mill Lane 7');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.waitForURL(/entry=/);
  assert.match(await says(), /Recorded as entry/);
  assert.match(await says(), /Signed by your device/);

  await person.open('/me');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.goto(`${program.address}/sign-in`);
  await page.getByRole('button', { name: /^Sign in with this device/ }).click();
  await page.waitForURL(/\/f\//);
  assert.match(await page.locator('header').innerText(), /Stone Oven Bakery|Lindgren/);
  assert.deepEqual(page.faults, []);
});
