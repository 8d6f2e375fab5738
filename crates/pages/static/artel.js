// What a browser adds where it can: a key of the device's own, which no machine but this one can
// use. Every page works without this file.
'use strict';

(() => {
  const algorithm = 'Ed25519';
  const encoder = new TextEncoder();

  const hex = (bytes) =>
    Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');

  // The keys of this device, by federation. The private halves cannot be read out, only used.
  function store() {
    return new Promise((resolve, reject) => {
      const opening = indexedDB.open('artel', 1);
      opening.onupgradeneeded = () => opening.result.createObjectStore('keys', { keyPath: 'federation' });
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error);
    });
  }

  async function inStore(mode, ask) {
    const database = await store();
    return new Promise((resolve, reject) => {
      const asked = ask(database.transaction('keys', mode).objectStore('keys'));
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error);
    });
  }

  const keys = () => inStore('readonly', (rows) => rows.getAll());
  const keep = (row) => inStore('readwrite', (rows) => rows.put(row));

  const base = () => {
    const found = /^\/f\/[0-9a-f]+/.exec(location.pathname);
    return found ? found[0] : '';
  };

  // The key for the federation of this page: addresses carry the beginning of its id.
  async function keyHere() {
    const beginning = base().slice(3);
    const rows = beginning ? await keys() : [];
    // One that waits for helpers signs nothing yet.
    return rows.find((row) => row.federation.startsWith(beginning) && !row.waits);
  }

  async function sign(row, text) {
    return hex(await crypto.subtle.sign(algorithm, row.secret, encoder.encode(text)));
  }

  function say(message) {
    document.querySelector('#said')?.remove();
    const box = document.createElement('div');
    box.id = 'said';
    box.className = 'notice refused';
    box.setAttribute('role', 'alert');
    const line = document.createElement('p');
    line.textContent = message;
    box.append(line);
    document.querySelector('main').prepend(box);
    box.scrollIntoView({ block: 'center' });
  }

  async function post(address, body, headers) {
    return fetch(address, { method: 'POST', body, headers, credentials: 'same-origin' });
  }

  async function postJson(address, value) {
    const answer = await post(address, JSON.stringify(value), { 'content-type': 'application/json' });
    const said = await answer.json();
    if (!answer.ok) throw new Error(said.message);
    return said;
  }

  const pageOf = { contract: 'contracts', specification: 'specifications', round: 'rounds', planned: 'rounds' };

  // Fills in what the server cannot know, signs it, and hands it in.
  async function act(form, row) {
    const fields = new URLSearchParams(new FormData(form));
    fields.set('device_key', row.key);
    const answer = await post(form.action, fields, { accept: 'application/json' });
    if (!(answer.headers.get('content-type') ?? '').startsWith('application/json')) {
      return showAnswer(await answer.text());
    }
    const { statement, bodies, annex, after } = await answer.json();
    statement.time = Math.floor(Date.now() / 1000);
    const text = JSON.stringify(statement);
    const signature = await sign(row, text);
    const address = `/api/v1/f/${row.federation}/statements`;
    const { entry, outcome } = await postJson(address, { statement: text, signature, bodies, annex });
    const room = pageOf[outcome?.effect];
    const path = room && outcome.number !== null ? `/${room}/${outcome.number}` : after;
    const waits = outcome?.effect === 'gathering' ? `&waits=${outcome.needed - outcome.signed}` : '';
    location.assign(`${base()}${path}?entry=${entry}${waits}`);
  }

  // The server's own page, with what is wrong in the form.
  function showAnswer(page) {
    const found = new DOMParser().parseFromString(page, 'text/html').querySelector('main');
    document.querySelector('main').replaceWith(found);
    found.querySelector('[role=alert]')?.scrollIntoView({ block: 'center' });
  }

  async function erase(form, row) {
    const text = JSON.stringify({
      form: 1,
      federation: row.federation,
      person: row.person,
      key: row.key,
      time: Math.floor(Date.now() / 1000),
      erase: form.dataset.erase,
    });
    const fields = new URLSearchParams(new FormData(form));
    fields.set('erasure', text);
    fields.set('signature', await sign(row, text));
    const answer = await post(`${form.action}/signed`, fields, {});
    if (answer.ok) location.reload();
    else showAnswer(await answer.text());
  }

  // The key that signs here, once it was looked up. Without one, forms go their plain way.
  let own;

  document.addEventListener('submit', (event) => {
    const form = event.target;
    const does = form.dataset.act ? act : form.dataset.erase ? erase : null;
    if (!does || !own) return;
    event.preventDefault();
    does(form, own).catch((error) => say(error.message));
  });

  function button(label, does) {
    const made = document.createElement('button');
    made.type = 'button';
    made.textContent = label;
    made.addEventListener('click', () => {
      made.disabled = true;
      does().catch((error) => {
        made.disabled = false;
        say(error.message);
      });
    });
    return made;
  }

  function line(words) {
    const made = document.createElement('p');
    made.textContent = words;
    return made;
  }

  // A new key: the one that signs now says that it is the person's.
  async function makeKey(place) {
    const pair = await crypto.subtle.generateKey(algorithm, false, ['sign', 'verify']);
    const key = hex(await crypto.subtle.exportKey('raw', pair.publicKey));
    const fields = new URLSearchParams({ token: place.dataset.token, kind: 'device', key });
    const answer = await post(`${place.dataset.base}/do/add-key`, fields, {});
    if (!answer.ok) return showAnswer(await answer.text());
    const { federation, person } = place.dataset;
    await keep({ federation, key, secret: pair.privateKey, person });
    location.assign(answer.url);
  }

  // A new key for somebody who has lost theirs: it waits here until helpers have signed it.
  async function makeNewKey(place) {
    const pair = await crypto.subtle.generateKey(algorithm, false, ['sign', 'verify']);
    const key = hex(await crypto.subtle.exportKey('raw', pair.publicKey));
    const { base: at, federation } = place.dataset;
    await keep({ federation, key, secret: pair.privateKey, person: '', waits: true });
    location.assign(`${at}/recover/${key}?held_by=device`);
  }

  async function offerNewKey(place) {
    const rows = await keys();
    const here = rows.find((row) => row.federation === place.dataset.federation);
    if (here?.waits) {
      const link = document.createElement('a');
      link.href = `${place.dataset.base}/recover/${here.key}?held_by=device`;
      link.textContent = 'The key that you have made here';
      place.append(line('You have made a new key in this browser; it waits for your helpers.'), link);
    } else if (here) {
      place.append(line('This browser has a key for this federation. Sign in with it.'));
    } else {
      place.append(
        line('This browser can make a key that never leaves it. Come back with this browser to use it.'),
        button('Make a new key in this browser', () => makeNewKey(place)),
      );
    }
    place.hidden = false;
  }

  function offerKey(place) {
    if (own) {
      // A key that came by helpers learns here whose it is.
      if (own.person !== place.dataset.person) keep({ ...own, person: place.dataset.person });
      place.append(line('This device signs with a key of its own, which nobody can read out of it.'));
    } else {
      place.append(
        line('This browser can make a key that never leaves it. It then signs what you do here.'),
        button('Make a key in this device', () => makeKey(place)),
      );
    }
    place.hidden = false;
  }

  async function signIn(row, token) {
    const asked = { federation: row.federation, key: row.key };
    const { challenge } = await postJson('/api/v1/challenges', asked);
    const signature = await sign(row, challenge);
    const session = await postJson('/api/v1/sessions/by-device', { challenge, signature });
    await keep({ ...row, waits: false });
    const fields = new URLSearchParams({ token, session: session.token, federation: row.federation });
    const answer = await post('/sign-in/device', fields, {});
    location.assign(answer.url);
  }

  async function offerSignIn(form) {
    const rows = await keys();
    const token = form.querySelector('[name=token]').value;
    for (const row of rows) {
      form.after(button(`Sign in with this device (${row.key.slice(0, 8)}…)`, () => signIn(row, token)));
    }
  }

  async function begin() {
    if (!globalThis.indexedDB || !globalThis.crypto?.subtle) return;
    own = await keyHere();
    const place = document.querySelector('#device');
    if (place) offerKey(place);
    const lost = document.querySelector('#recover');
    if (lost) await offerNewKey(lost);
    const form = document.querySelector('form[action="/sign-in"]');
    if (form) await offerSignIn(form);
  }

  // A browser that keeps nothing, or knows no Ed25519, goes on as one without this file.
  begin().catch(() => {});
})();
