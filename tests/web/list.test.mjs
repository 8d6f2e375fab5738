// The list of the month: Artel drafts it from the record, somebody puts it to the vote, and a newcomer
// gets a base by it. On phones and without JavaScript.

import { after, before, test } from 'node:test';
import { Founders } from './founders.mjs';

let founders;
let people;
before(async () => {
  founders = await Founders.begin();
  people = founders.people;
  await founders.found('Three by the Water', { Bakery: ['Mara', 'Tomas'], Mill: ['Karl'], Orchard: ['Ines'] });
});
after(() => founders?.end());

test('with nobody new the draft is empty, and says so', async () => {
  const { Mara: mara } = people;
  await mara.sees(/Nobody waits now: each unit's members count/, '/do/propose?question=list');
});

test('a newcomer and a new member are on the draft, with the reasons', async () => {
  const { Karl: karl, Ines: ines } = people;
  await founders.newcomer('Olga', 'Pottery');
  const { Olga: olga } = people;
  await olga.sees(/Pottery in hours[^]*Room\s+0:00/, '');
  await founders.admit(karl, 'Edda');

  await ines.read('/decisions');
  await ines.unfold('Propose something');
  await ines.press("The month's list");
  await ines.sees(/Drafted by Artel from the record[^]*A list only adds/);
  await ines.sees(/Mill: 2 members count, base 40:00 hours[^]*1 of its members count now, and it has 2/);
  await ines.sees(/Pottery: 1 members? counts?, base 20:00 hours[^]*It has no base yet: 20:00 hours for each member that counts/);
  await ines.sees(/Have no weight yet, and would not get it: Pottery/);
  await ines.fill({ 'Other rows': 'Pottry; 1; 20:00; no', 'What do you propose, and why?': 'The list of the month.' }, 'Look at it once more');
  await ines.sees(/no unit is called `Pottry`; look in the directory/);
  await ines.fill({ 'Other rows': '' }, 'Look at it once more');
  await ines.sees(/Is this right\?[^]*Mill[^]*Pottery[^]*The list of the month\./);
  await ines.press('Propose it');
  await ines.sees(/Recorded as entry/);
  await ines.sees(/Proposal 1: a list[^]*What it comes to[^]*Mill[^]*Pottery/);
});

test('it is voted on by the units with weight, and holds by itself when it has passed', async () => {
  const { Mara: mara, Olga: olga, Karl: karl } = people;
  await founders.weeks(1);
  await founders.until(3, mara, '/decisions/1', /open until/);
  for (const name of ['Mara', 'Tomas', 'Karl', 'Ines']) await founders.vote(name, 1, 'yes, as proposed');
  await olga.read('/decisions/1');
  await olga.sees(/Who votes, unit by unit/);
  await founders.until(9, karl, '/decisions/1', /It passed\./);
  await olga.sees(/Pottery in hours[^]*Room\s+20:00/, '');
  await olga.read('/unit');
  await olga.unfold('How was the allowance worked out?');
  await olga.sees(/Allowance 20:00 hours = base 20:00 from the founding list or a later one/);
  await karl.sees(/2 in the record; 2 count for the base and the ceiling/, '/unit');
  await mara.sees(/Nobody waits now/, '/do/propose?question=list');
});
