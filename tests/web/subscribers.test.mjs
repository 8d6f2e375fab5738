// A common, from its opening to a contribution that two drawn members accept, one that is rejected, and
// the end of a subscription. On phones and without JavaScript.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Founders } from './founders.mjs';

let founders;
let people;
before(async () => {
  founders = await Founders.begin();
  people = founders.people;
  await founders.found('Four at the Ford', { Bakery: ['Mara'], Mill: ['Karl'], Orchard: ['Ines'], Forge: ['Otto'] });
});
after(() => founders?.end());

test('a common is opened, and others carry it with hours of their own', async () => {
  const { Mara: mara, Karl: karl, Ines: ines, Otto: otto } = people;
  await mara.sees(/None yet/, '/commons');
  await mara.press('Open a common');
  await mara.sees(/Nothing has a value yet[^]*Specifications/);
  await otto.act('propose-specification', {
    'What is it called?': 'clean street',
    'What kind?': 'A service',
    'How is it counted?': 'evening',
    'What does each one meet?': 'no leaves left in the gutter\nno ice on the steps',
  }, 'Propose it');
  await otto.press('Ask a value');
  await otto.fill({ 'Hours for one whole': '3:00' }, 'Ask it');
  await mara.read('/commons');
  await mara.press('Open a common');
  await mara.fill({
    'What is it called?': 'Street by the ford',
    'What is delivered to it?': 'clean street',
    'What is it for?': 'So that nobody slips on the way to the mill.',
  }, 'Open it');
  await mara.sees(/Recorded as entry/);
  await mara.sees(/Street by the ford[^]*Nobody yet, so nothing can be delivered to it/, '/commons/1');
  for (const [person, hours] of [[mara, '4'], [karl, '2'], [ines, '2:00']]) {
    await person.read('/commons/1');
    await person.press('Carry it with others');
    await person.fill({ 'Up to how many hours?': hours, 'Again every so many days': '7' }, 'Carry it');
    await person.sees(/Recorded as entry/);
  }
  await karl.sees(/Together they can take 8:00 hours now\./, '/commons/1');
});

/** The forge sweeps the street; who was drawn to say whether it is clean. */
async function swept(contribution) {
  const { Otto: otto, Karl: karl } = people;
  await otto.read('/commons/1');
  await otto.press('Contribute to it');
  await otto.fill({ 'How much, in evening?': '1', 'What else is there to say?': 'from the mill to the ford' }, 'It is there');
  await otto.sees(/Recorded as entry/);
  await founders.until(2, karl, '/commons/1', new RegExp(`Contribution ${contribution}: [^]*?Drawn to accept it: `));
  const drawn = (await karl.says()).match(/Drawn to accept it: ([^]*?)\./)[1];
  const asked = ['Mara', 'Karl', 'Ines'].filter((name) => drawn.includes(name));
  assert.equal(asked.length, 2, drawn);
  return asked.map((name) => people[name]);
}

test('two who were drawn accept a contribution, and each carries its share', async () => {
  const { Mara: mara, Otto: otto } = people;
  const [one, two] = await swept(1);
  await one.sees(/You were drawn to accept what came to a common: [^]*Street by the ford/, '');
  await one.answer('You were drawn', 'Accept it');
  await one.sees(/It waits for 1 more to sign the same/);
  assert.equal(await otto.hours('/unit', 'Entitlement'), 0, 'one alone is not enough');
  await two.answer('You were drawn', 'Accept it');
  await mara.sees(/Contribution 1: [^]*accepted on [^]*3:00 hours/, '/commons/1');
  assert.equal(await otto.hours('/unit', 'Entitlement'), 3 * 3600);
  assert.equal(await mara.hours('/unit', 'Entitlement'), -1.5 * 3600, 'who carries half of it');
});

test('one of them rejects another by a clause, and nothing of it counts', async () => {
  const { Otto: otto, Mara: mara } = people;
  const [one] = await swept(2);
  await one.answer('You were drawn', 'Reject it by a clause');
  await one.fill({ 'Which clause is not met?': 'no ice on the steps', 'In what way?': 'I slipped there this morning.' }, 'Reject it');
  await one.sees(/Recorded as entry/);
  await otto.sees(/rejected on [^]*by clause 2\. I slipped there this morning\.[^]*Dispute the rejection/, '/commons/1');
  assert.equal(await otto.hours('/unit', 'Entitlement'), 3 * 3600);
  await mara.read('/commons/1');
  await mara.press('Carry it no longer');
  await mara.press('Carry it no longer');
  await mara.sees(/Recorded as entry/);
  await mara.sees(/Together they can take 2:30 hours now\./, '/commons/1');
});
