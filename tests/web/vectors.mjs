// Prints statements signed with WebCrypto, in JSON written in several ways: a short record that
// every verifier accepts. Kept in vectors.json; made again by
//   node tests/web/vectors.mjs > tests/web/vectors.json

import { Device, random, statementId } from './device.mjs';

const TIME = 1_767_225_600;
const federation = random(32);
const ada = await Device.make(federation);
const ben = await Device.make(federation);
const said = [];

async function say(device, act, write = JSON.stringify) {
  const text = write(device.statement(act, TIME + said.length));
  said.push(await device.sign(text));
  return statementId(text);
}

const indented = (value) => JSON.stringify(value, null, 2);
const turned = (value) => JSON.stringify(Object.fromEntries(Object.entries(value).reverse()));
const escaped = (value) =>
  JSON.stringify(value).replace(/[^ -~]/gu, (letter) =>
    [...Array(letter.length).keys()]
      .map((at) => `\\u${letter.charCodeAt(at).toString(16).padStart(4, '0')}`)
      .join(''));

const row = (device, name) => ({
  name,
  place: '',
  counted_members: 3,
  base: 216_000,
  opening: 0,
  members: [{ person: device.person, key: { key: device.key, held_by: 'device' }, about: null }],
});
const pact = {
  ceiling_per_member: 288_000,
  round_every_hours: 168,
  round_open_hours: 96,
  answer_hours: 48,
  notice_days: 7,
  majority: 'more-than-half',
  pact_majority: 'two-thirds',
  reading: 'public',
  essentials: [],
  order: ['nearness', 'memory'],
};

const founding = await say(ada, {
  found: { name: 'Två verkstäder', pact, rows: [row(ada, 'Bäckerei'), row(ben, 'ремонт')], host: ada.person },
});
await say(ada, { 'describe-unit': { place: 'Mill Lane', area: 'valley/mill', description: 'Bread.\nOn weekdays.' } }, indented);
await say(ben, { 'sign-pact': { founding: { unit: `${founding}.1` } } }, turned);
const bread = await say(ada, {
  'propose-specification': {
    name: '面包 🍞',
    nature: 'good',
    measure: { name: 'kg', decimals: 3 },
    clauses: ['baked on the day', 'at most 2 % salt'],
    about: 'a "plain" loaf \\ no seeds',
  },
}, escaped);
const asked = await say(ada, {
  'ask-value': { version: bread, value: 1800, reasons: 'half an hour of work in each kilogram' },
});
await say(ben, {
  need: {
    versions: [asked],
    quantity: 2500,
    value_max: 1800,
    stands_for: 'both',
    consent: 'ask',
    every_days: 7,
    from: null,
    until: null,
    area: null,
  },
});
await say(ada, { leave: {} });

console.log(JSON.stringify(said, null, 2));
