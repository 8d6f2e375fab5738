// The pages are used with the keyboard alone, and show where one is.

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

const STEPS_MAX = 60;

/** Where the keyboard is, and whether that can be seen. */
function focus(page) {
  return page.evaluate(() => {
    const element = document.activeElement;
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    const { width, height } = element.getBoundingClientRect();
    return {
      name: element.name ?? '',
      words: element.innerText ?? '',
      // The browser itself marks which part of a date or a time has the focus.
      seen: ['date', 'time'].includes(element.type)
        || (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1 && width > 0 && height > 0),
    };
  });
}

/** Presses Tab until something is reached; everything on the way must show that it has the focus. */
async function tabTo(page, reached) {
  for (let step = 0; step < STEPS_MAX; step += 1) {
    await page.keyboard.press('Tab');
    const at = await focus(page);
    assert.ok(at.seen, `it cannot be seen that the focus is on ${JSON.stringify(at)}`);
    if (reached(at)) return;
  }
  assert.fail(`not reached in ${STEPS_MAX} steps: ${reached}`);
}

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
