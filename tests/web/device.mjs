// A person's device: makes keys and signs statements with WebCrypto, as a browser does.

import { webcrypto } from 'node:crypto';

const { subtle } = webcrypto;

export function hex(bytes) {
  return Buffer.from(bytes).toString('hex');
}

export function random(length) {
  return hex(webcrypto.getRandomValues(new Uint8Array(length)));
}

/** The name of a statement, by which later statements name what it made. */
export async function statementId(text) {
  return hex(await subtle.digest('SHA-256', Buffer.from(text)));
}

export class Device {
  static async make(federation) {
    const device = new Device();
    const pair = await subtle.generateKey('Ed25519', false, ['sign', 'verify']);
    device.secret = pair.privateKey;
    device.key = hex(await subtle.exportKey('raw', pair.publicKey));
    device.person = random(16);
    device.federation = federation;
    device.serial = 0;
    return device;
  }

  /** The statement that an act becomes; its bytes are whatever JSON the device writes. */
  statement(act, time) {
    this.serial += 1;
    const { federation, person, key, serial } = this;
    return { form: 1, federation, person, key, serial, seen: null, time, act };
  }

  async sign(text) {
    const signature = hex(await subtle.sign('Ed25519', this.secret, Buffer.from(text)));
    return { statement: text, key: this.key, signature };
  }
}
