import { expect, it } from 'vitest';
import { EXAMPLE, parseAnswer } from '../../../src/engine/criu/answer.js';

it('what the launcher says is like the example', () => {
  const answer = { ...EXAMPLE, environment: ['A=1', 'B='] };
  expect(parseAnswer(JSON.stringify(answer))).toEqual(answer);
});

it('what the dump agent says is passed on', () => {
  expect(parseAnswer('{"status":"resumed"}')).toEqual({ status: 'resumed' });
  const failed = { status: 'failed', code: 'ERR_TUBTHUMP_DUMP', message: 'm', log: 'l' };
  expect(parseAnswer(JSON.stringify(failed))).toEqual(failed);
});
