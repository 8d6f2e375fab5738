// A browser's own key: made on the page of keys, it signs forms from then on, erases, and signs in.

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

test('a device signs with a key of its own, which is known again when it signs in', async () => {
  const person = await Person.become(browser, program, '', { scripts: true });
  const { page } = person;
  const says = () => page.locator('main [role=status]').innerText();

  await person.open('/me');
  await page.getByRole('button', { name: 'Make a key in this device' }).click();
  await page.waitForURL(/entry=/);
  assert.match(await says(), /adds a key[^]*kept for you by this node/);

  await person.open('/do/need');
  await page.getByLabel('How much?').first().fill('3');
  await page.getByRole('button', { name: 'Post the need' }).click();
  await page.waitForURL(/\/offers\?entry=/);
  assert.match(await says(), /needs 3 [^]*Signed by your device/);

  await person.open('/decisions');
  await page.locator('main section.card').first().getByRole('link').click();
  await page.getByRole('radio').first().check();
  await page.getByRole('button', { name: 'See your ballot before you cast it' }).click();
  await page.getByRole('button', { name: 'Cast this ballot' }).click();
  await page.waitForURL(/\/decisions\/\d+\?entry=/);
  assert.match(await page.locator('main').innerText(), /Your vote is counted, signed by your device\./);

  await person.open('/do/back');
  await page.getByLabel('How many hours of room?').fill('much');
  await page.getByRole('button', { name: 'Lend the room' }).click();
  await page.locator('.wrong').waitFor();
  assert.match(await page.locator('.wrong').innerText(), /`much` is not a number/);

  await person.open('/do/introduce');
  await page.getByLabel('Your name').fill('Somebody With A Device');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.waitForURL(/\/me\?entry=/);
  await page.getByRole('button', { name: 'Erase it' }).last().click();
  await page.getByText(/erased on/).first().waitFor();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL((url) => url.pathname === '/');

  await page.goto(`${program.address}/sign-in`);
  await page.getByRole('button', { name: 'Sign in with this device' }).click();
  await page.waitForURL(/\/f\//);
  await page.getByRole('heading', { name: 'Waits for you' }).waitFor();
});
