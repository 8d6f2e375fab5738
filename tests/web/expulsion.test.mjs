// A unit keeps failing what it has agreed to. Its expulsion is begun with three failures that are cited,
// announced for fourteen days, answered by the unit in the thread, voted on, and carried out by itself.
// On phones and without JavaScript.

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

/** The day so many days from now, as the node has it. */
async function inDays(days) {
  const { passer, program } = founders;
  await passer.goto(`${program.address}/demo`);
  const [, today] = (await passer.locator('main').innerText()).match(/It is (\d{4}-\d\d-\d\d)/);
  const then = new Date(`${today}T00:00:00Z`);
  then.setUTCDate(then.getUTCDate() + days);
  return then.toISOString().slice(0, 10);
}

/** The forge agrees with a unit to deliver hinges on a day. */
async function agreed(receiver, days) {
  const { Otto: otto } = people;
  const day = await inDays(days);
  await receiver.act('propose-contract', {
    'Which side are you?': 'We receive',
    'The other unit': 'Forge',
    'What?': 'hinge',
    'How much?': '4',
    'How does it count?': 'As a gift',
  }, 'Propose it');
  const contract = receiver.page.url().split('?')[0].replace(receiver.base, '');
  await otto.answer('hinge', 'Yes, accept');
  await receiver.open(contract);
  await receiver.press('Suggest or settle a time and place');
  await receiver.fill({ 'On which day?': day, 'Where?': 'at the ford' }, 'Sign this time and place');
  await otto.answer('Does this time and place suit you?', 'Answer');
  await otto.press('Sign this time and place');
  await otto.assertDone();
}

test('a unit agrees to three deliveries, and makes none of them in two months', async () => {
  const { Mara: mara, Karl: karl, Ines: ines, Otto: otto } = people;
  await otto.act('propose-specification', {
    'What is it called?': 'hinge',
    'How is it counted?': 'piece',
    'What does each one meet?': 'opens and closes without a sound',
  }, 'Propose it');
  await agreed(mara, 1);
  await agreed(karl, 30);
  await agreed(ines, 62);
  await mara.sees(/No unit has three failures that count together\./, '/do/propose?question=expel');
  await founders.weeks(9);
});

test('an expulsion is begun with the failures that it cites, and announced for fourteen days', async () => {
  const { Mara: mara } = people;
  await mara.read('/decisions');
  await mara.unfold('Propose something');
  await mara.press('An expulsion');
  await mara.sees(/An expulsion cites three failures over at least 60 days[^]*These units have three failures/);
  await mara.press('Forge');
  await mara.sees(/What Forge can do: answer below the proposal; dispute a rejection[^]*deliver what is overdue/);
  await mara.fill({ 'What do you propose, and why?': 'We have waited for the hinges since spring, all three of us.' }, 'Look at it once more');
  await mara.sees(/Is this right\?[^]*Forge[^]*contract 1, overdue/);
  await mara.press('Propose it');
  await mara.sees(/Recorded as entry/);
  await mara.sees(/Proposal 1: to expel Forge[^]*What it comes to[^]*contract 1, overdue[^]*contract 2, overdue[^]*contract 3, overdue/);
  const [, proposed, begins] = (await mara.says()).match(/Proposed\s+(\d{4}-\d\d-\d\d) [^]*Voting begins\s+(\d{4}-\d\d-\d\d) /);
  assert.equal((Date.parse(begins) - Date.parse(proposed)) / 86_400_000, 14);
});

test('the unit is told, and answers in the thread', async () => {
  const { Otto: otto, Karl: karl } = people;
  await otto.sees(/Proposal 1 is to expel your unit\. You can answer there; voting begins after/, '');
  const card = (await otto.waiting('is to expel your unit')).first();
  await otto.press('More', card);
  await otto.fill({ 'Say something about it': 'The hammer broke and nobody could mend it. **I should have said so.**' }, 'Say it');
  await otto.sees(/Recorded as entry/);
  await karl.sees(/Nobody votes yet[^]*Otto [^]*The hammer broke[^]*I should have said so\./, '/decisions/1');
  await karl.unfold('Answer Otto');
  await karl.fill({ 'Your answer to Otto': 'You should have. We would have lent you ours.' }, 'Say it');
});

test('it is voted on at two thirds, and the unit is out by itself, with what it has in the books', async () => {
  const { Mara: mara, Karl: karl, Ines: ines, Otto: otto } = people;
  await founders.weeks(2);
  await founders.until(3, mara, '/decisions/1', /open until/);
  for (const [name, option] of [['Mara', 'yes, as proposed'], ['Karl', 'yes, as proposed'], ['Ines', 'yes, as proposed'], ['Otto', 'leave as it is']]) {
    await founders.vote(name, 1, option);
  }
  await ines.sees(/two thirds or more of the units[^]*Units that say yes[^]*3 of 4[^]*Ballots that say yes[^]*3 of 4/);
  await founders.until(9, karl, '/decisions/1', /It passed\./);
  await mara.sees(/Proposal 1: to expel Forge\s+passed on/, '/decisions/1');
  await mara.read('/directory');
  await otto.sees(/Forge is no longer in the federation/, '');
  await otto.sees(/out of the federation since [^]*its row stays in the books/, '/unit');
});
