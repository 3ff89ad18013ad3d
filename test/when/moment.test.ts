import { execFileSync, spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseMoment } from '../../src/when/moment.js';

const LAUNCHER = resolve('build/Release/tubthump');

const GOOD = {
  manual: { name: 'manual' },
  'before-listen': { name: 'before-listen' },
  listening: { name: 'listening' },
  ready: { name: 'ready' },
  'requests=1': { name: 'requests', count: 1 },
  'idle=999999999': { name: 'idle', ms: 999_999_999 },
};
const BAD = [
  '',
  'soon',
  'requests',
  'requests=',
  'requests=0',
  'requests=-1',
  'idle=1s',
  'idle=1e3',
];

function run(when: string) {
  const args = ['run', '--images', '/nowhere', '--checkpoint', when, '--', '/bin/true'];
  return spawnSync(LAUNCHER, args, { encoding: 'utf8' });
}

describe('a moment', () => {
  it.each(Object.entries(GOOD))('%s is read alike by library and launcher', (text, moment) => {
    expect(parseMoment(text)).toEqual(moment);
    expect(run(text).status).toBe(0);
  });

  it.each(BAD)('`%s` is refused by both', (text) => {
    expect(parseMoment(text)).toBeUndefined();
    const { status, stderr } = run(text);
    expect(status).toBe(64);
    expect(stderr).toContain(`not \`${text}\``);
  });
});

describe('options that do not go together', () => {
  const without = { ...process.env, TUBTHUMP_IMAGES: '' };

  it.each([
    [['--checkpoint', 'ready'], 'needs --images DIR'],
    [['--signal', 'SIGUSR2'], 'needs --images DIR'],
    [['--images', 'x', '--checkpoint', 'warm'], 'go together'],
    [['--images', 'x', '--checkpoint', 'ready', '--warm', 'http://x/'], 'go together'],
    [['--images', 'x', '--until', 'stable'], 'need --checkpoint warm'],
    [['--until', 'later'], '--until takes `stable`'],
    [['--signal', 'SIGKILL'], '--signal takes SIGUSR2 or SIGHUP'],
    [['--exit'], '--exit needs'],
  ])('run %j', (args, text) => {
    const result = spawnSync(LAUNCHER, ['run', ...args, '--', '/bin/true'], {
      encoding: 'utf8',
      env: without,
    });
    expect(result.stderr).toContain(text);
    expect(result.status).toBe(64);
  });

  it('restore takes none of them', () => {
    const help = execFileSync(LAUNCHER, ['restore', '--help'], { encoding: 'utf8' });
    expect(help).not.toContain('--checkpoint');
    const { status, stderr } = spawnSync(LAUNCHER, ['restore', '--checkpoint', 'ready', 'x'], {
      encoding: 'utf8',
    });
    expect(stderr).toContain('unknown option `--checkpoint`');
    expect(status).toBe(64);
  });
});
