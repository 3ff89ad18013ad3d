import { randomBytes, randomInt, randomUUID, webcrypto } from 'node:crypto';

/** What every generator of this process gives next, as text; long enough never to agree by chance. */
export async function draw(): Promise<Readonly<Record<string, string>>> {
  const key = await webcrypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, true, [
    'encrypt',
  ]);
  const numbers = (next: () => number) => Array.from({ length: 4 }, next).join();
  return {
    'crypto.randomBytes': randomBytes(16).toString('hex'),
    'crypto.randomUUID': randomUUID(),
    'crypto.randomInt': numbers(() => randomInt(2 ** 47)),
    'crypto.getRandomValues': hex(webcrypto.getRandomValues(new Uint8Array(16))),
    'crypto.subtle.generateKey': hex(await webcrypto.subtle.exportKey('raw', key)),
    'Math.random': numbers(() => Math.random()),
  };
}

function hex(bytes: ArrayBuffer | Uint8Array): string {
  return Buffer.from(bytes as Uint8Array).toString('hex');
}
