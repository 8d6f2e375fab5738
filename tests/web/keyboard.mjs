// What a person does who has no mouse.

import assert from 'node:assert/strict';

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
      around: element.closest('section')?.innerText ?? '',
      // The browser itself marks which part of a date or a time has the focus.
      seen: ['date', 'time'].includes(element.type)
        || (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1 && width > 0 && height > 0),
    };
  });
}

/** Presses Tab until something is reached; everything on the way must show that it has the focus. */
export async function tabTo(page, reached) {
  for (let step = 0; step < STEPS_MAX; step += 1) {
    await page.keyboard.press('Tab');
    const at = await focus(page);
    assert.ok(at.seen, `it cannot be seen that the focus is on ${JSON.stringify(at)}`);
    if (reached(at)) return;
  }
  assert.fail(`not reached in ${STEPS_MAX} steps: ${reached}`);
}
