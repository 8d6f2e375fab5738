// The main flow, on a phone and without JavaScript: from an offer and a need in two units, through
// a round, to the delivery that changes both entitlements; a refusal and what is solved anew; and
// leaving.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, visitor } from './browser.mjs';
import { daysUntil, Person } from './person.mjs';
import { start } from './program.mjs';

let program, browser, passer, units;
before(async () => {
  program = await start('demo');
  browser = await launch();
  passer = await visitor(browser);
  await passer.goto(`${program.address}/demo`);
  units = await passer.$$eval('section.card', (cards) =>
    cards.map((card) => ({
      name: card.querySelector('h3').textContent,
      people: [...card.querySelectorAll('button')].map((button) => button.textContent.replace('Act as ', '')),
    })),
  );
});
after(async () => {
  await browser?.close();
  await program?.stop();
});

const become = (unit, at = 0) => Person.become(browser, program, units[unit].people[at]);
const days = (most, holds) => daysUntil(most, passer, program, holds);

/** Writes down a specification and asks a value for it. */
async function specify(maker, name, value) {
  await maker.act('propose-specification', {
    'What is it called?': name,
    'How is it counted?': 'piece',
    'What does each one meet?': 'whole and clean\nno older than a month',
  }, 'Propose it');
  await maker.press('Ask a value');
  await maker.fill({ 'Hours for one whole': value }, 'Ask it');
  await maker.assertDone();
}

const offer = (maker, name, quantity) =>
  maker.act('offer', { 'What?': name, 'How much?': quantity, '': 'Ask us about each match' }, 'Offer it');
const need = (taker, name, quantity) =>
  taker.act('need', { 'What?': name, 'How much?': quantity, '': 'Ask us about each match' }, 'Post the need');

test('two units exchange in a round, a refusal is solved anew, and a unit leaves', async () => {
  const [maker, taker, rival, other] = await Promise.all([0, 1, 2, 3].map((unit) => become(unit)));

  await specify(maker, 'Garden fence', '2:00');
  await specify(rival, 'Cherry jam', '0:30');
  await offer(maker, 'Garden fence', '4');
  await offer(rival, 'Cherry jam', '6');
  await offer(other, 'Cherry jam', '6');
  await need(taker, 'Garden fence', '4');
  await need(taker, 'Cherry jam', '6');

  await days(14, async () => (await (await taker.waiting('Garden fence')).count()) > 0);
  await maker.answer('Garden fence', 'Yes, accept');
  await taker.answer('Garden fence', 'Yes, accept');

  const asked = (await (await rival.waiting('Cherry jam')).count()) > 0 ? rival : other;
  const next = asked === rival ? other : rival;
  assert.equal(await (await next.waiting('Cherry jam')).count(), 0, 'one of two is asked');
  await asked.answer('Cherry jam', 'No, decline');
  await asked.fill({ 'Why?': 'the trees bore little' }, 'No, decline');
  await days(14, async () => (await (await next.waiting('Cherry jam')).count()) > 0);
  await next.answer('Cherry jam', 'Yes, accept');
  await taker.answer('Cherry jam', 'Yes, accept');
  assert.equal(await (await asked.waiting('Cherry jam')).count(), 0, 'who refused is not asked again');
  await taker.open('/rounds');
  await taker.press(await taker.page.getByRole('link', { name: /^Round \d+$/ }).first().innerText());
  assert.match(await taker.page.locator('main').innerText(), /Second plan, after the answers/);

  const before = [await maker.hours('/unit', 'Entitlement'), await taker.hours('/unit', 'Entitlement')];
  const entries = await taker.entries();
  await maker.open('/contracts');
  await maker.page.getByRole('row', { name: 'Garden fence' }).getByRole('link').first().click();
  const contract = maker.page.url().split('?')[0].replace(maker.base, '');
  await maker.press('Enter a delivery');
  await maker.fill({ 'How much': '4' }, 'It was handed over');
  await maker.assertDone();
  await taker.open(contract);
  await taker.press('We have it');
  await taker.open(contract);
  await taker.press('Accept it');
  await taker.assertDone();
  const now = [await maker.hours('/unit', 'Entitlement'), await taker.hours('/unit', 'Entitlement')];
  assert.equal(now[0] - before[0], 8 * 3600, 'the giver gains the hours');
  assert.equal(now[1] - before[1], -8 * 3600, 'the receiver loses as many');
  assert.ok((await taker.entries()) >= entries + 3, 'the record grows');

  const second = await become(0, 1);
  await maker.act('leave', {}, 'Leave now');
  await second.answer('eave', 'Sign it too');
  await taker.open('/directory');
  await second.open('/unit');
  assert.match(await second.page.locator('main').innerText(), /out of the federation since/);
  const still = await maker.hours('/unit', 'Entitlement');
  assert.equal(still, now[0], 'what was handed over stays in the books');
});
