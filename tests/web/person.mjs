// Somebody at the sample federation, who reads the pages and presses what stands there.

import assert from 'node:assert/strict';
import { assertSound, visitor } from './browser.mjs';
import { actAs } from './program.mjs';

export class Person {
  static async become(browser, program, name, options) {
    const person = new Person();
    person.page = await visitor(browser, options);
    person.program = program;
    await actAs(person.page, program.address, name);
    person.base = person.page.url().replace(/\/$/, '');
    return person;
  }

  /** Somebody whom nobody here knows yet, before the doors of the node. */
  static async stranger(browser, program, options) {
    const person = new Person();
    person.page = await visitor(browser, options);
    person.program = program;
    person.base = program.address;
    return person;
  }

  /** Comes in by a form, and is in a federation from then on. */
  async enter(link, answers, button) {
    await this.page.goto(link);
    await this.fill(answers, button);
    this.base = await this.page.locator('header a.name').evaluate((name) => name.href);
  }

  async open(path) {
    await this.page.goto(`${this.base}${path}`);
  }

  /** Opens a page, which must be sound, and gives what it says. */
  async read(path) {
    await this.open(path);
    await assertSound(this.page);
    return this.says();
  }

  /** What the page says. */
  says() {
    return this.page.locator('main').innerText();
  }

  /** What a page says must have these words in it. */
  async sees(words, path) {
    const says = path === undefined ? await this.says() : await this.read(path);
    assert.match(says, words, `${this.page.url()} says:\n${says}`);
  }

  /** Opens what is folded away under these words. */
  async unfold(words) {
    await this.page.locator('summary', { hasText: words }).first().click();
  }

  /** Presses a button or follows a link; everything it leads to must be sound. */
  async press(name, within = this.page.locator('main')) {
    const named = { name, exact: true };
    const pressed = within.getByRole('button', named).or(within.getByRole('link', named)).first();
    await Promise.all([this.page.waitForEvent('load'), pressed.click()]);
    await assertSound(this.page);
  }

  /** Fills in the form on the page by its labels, and sends it. */
  async fill(answers, button) {
    for (const [label, answer] of Object.entries(answers)) {
      const group = this.page.getByRole('group', { name: label, exact: true });
      if (label !== '' && (await group.count()) > 0) {
        await group.getByRole('radio', { name: answer }).first().check();
        continue;
      }
      const radio = this.page.getByRole('radio', { name: answer });
      if (label === '') {
        await radio.check();
        continue;
      }
      const exact = this.page.getByLabel(label, { exact: true });
      const field = ((await exact.count()) > 0 ? exact : this.page.getByLabel(label)).first();
      if ((await field.evaluate((element) => element.tagName)) === 'SELECT') {
        const option = field.locator('option', { hasText: answer }).first();
        await field.selectOption(await option.getAttribute('value'));
      } else {
        await field.fill(answer);
      }
    }
    await this.press(button);
  }

  /** Does an act by its form. */
  async act(name, answers, button) {
    await this.open(`/do/${name}`);
    await this.fill(answers, button);
    await this.assertDone();
  }

  async assertDone() {
    const says = await this.page.locator('main').innerText();
    assert.match(says, /Recorded as entry \d+/, says.slice(0, 400));
  }

  /** What waits for this person, as the cards on their page Today. */
  async waiting(words) {
    await this.open('');
    return this.page.locator('section.card', { hasText: words });
  }

  /** Presses a button on the first card of Today that has these words. */
  async answer(words, button) {
    const cards = await this.waiting(words);
    await this.press(button, cards.first());
  }

  /** The number that stands below a name on a unit's page. */
  async hours(unit, name) {
    await this.open(unit);
    const text = await this.page.locator('main').innerText();
    const found = text.match(new RegExp(`${name}\\s+([−-]?\\d+:\\d\\d(:\\d\\d)?)`));
    assert.ok(found, `${name} stands on ${unit}`);
    const [hours, minutes, seconds = 0] = found[1].replace(/[−-]/, '').split(':').map(Number);
    return (/^[−-]/.test(found[1]) ? -1 : 1) * (hours * 3600 + minutes * 60 + seconds);
  }

  /** How many entries this copy of the record has. */
  async entries() {
    const text = await this.page.locator('footer').innerText();
    return Number(text.match(/(\d+) entries/)[1]);
  }
}

/** Lets a day or a week pass at the node. */
export async function pass(what, visitor, program) {
  await visitor.goto(`${program.address}/demo`);
  await visitor.getByRole('button', { name: `Let a ${what} pass` }).click();
}

/** Lets time pass at the node, a day at a time, until something holds; at most so many days. */
export async function daysUntil(days, visitor, program, holds) {
  for (let day = 0; day < days; day += 1) {
    if (await holds()) return;
    await pass('day', visitor, program);
  }
  assert.fail(`it did not come to that in ${days} days`);
}
