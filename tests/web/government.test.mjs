// Government from below, on phones and without JavaScript, in a federation of three units that is
// founded here: a change of the pact from a proposal to a decision in force, which one unit does not
// follow; a delegate sent and recalled; a conflict over a resource settled by calendar; votes in a room
// and on paper. At the end two programs check the record: Artel, and the recount that shares no line with it.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Founders } from './founders.mjs';
import { tabTo } from './keyboard.mjs';
import { ARTEL } from './program.mjs';

const run = promisify(execFile);
const RECOUNT = fileURLToPath(new URL('../recount/recount.py', import.meta.url));

let founders;
/** The people by their names. */
let people;

before(async () => {
  founders = await Founders.begin();
  people = founders.people;
});
after(() => founders?.end());

const until = (...what) => founders.until(...what);
const vote = (...what) => founders.vote(...what);

test('a federation of three units is founded, and its members join', async () => {
  await founders.found('Three by the Water', {
    Bakery: ['Mara', 'Tomas', 'Lena'],
    Mill: ['Karl', 'Edda'],
    Orchard: ['Ines', 'Paul'],
  });
  const { Mara: mara } = people;
  await mara.sees(/Bakery\s+3 members[^]*Mill\s+2 members[^]*Orchard\s+2 members/, '/directory');
});

/** From the first page to the receipt with the keyboard alone: a vote for the first option. */
async function voteByKeyboard(person, proposal) {
  const { page } = person;
  const enter = () => Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
  await person.open('');
  await tabTo(page, (at) => at.words === 'To the content');
  await page.keyboard.press('Enter');
  await tabTo(page, (at) => at.words === 'More' && at.around.includes(`You can vote on proposal ${proposal}`));
  await enter();
  await tabTo(page, (at) => at.name === 'choose');
  await page.keyboard.press('Space');
  await tabTo(page, (at) => at.words === 'See your ballot before you cast it');
  await enter();
  await person.sees(/Is this your ballot\?[^]*You say:\s+yes, as proposed/);
  await tabTo(page, (at) => at.words === 'Cast this ballot');
  await enter();
}

/** What stands for a unit in one column of the page it is on. */
function says(person, unit, column) {
  const row = person.page.locator('tr', { hasText: unit });
  return row.locator(`td[data-label="${column}"]`).innerText();
}

test('a change of the pact is proposed and talked about while the notice runs', async () => {
  const { Mara: mara, Ines: ines, Karl: karl } = people;
  await mara.read('/decisions');
  await mara.unfold('Propose something');
  await mara.press('Another pact');
  await mara.fill({
    'Ceiling per counted member': '60:00',
    'What do you propose, and why?': 'Sixty hours of ceiling, so that nobody gathers more than they will ever ask for.',
  }, 'Propose it');
  await mara.sees(/Recorded as entry/);
  await mara.sees(/Proposal 1: another pact\s+voting begins in \d+ days, after/);
  await mara.sees(/Proposed by Mara of Bakery/);
  await mara.sees(/What this pact changes[^]*Ceiling per counted member[^]*80:00 hours[^]*60:00 hours/);
  await mara.sees(/two thirds or more of the units that vote say yes, and two thirds or more of all ballots/);

  await ines.sees(/Nobody votes yet[^]*Nothing yet/, '/decisions/1');
  await ines.fill({ 'Say something about it': 'We press for the whole winter in four weeks. What then?' }, 'Say it');
  await ines.sees(/Recorded as entry/);
  await karl.read('/decisions/1');
  await karl.unfold('Answer Ines');
  await karl.fill({ 'Your answer to Ines': 'Then ask earlier for what you need. We mill flour for you.' }, 'Say it');
  await karl.sees(/Ines [^]*the whole winter[^]*Karl answers Ines [^]*We mill flour for you/);
});

test('members of three units vote, one with the keyboard alone and one otherwise than at first, and a unit seals', async () => {
  const { Mara: mara, Tomas: tomas, Lena: lena, Karl: karl } = people;
  await until(9, mara, '/decisions/1', /(days|hours) left, open until/);
  await vote('Mara', 1, 'yes, as proposed');
  await vote('Tomas', 1, 'yes, as proposed', 'we bake for all of you');
  await voteByKeyboard(karl, 1);
  await karl.sees(/Your vote is counted, signed with the key that is kept for you\.\s+yes, as proposed\s+Entered on/);
  await karl.sees(/Entry \d+ of the record, with the receipt that proves it/);
  assert.equal(await says(karl, 'Orchard', 'Says'), 'undecided, as it stands', 'nobody there has voted');
  await vote('Edda', 1, 'leave as it is');
  await vote('Edda', 1, 'yes, as proposed');
  await vote('Ines', 1, 'leave as it is', 'the harvest comes all at once');
  await vote('Paul', 1, 'leave as it is');

  await mara.read('/decisions/1');
  await mara.sees(/Units that say yes[^]*2 of 3[^]*yes[^]*Ballots that say yes[^]*4 of 6[^]*yes/);
  await mara.press('Seal what our unit says');
  await mara.press('Sign to seal');
  await mara.sees(/It waits for 1 more to sign the same/);
  assert.equal(await says(mara, 'Bakery', 'Says'), 'yes, as it stands');
  await lena.sees(/See your ballot before you cast it/, '/decisions/1');
  await tomas.read('/decisions/1');
  await tomas.press('Seal what our unit says');
  await tomas.press('Sign to seal');
  assert.equal(await says(tomas, 'Bakery', 'Says'), 'yes');
  assert.equal(await says(tomas, 'Orchard', 'Says'), 'no, as it stands');
  await lena.read('/decisions/1');
  assert.equal(await lena.page.getByText('See your ballot').count(), 0, 'nobody votes in a unit that has sealed');
});

test('it is in force by itself, and the unit that said no stays on the earlier version', async () => {
  const { Mara: mara, Ines: ines, Paul: paul } = people;
  await until(9, mara, '/decisions/1', /It passed\./);
  await ines.sees(/Proposal 1: another pact\s+passed on [^]*It passed\./, '/decisions/1');
  await mara.sees(/Ceiling per counted member: 60:00 hours/, '/pact');
  await mara.sees(/Version 2, from proposal 1[^]*Units on it: Bakery, Mill\.[^]*Version 1, of the founding[^]*Units on it: Orchard\./);
  await mara.sees(/Ceiling\s+180:00/, '/unit');
  await ines.sees(/Ceiling per counted member: 60:00 hours[^]*For your unit: 80:00 hours\./, '/pact');
  await ines.sees(/Ceiling\s+160:00/, '/unit');
  await ines.sees(/It stays on version 1 of the pact; version 2 is in force for those who accepted it/);

  await ines.read('/pact');
  await ines.press('Accept the newest version for our unit');
  await ines.press('Sign to accept');
  await ines.sees(/It waits for 1 more to sign the same/);
  await paul.answer('accepts proposal 1', 'Sign it too');
  await paul.sees(/Ceiling\s+120:00/, '/unit');
  await paul.sees(/It is on version 2 of the pact, the newest/);
  await paul.sees(/Units on it: Bakery, Mill, Orchard\./, '/pact');
});

test('a delegate gets a mandate, and is recalled by petition', async () => {
  const { Mara: mara, Tomas: tomas, Lena: lena, Karl: karl } = people;
  await mara.read('/delegates');
  await mara.sees(/Nobody is sent now/);
  await mara.press('Send somebody');
  await mara.fill({
    'Whom do you send?': 'Lena',
    'On what do they speak for you?': 'the ceiling',
    'What do they bring along?': 'To say yes to a number of the pact',
    'Which number of the pact?': 'the ceiling',
    From: '50',
    To: '60',
    'What do you propose, and why?': 'Lena goes to the others and hears what they think of the ceiling.',
  }, 'Propose it');
  await mara.sees(/Proposal 2: to send somebody on the ceiling\s+\d+ days left, open until/);
  for (const name of ['Mara', 'Tomas', 'Lena']) await vote(name, 2, 'yes, as proposed');
  await until(9, mara, '/decisions/2', /It passed\./);

  await karl.sees(/Sent now\s+Lena\s+Sent by Bakery on the ceiling\. Lena says yes to a pact that changes nothing but the hours of the ceiling for each counted member, to 50 to 60/, '/delegates');
  await karl.sees(/Recall: 0 of 2 signatures/);
  assert.equal(await karl.page.getByRole('link', { name: 'Recall' }).count(), 0, 'another unit does not recall');
  await lena.sees(/Recall: 0 of 2 signatures[^]*Lay it down/, '/delegates');

  await mara.read('/delegates');
  await mara.press('Recall');
  await mara.sees(/You owe no reason[^]*0 of 2 have signed to recall/);
  await mara.press('Sign to recall');
  await karl.sees(/Recall: 1 of 2 signatures/, '/delegates');
  await tomas.read('/delegates');
  await tomas.press('Recall');
  await tomas.press('Sign to recall');
  await karl.sees(/Nobody is sent now[^]*Over[^]*Lena[^]*the ceiling[^]*recalled on/, '/delegates');
  await lena.sees(/Lena\s+Sent by Bakery[^]*recalled on[^]*by a poll of the unit/, '/delegates/1');
});

/** A unit claims the resource for one of its members. */
async function claim(person, purpose, hours, worker) {
  await person.read('/resources/1');
  await person.press('Claim it');
  await person.fill({
    'What for?': purpose,
    'How many hours of its use?': hours,
    'Who will work with it?': worker,
  }, 'Claim it');
  await person.sees(/Recorded as entry/);
}

test('two units that claim the same press talk, and share it by calendar', async () => {
  const { Karl: karl, Ines: ines, Mara: mara } = people;
  await karl.read('/resources');
  await karl.press('Write a resource down');
  await karl.fill({ 'What is it called?': 'Press by the weir', 'Where is it?': 'Weir Road' }, 'Write it down');
  await karl.sees(/Press by the weir\s+Weir Road[^]*No claims/);
  await claim(karl, 'linseed oil', '60', 'Karl');
  await karl.sees(/Mill[^]*60:00 hours: linseed oil[^]*stands/);
  await claim(ines, 'apple juice', '80', 'Ines');
  await ines.sees(/conflict Mill and Orchard over Press by the weir: the parties talk until/);

  await karl.read('/resources/1');
  await karl.press('Mill and Orchard over Press by the weir');
  await karl.sees(/The parties talk, for 14 days \(now\)[^]*goes on using it meanwhile/);
  await karl.press('Write a settlement');
  await karl.fill({
    'What do you agree on?': 'The Mill presses in the first half of the week, the Orchard in the second. Who leaves washes up.',
    'Who has it when?': 'Mill: 1, 0, 72\nOrchard: 4, 0, 72',
  }, 'Sign it for our unit');
  await karl.sees(/Texts that wait for signatures[^]*The Mill presses[^]*Signed by Mill\./);
  await mara.read('/conflicts/1');
  assert.equal(await mara.page.getByText('Sign the same').count(), 0, 'who is no party signs nothing');
  await ines.read('/conflicts/1');
  await ines.press('Sign the same');
  await ines.press('Sign it for our unit');
  await ines.sees(/settled, and looked at again on[^]*What holds\s+Since [^]*all parties signed this text/);
  await ines.sees(/Calendar, every week:\s+Mill: Monday, 0:00, for 3 days\s+Orchard: Thursday, 0:00, for 3 days/);
  await mara.sees(/Mill and Orchard over Press by the weir: settled/, '/resources/1');
});

/** The number of the proposal that a page is about. */
const numberOf = ({ page }) => page.url().match(/decisions\/(\d+)/)[1];

test('votes are cast in a room, and one on paper', async () => {
  const { Mara: mara, Tomas: tomas, Lena: lena, Karl: karl, Edda: edda } = people;
  await mara.read('/decisions');
  await mara.unfold('Propose something');
  await mara.press('Anything our unit decides');
  await mara.fill({
    'What can be chosen?': 'the north wall\nthe oven room',
    'What do you propose, and why?': 'We have plaster for one wall. Which is first?',
  }, 'Propose it');
  const walls = numberOf(mara);
  await mara.press('Enter votes cast in a room');
  for (const name of ['Tomas', 'Lena']) await mara.page.getByLabel(`${name} was there`).check();
  await mara.fill({ 'How many said: the north wall': '1', 'How many said: the oven room': '2' }, 'Look at it once more');
  await mara.sees(/Is this right\?[^]*3 were there: [^]*1 said: the north wall\s+2 said: the oven room\s+together 3 of the 3/);
  await mara.press('Sign this count');
  await mara.sees(/It waits for 2 more to sign the same/);
  await tomas.answer('what 3 people in a room said', 'Sign it too');
  assert.equal((await (await karl.waiting('what 3 people in a room said')).count()), 0, 'who is of another unit signs nothing');
  await lena.answer('what 3 people in a room said', 'Sign it too');
  await lena.sees(/You are counted among the 3 in the room/, `/decisions/${walls}`);
  assert.equal(await says(lena, 'Bakery', 'Says'), 'the oven room, as it stands');
  assert.equal(await says(lena, 'Bakery', 'Ballots'), '0 and 3 in a room, of 3');

  await karl.open('/do/admit-member');
  await karl.fill({ 'Who is it?': 'Resi', 'How?': 'Without a device' }, 'Go on');
  await karl.sees(/It waits for 1 more to sign the same/);
  await edda.answer('takes somebody without a device into the unit', 'Sign it too');
  await edda.read('/decisions');
  await edda.unfold('Propose something');
  await edda.press('Anything our unit decides');
  await edda.fill({ 'What do you propose, and why?': 'We close on Mondays.' }, 'Propose it');
  const mondays = numberOf(edda);
  await edda.fill({ 'What do you say?': 'leave as it is', 'Whose ballot is it?': 'Resi' }, 'See your ballot before you cast it');
  await edda.sees(/Is this the ballot of Resi\?[^]*Resi says:\s+leave as it is[^]*another member has signed the same/);
  await edda.press('Cast this ballot');
  await edda.sees(/It waits for 1 more to sign the same/);
  await karl.sees(/For Resi: waits for another signature: votes on proposal \d+[^]*leave as it is/, '');
  await karl.answer('For Resi', 'Sign it too');
  await karl.read(`/decisions/${mondays}`);
  assert.equal(await says(karl, 'Mill', 'Ballots'), '1, of 3');
  assert.equal(await says(karl, 'Mill', 'Says'), 'no, as it stands');
  await until(9, karl, `/decisions/${mondays}`, /It did not pass\./);
  await mara.sees(/passed on [^]*It passed\.[^]*How it came out[^]*the oven room/, `/decisions/${walls}`);
});

test('two programs find the record as it was lived', async () => {
  const { Mara: mara } = people;
  const address = (await mara.read('/record')).match(/artel record verify (\S+)/)[1];
  const { stdout: verified } = await run(ARTEL, ['record', 'verify', address]);
  assert.match(verified, /the record of `Three by the Water` holds: \d+ entries, every signature, hash, act and invariant/);

  const answer = await fetch(await mara.page.getByRole('link', { name: 'The whole record' }).evaluate((a) => a.href));
  const file = path.join(founders.program.folder, 'three.artel');
  await writeFile(file, Buffer.from(await answer.arrayBuffer()));
  const { stdout: copy } = await run(ARTEL, ['record', 'verify', file]);
  assert.match(copy, /every signature, hash, act and invariant/);
  const { stdout: recounted } = await run('python3', [RECOUNT, file]);
  assert.match(recounted, /1 records recounted: \d+ signatures, 4 polls closed, 3 passed/);
});
