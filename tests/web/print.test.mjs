// The pages for each role can be printed and hung up: two sides at most.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { marked } from 'marked';
import { launch, visitor } from './browser.mjs';

let browser, page;
before(async () => {
  browser = await launch();
  page = await visitor(browser);
});
after(() => browser?.close());

/** How many sides of A4 a document fills, in letters of eleven points. */
async function sides(role) {
  const text = await readFile(new URL(`../../docs/${role}.md`, import.meta.url), 'utf8');
  await page.setContent(`<style>body { font: 11pt/1.3 "DejaVu Sans" }</style>${marked.parse(text)}`);
  const margin = '15mm';
  const pdf = await page.pdf({ format: 'A4', margin: { top: margin, bottom: margin, left: margin, right: margin } });
  return pdf.toString('latin1').match(/\/Type\s*\/Page\b/g).length;
}

for (const role of ['member', 'delegate', 'facilitator', 'host', 'book-keeper']) {
  test(`the page for a ${role} fits on two printed sides`, async () => {
    assert.ok((await sides(role)) <= 2, `${role}.md fills more than two sides`);
  });
}
