// Text that was written to harm is shown as text, or refused with the reason.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DESK, launch, PHONE } from './browser.mjs';
import { Person } from './person.mjs';
import { start } from './program.mjs';

const HOSTILE = [
  `<script>document.title = 'taken'</script><img src=x onerror="document.title = 'taken'">`,
  `"><svg onload="document.title = 'taken'"><a href="javascript:document.title='taken'">x</a>`,
  `=HYPERLINK("http://127.0.0.1/","look"), +1+1, -2+3, @SUM(1)`,
  `</textarea></form><form action="/sign-out" method="post"><button>Go</button>`,
  `{{ 7 * 7 }} \${7 * 7} %s %n &amp; &lt; \\ ' "`,
];

let program, browser;
before(async () => {
  program = await start('demo', '--empty');
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await program?.stop();
});

let founded = 0;

/** Somebody who is alone in a unit of their own, so that nobody else has to sign. */
async function alone(options) {
  const person = await Person.stranger(browser, program, options);
  founded += 1;
  await person.enter(`${program.address}/found`, {
    'What is the federation called?': `Valley ${founded}`,
    'Who are its units?': 'Units: workshops',
    'Your name': 'Mara',
    'Your unit': 'Bakery; 1',
    'The others, one a line': 'Mill; 1',
    'Who may read?': 'Anybody may read',
    'Name to sign in with': `Mara ${founded}`,
    Passphrase: 'bread, water and three wheels',
  }, 'Found it');
  return person;
}

async function describe(person, place, description) {
  await person.open('/do/describe-unit');
  await person.fill({ 'Where is it?': place, 'What does it do?': description }, 'Save');
  return person.page.locator('main').innerText();
}

test('markup, formulas and templates are shown as they were written', async () => {
  const options = { viewport: PHONE, scripts: true };
  const person = await alone(options);
  for (const text of HOSTILE) {
    assert.match(await describe(person, text, `Says:\n${text}`), /Recorded as entry/);
    for (const path of ['/unit', '/directory', '/record', '']) {
      await person.open(path);
      const inside = await person.page.evaluate(() => ({
        title: document.title,
        strange: document.querySelectorAll('main script, main img, main [onload], main a[href^=javascript]').length,
        text: document.body.textContent,
      }));
      assert.doesNotMatch(inside.title, /taken/, `${path}: ${text}`);
      assert.equal(inside.strange, 0, `${path}: ${text}`);
      if (path === '/unit') assert.ok(inside.text.includes(text), `${path} shows ${text}`);
    }
    await person.open('/do/describe-unit');
    assert.equal(await person.page.getByLabel('Where is it?').inputValue(), text, 'the form shows it too');
  }
});

test('a field takes as many bytes as it says, shown without sideways scrolling, and not one more', async () => {
  for (const viewport of [PHONE, DESK]) {
    const person = await alone({ viewport });
    const longest = [`W${'ö'.repeat(149)}x`, 'm'.repeat(4000)];
    assert.match(await describe(person, ...longest), /Recorded as entry/);
    assert.match(await describe(person, `${longest[0]}y`, longest[1]), /301 bytes long and 300 fit/);
    assert.match(await describe(person, longest[0], `${longest[1]}m`), /4001 bytes long and 4000 fit/);
  }
});

test('marks that turn text around, and other hidden characters, are refused by name', async () => {
  const person = await alone();
  for (const [mark, name] of [['\u202e', '202E'], ['\u2066', '2066'], ['\u200f', '200F'], ['\ufeff', 'FEFF']]) {
    assert.match(await describe(person, `a${mark}b`, ''), new RegExp(`hidden character U\\+${name}`));
  }
});
