import { type KeyObject, sign, verify } from 'node:crypto';
import { TubthumpError } from '../errors/index.js';
import type { SignedFile } from './digest.js';

/** The file that holds a statement; native/core/signature/statement.h describes its lines. */
export const SIGNATURE_FILE = 'signature';
const HEADER = 'tubthump signature 1';

/** What the holder of a key says about an image. */
export interface Statement {
  readonly imageId: string;
  readonly files: readonly SignedFile[];
}

export function signStatement({ imageId, files }: Statement, key: KeyObject): string {
  const lines = files.map(({ digest, size, name }) => `${digest} ${size} ${name}`);
  const body = [`image ${imageId}`, ...lines, ''].join('\n');
  const signature = sign(null, Buffer.from(body), key).toString('hex');
  return `${HEADER}\n${signature}\n${body}`;
}

/** @throws TubthumpError ERR_TUBTHUMP_IMAGE_UNTRUSTED when it was not signed with that key */
export function verifyStatement(text: string, key: KeyObject): Statement {
  const match = /^(.*)\n([0-9a-f]{128})\n([\s\S]*)$/.exec(text);
  if (!match || match[1] !== HEADER) throw untrusted('the signature is malformed');
  const [, , signature = '', body = ''] = match;
  if (!verify(null, Buffer.from(body), key, Buffer.from(signature, 'hex'))) {
    throw untrusted('the image was not signed with the key that is required');
  }
  const [image = '', ...lines] = body.split('\n').slice(0, -1);
  return { imageId: image.replace(/^image /, ''), files: lines.map(parseLine) };
}

function parseLine(line: string): SignedFile {
  const match = /^([0-9a-f]{128}) (\d{1,15}) ([^/]+)$/.exec(line);
  if (!match) throw untrusted('the signature is malformed');
  const [, digest = '', size = '', name = ''] = match;
  return { digest, size: Number(size), name };
}

export function untrusted(message: string): TubthumpError {
  return new TubthumpError('ERR_TUBTHUMP_IMAGE_UNTRUSTED', message);
}
