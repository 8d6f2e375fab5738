// Debian's Chromium with an empty profile, and what every page must satisfy.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { chromium } from 'playwright-core';

const axe = await readFile(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');

/** The widths that pages are read at: a small phone and a desk. */
export const PHONE = { width: 360, height: 740 };
export const DESK = { width: 1280, height: 900 };

export function launch() {
  return chromium.launch({
    executablePath: process.env.ARTEL_CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** A visitor of their own: own cookies, own size, with or without JavaScript. */
export async function visitor(browser, { viewport = PHONE, scripts = false } = {}) {
  const context = await browser.newContext({ viewport });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  page.devtools = await context.newCDPSession(page);
  page.scripts = scripts;
  await allowScripts(page, scripts);
  page.faults = [];
  page.on('pageerror', (error) => page.faults.push(`script: ${error.message}`));
  page.on('console', (message) => {
    // A form that was refused answers 422; Chromium calls every such answer an error.
    const refused = message.text().includes('status of 422');
    if (message.type() === 'error' && !refused) page.faults.push(`console: ${message.text()}`);
  });
  page.on('request', (request) => {
    const { hostname, protocol } = new URL(request.url());
    const own = hostname === '127.0.0.1' || protocol === 'data:' || protocol === 'blob:';
    if (!own) page.faults.push(`asks another host: ${request.url()}`);
  });
  return page;
}

function allowScripts(page, allowed) {
  return page.devtools.send('Emulation.setScriptExecutionDisabled', { value: !allowed });
}

/** No accessibility violation, nothing wider than the window, no fault of a script. */
export async function assertSound(page) {
  const where = new URL(page.url()).pathname;
  const wide = await page.evaluate(() => {
    // What can be unfolded must fit as well.
    const folded = [...document.querySelectorAll('details:not([open])')];
    for (const details of folded) details.open = true;
    const limit = document.documentElement.clientWidth;
    const beyond = document.documentElement.scrollWidth <= limit ? [] : [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > limit + 1)
      .map((element) => `${element.tagName.toLowerCase()}.${element.className} "${element.textContent.trim().slice(0, 40)}"`)
      .slice(0, 5);
    for (const details of folded) details.open = false;
    return beyond;
  });
  assert.deepEqual(wide, [], `${where} scrolls sideways at ${page.viewportSize().width} px`);
  assert.deepEqual(await violations(page), [], `${where} fails axe-core`);
  assert.deepEqual(page.faults, [], `${where} has faults`);
}

/** The checker is a script itself: the page's own have had their chance to run, or not, before. */
async function violations(page) {
  await allowScripts(page, true);
  await page.evaluate(axe);
  const result = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  await allowScripts(page, page.scripts);
  return result.violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 200)} (${nodes.length})`);
}
