import { ok } from '../../doctor/check.js';
import { readKey } from '../../signing/keys.js';
import { checkSignature } from '../../signing/sign.js';
import { SIGNATURE_FILE } from '../../signing/statement.js';
import type { ImageCheck } from '../check.js';

export const signature: ImageCheck = {
  name: 'signature',
  async examine({ stored, publicKey }) {
    if (publicKey === undefined) {
      const isSigned = (await stored.names()).includes(SIGNATURE_FILE);
      return ok(isSigned ? 'there is one: --require-signature FILE checks it' : 'not signed');
    }
    await checkSignature(stored.path, await readKey(publicKey, 'public'));
    return ok('every file is as it was signed');
  },
};
