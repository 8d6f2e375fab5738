// The program under test: started on a free port in a folder of its own, and ended by its own id.

import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export const ARTEL = process.env.ARTEL ?? fileURLToPath(new URL('../../target/debug/artel', import.meta.url));

/** Starts `artel ARGUMENTS…` and gives its address once it has printed one. */
export async function start(...given) {
  const folder = await mkdtemp(path.join(tmpdir(), 'artel-web-'));
  const program = spawn(ARTEL, [...given, '--listen', '127.0.0.1:0'], {
    cwd: folder,
    env: { ...process.env, ARTEL_DIRECTORY: folder, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => program.once('exit', resolve));
  const address = await new Promise((resolve, reject) => {
    createInterface({ input: program.stdout }).on('line', (line) => {
      const found = line.match(/http:\/\/127\.0\.0\.1:\d+/);
      if (found) resolve(found[0]);
    });
    ended.then((code) => reject(new Error(`artel ended with ${code} before it printed an address`)));
  });
  const stop = async () => {
    program.kill('SIGTERM');
    await ended;
    await rm(folder, { recursive: true });
  };
  return { address, folder, stop };
}

/** Becomes a person of the sample federation; without a name, the first there is. */
export async function actAs(page, address, name = '') {
  await page.goto(`${address}/demo`);
  const button = page.getByRole('button', { name: `Act as ${name}`.trim() }).first();
  await Promise.all([page.waitForEvent('load'), button.click()]);
}
