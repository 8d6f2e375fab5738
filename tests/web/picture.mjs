// Makes the picture of a round that the README shows, from the running program:
//   node tests/web/picture.mjs docs/round.png

import { launch, visitor } from './browser.mjs';
import { actAs, start } from './program.mjs';

const program = await start('demo');
const browser = await launch();
try {
  const page = await visitor(browser, { viewport: { width: 800, height: 900 } });
  await actAs(page, program.address);
  await page.goto(`${page.url().replace(/\/$/, '')}/rounds/13`);
  const rings = page.locator('section.card:visible', { hasText: 'Who begins?', hasNotText: 'gains' });
  await rings.first().screenshot({ path: process.argv[2] });
} finally {
  await browser.close();
  await program.stop();
}
