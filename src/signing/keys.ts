import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { TubthumpError } from '../errors/index.js';

/**
 * An Ed25519 key of a PEM file, such as `openssl genpkey -algorithm ed25519` makes.
 * @throws TubthumpError ERR_TUBTHUMP_USAGE when there is none in the file
 */
export async function readKey(path: string, type: 'private' | 'public'): Promise<KeyObject> {
  try {
    const pem = await readFile(path, 'utf8');
    const key = type === 'private' ? createPrivateKey(pem) : createPublicKey(pem);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch (cause) {
    throw noKey(path, type, cause);
  }
  throw noKey(path, type);
}

function noKey(path: string, type: string, cause?: unknown): TubthumpError {
  const details = cause === undefined ? {} : { cause };
  const message = `${path} holds no Ed25519 ${type} key in PEM`;
  return new TubthumpError('ERR_TUBTHUMP_USAGE', message, details);
}
