import { describe, expect, it } from 'vitest';
import { parsePolicy } from '../../src/policy/parse.js';

const parse = (text: string) => parsePolicy(text, 'app.policy');

describe('a policy file', () => {
  it('has one rule a line, comments and empty lines', () => {
    const text = `
# The pool reconnects by itself.
close   kind=tcp-connected remote=*:5432

reopen  path="/var/log/my app/*.log"   # rotated
ignore  fd=17 kind=file,fifo
`;
    expect(parse(text)).toEqual([
      { action: 'close', kind: ['tcp-connected'], remote: '*:5432', place: 'app.policy:3' },
      { action: 'reopen', path: '/var/log/my app/*.log', place: 'app.policy:5' },
      { action: 'ignore', fd: 17, kind: ['file', 'fifo'], place: 'app.policy:6' },
    ]);
  });

  it('may be empty', () => {
    expect(parse('')).toEqual([]);
    expect(parse('# nothing\n\n')).toEqual([]);
  });

  it('takes quotes and backslashes within quotes', () => {
    expect(parse('keep path="/a \\"b\\" \\\\c#d"')[0]?.path).toBe('/a "b" \\c#d');
  });

  it.each([
    ['clsoe kind=file', 'unknown action `clsoe`; did you mean `close`?'],
    ['forget kind=file', 'unknown action `forget`; known are refuse, close, reopen, keep, ignore'],
    ['close kind=fiel', 'unknown kind `fiel`; did you mean `file`?'],
    ['close knd=file', 'unknown criterion `knd`; did you mean `kind`?'],
    ['close file', 'expected NAME=VALUE, not `file`'],
    ['kind=file close', 'a rule begins with its action'],
    ['close fd=1', '`fd` takes a number above 2 (stdio is taken care of), not 1'],
    ['close fd=x', "`fd` takes a number above 2 (stdio is taken care of), not 'x'"],
    ['close remote=5432', '`remote` takes ADDRESS:PORT, where each may be *, not `5432`'],
    ['close kind=file kind=fifo', '`kind` is there twice'],
    ['close path=""', "`path` takes a non-empty string, not ''"],
    ['reopen kind=tcp-connected', 'a tcp-connected cannot be reopened'],
    ['reopen kind=worker', 'a worker cannot be reopened'],
    ['close kind=epoll', 'a epoll cannot be closed'],
    ['close kind=pipe', 'Node has pipes of its own: name the one to close by fd=N'],
  ])('that says `%s` is refused with its line and rule', (rule, fault) => {
    const error = thrownBy(() => parse(`# first line\n\n${rule}  # why\n`));
    expect(error).toMatchObject({ code: 'ERR_TUBTHUMP_POLICY' });
    expect(error.message).toContain(`app.policy:3: ${fault}`);
    expect(error.message).toContain(rule);
  });

  it('may close what Node has too, by number', () => {
    expect(parse('close kind=pipe fd=30')).toHaveLength(1);
  });
});

function thrownBy(action: () => unknown): Error {
  try {
    action();
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was thrown');
}
