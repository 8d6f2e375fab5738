// Schemathesis sends what the OpenAPI document allows and what it forbids, and finds nothing.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { start } from './program.mjs';

const long = process.env.ARTEL_TEST_LONG === '1';
const examples = long ? 500 : 20;

/** What ends what the other requests need comes last. */
const ENDINGS = ['sign-out'];

/** Where the number that is known would take the place of one that is wrong on purpose, and be answered. */
const ANSWERED = ['show-answer'];

let program, token;
before(async () => {
  program = await start('demo');
  token = await signIn();
  const [id] = (await (await fetch(`${program.address}/api/v1/federations`)).json()).federations;
  const known = `[parameters]\n"path.federation" = "${id.federation}"\n"path.number" = 1\n`;
  await writeFile(path.join(program.folder, 'schemathesis.toml'), known);
});
after(() => program?.stop());

/** The token of a session as the first person of the sample federation. */
async function signIn() {
  const page = await (await fetch(`${program.address}/demo`)).text();
  const given = (name) => page.match(new RegExp(`name="${name}" value="(.+?)"`))[1];
  const body = new URLSearchParams({ token: '', federation: given('federation'), person: given('person') });
  const answer = await fetch(`${program.address}/demo/act-as`, { method: 'POST', body, redirect: 'manual' });
  return answer.headers.get('set-cookie').match(/artel=([^;]+)/)[1];
}

/** Runs it in a folder of its own, where it may leave what it remembers. */
function schemathesis(...options) {
  const given = ['run', `${program.address}/api/v1/openapi.json`, '-H', `Authorization: Bearer ${token}`];
  const bounds = ['-n', String(examples), '--seed', '42', '--workers', '2', '--no-color'];
  const run = spawn('schemathesis', [...given, ...bounds, ...options], {
    cwd: program.folder,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return new Promise((resolve) => run.once('exit', resolve));
}

test('the interface answers as its document says', async () => {
  const excluded = [...ENDINGS, ...ANSWERED].flatMap((id) => ['--exclude-operation-id', id]);
  assert.equal(await schemathesis('--phases', 'examples,coverage,fuzzing', ...excluded), 0);
  const answered = ANSWERED.flatMap((id) => ['--include-operation-id', id]);
  assert.equal(await schemathesis('--mode', 'positive', '--phases', 'examples,coverage,fuzzing', ...answered), 0);
  const included = ENDINGS.flatMap((id) => ['--include-operation-id', id]);
  assert.equal(await schemathesis('--phases', 'examples,coverage', ...included), 0);
});
