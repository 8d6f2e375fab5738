// Somebody who is alone in her unit loses her key, and gets a new one from helpers whom she has named.
// On phones and without JavaScript.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Founders } from './founders.mjs';
import { Person } from './person.mjs';

let founders;
let people;
/** She who has lost her key, at the door. */
let lost;
/** The page of her new key, and the link on it that she sends to her helpers. */
let newKey, toHelpers;

before(async () => {
  founders = await Founders.begin();
  people = founders.people;
  await founders.found('Three by the Water', { Bakery: ['Mara', 'Tomas'], Mill: ['Karl'], Orchard: ['Ines'] });
});
after(() => founders?.end());

test('helpers are named while the key is there', async () => {
  const { Ines: ines } = people;
  await ines.read('/me');
  await ines.sees(/If you lose all your keys\s+Nobody can help you to a new key yet/);
  await ines.press('Name three people at least');
  await ines.fill({ 'Helper 1': 'Mara', 'Helper 2': 'Mara', 'Helper 3': 'Karl' }, 'Name these helpers');
  await ines.sees(/3 to 9 helpers, each once, found 3 names of 2 different people/);
  assert.doesNotMatch(await ines.says(), /Recorded as entry/, 'the same person twice');
  await ines.fill({ 'Helper 1': 'Mara', 'Helper 2': 'Tomas', 'Helper 3': 'Karl' }, 'Name these helpers');
  await ines.sees(/Recorded as entry/);
  await ines.sees(/These people can sign a new key for you:\s+(Mara|Tomas|Karl), (Mara|Tomas|Karl), (Mara|Tomas|Karl); it takes 2 of them\./, '/me');
});

test('without any key she makes a new one at the door, and hands it to her helpers', async () => {
  lost = await Person.stranger(founders.browser, founders.program);
  await lost.read('/');
  await lost.press('Sign in');
  await lost.press('I have lost my keys in Three by the Water');
  await lost.sees(/Make a new key[^]*Hand it to your helpers[^]*it comes into use after two days/);
  await lost.fill({ 'Name to sign in with': 'Ines anew', Passphrase: 'apples in the attic' }, 'Make a key here');
  await lost.sees(/No helper has signed this key yet\. Hand it to your helpers/);
  assert.equal(await lost.page.locator('svg.qr').count(), 1, 'the link is there as a picture to scan');
  newKey = lost.page.url();
  toHelpers = await lost.page.locator('p.code a').getAttribute('href');
  await lost.page.goto(founders.program.address);
  assert.equal(await lost.page.getByText('you are a member').count(), 0, 'she is nobody until they have signed');
});

/** The key, as its owner reads it from her page. */
async function readAloud() {
  await lost.page.goto(newKey);
  return (await lost.page.locator('p.code').last().innerText()).trim();
}

test('helpers compare the key and sign it, one by the link and one from their first page', async () => {
  const { Mara: mara, Tomas: tomas, Karl: karl } = people;
  await mara.page.goto(toHelpers);
  await mara.sees(new RegExp(`Let them read their key to you, and compare every group: ${await readAloud()}`));
  await mara.fill({ 'For whom?': 'Ines' }, 'Sign the new key');
  await mara.sees(/Recorded as entry \d+/);
  await lost.page.goto(newKey);
  await lost.sees(/1 of 2 helpers have signed/);

  await karl.sees(/Ines has lost their keys, and you are a helper/, '');
  await karl.answer('Ines has lost their keys', 'Look at it and sign');
  await karl.press('Sign the new key');
  await karl.sees(/Recorded as entry/);
  await lost.page.goto(newKey);
  await lost.sees(/Enough helpers have signed; it comes into use after[^]*You have nothing to do until then/);
  await tomas.sees(/Nothing waits for you|Waits for you/, '');
  assert.equal(await (await tomas.waiting('lost their keys')).count(), 0, 'nobody else need sign');
});

test('after two days the new key is in use, and the old one is not', async () => {
  const { Ines: old, Mara: mara } = people;
  await old.sees(/A new key is to replace all yours[^]*Did you ask for it\?/, '');
  await founders.until(4, lost, newKey.replace(lost.base, ''), /Your new key is in use since/);
  await lost.press('Sign in');
  await lost.fill({ 'Name to sign in with': 'Ines anew', Passphrase: 'apples in the attic' }, 'Sign in');
  const ines = lost;
  ines.base = old.base;
  await ines.sees(/Waits for you/, '');
  await ines.act('describe-unit', { 'Where is it?': 'Hill Road' }, 'Save');
  await ines.sees(/kept by you by this node|kept for you by this node/, '/me');

  await old.open('/do/describe-unit');
  await old.sees(/You are signed in, and that sign-in is no member[^]*with the name that you chose/);
  await mara.sees(/Orchard\s+Hill Road/, '/directory');
});
