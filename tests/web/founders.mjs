// People who found a federation of their own at a node without the sample, and live in it.

import { launch, visitor } from './browser.mjs';
import { daysUntil, pass, Person } from './person.mjs';
import { start } from './program.mjs';

export class Founders {
  /** The people by their names. */
  people = {};

  /** A node, a browser, and whoever lets time pass there. */
  static async begin() {
    const founders = new Founders();
    founders.program = await start('demo', '--empty');
    founders.browser = await launch();
    founders.passer = await visitor(founders.browser);
    return founders;
  }

  async end() {
    await this.browser.close();
    await this.program.stop();
  }

  /** Founds a federation of units with these members; the first of all founds it. */
  async found(name, units) {
    const [[own, [first, ...others]], ...further] = Object.entries(units);
    const row = (unit, members) => `${unit}; ${members.length}`;
    const founder = await Person.stranger(this.browser, this.program);
    await founder.enter(`${this.program.address}/found`, {
      'What is the federation called?': name,
      'Who are its units?': 'Units: workshops',
      'Your name': first,
      'Your unit': row(own, units[own]),
      'The others, one a line': further.map(([unit, members]) => row(unit, members)).join('\n'),
      'Who may read?': 'Anybody may read',
      ...this.signIn(first),
    }, 'Found it');
    this.people[first] = founder;
    for (const [unit, members] of further) await this.join(members[0], founder, unit);
    await this.admitAll(founder, others);
    for (const [, [inviting, ...more]] of further) await this.admitAll(this.people[inviting], more);
  }

  signIn(name) {
    return { 'Name to sign in with': name, Passphrase: 'bread, water and three wheels' };
  }

  /** Somebody joins with the link that another has for them. */
  async join(name, inviting, label) {
    await inviting.open('/unit/invites');
    const invite = inviting.page.locator('section.card', { hasText: `For ${label}` });
    const link = await invite.getByRole('link').getAttribute('href');
    const person = await Person.stranger(this.browser, this.program);
    await person.enter(link, { 'Your name': name, ...this.signIn(name) }, 'Join');
    this.people[name] = person;
  }

  /** A member invites others; once there are two, both sign for each further one. */
  async admitAll(inviting, names) {
    for (const [place, name] of names.entries()) {
      await this.admit(inviting, name, this.people[names[place - 1]]);
    }
  }

  /** A member invites another, who joins with the link when a second has signed, if that is needed. */
  async admit(inviting, name, second) {
    await inviting.act('admit-member', { 'Who is it?': name, 'How?': 'With a link' }, 'Go on');
    if (second) await second.answer('invites a member', 'Sign it too');
    await this.join(name, inviting, name);
  }

  /** Somebody founds a unit of their own and joins with it. */
  async newcomer(name, unit) {
    const person = await Person.stranger(this.browser, this.program);
    const { base } = Object.values(this.people)[0];
    await person.enter(`${base}/join`, {
      'What is your unit called?': unit,
      'Your name': name,
      ...this.signIn(name),
    }, 'Sign the pact');
    this.people[name] = person;
  }

  /** Lets days pass until somebody's page has these words. */
  until(days, person, page, words) {
    return daysUntil(days, this.passer, this.program, async () => {
      await person.open(page);
      return words.test(await person.says());
    });
  }

  async weeks(count) {
    for (let week = 0; week < count; week += 1) await pass('week', this.passer, this.program);
  }

  /** Somebody looks at a ballot in full words, and casts it. */
  async vote(name, proposal, option, reason = '') {
    const person = this.people[name];
    await person.open(`/decisions/${proposal}`);
    await person.fill({ 'What do you say?': option, 'Why?': reason }, 'See your ballot before you cast it');
    await person.sees(new RegExp(`Is this your ballot\\?[^]*You say:\\s+${option}[^]*${reason}`));
    await person.press('Cast this ballot');
    await person.sees(/Recorded as entry/);
    await person.sees(new RegExp(`Your ballot\\s+Your vote is counted[^]*${option}[^]*Vote otherwise`));
  }
}
