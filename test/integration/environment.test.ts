import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { end, exitOf, launch, temporaryDirectory } from './harness.js';
import { imageOf, startState, stateOf } from './state.js';

describe('a restore', () => {
  it('gives the copy user, group, directory, umask, title and time zone', async () => {
    const service = await startState({ TZ: 'UTC' });
    const before = await stateOf(service.port);
    expect(before).toMatchObject({ user: 0, hour: 12 });
    const images = await imageOf(service);
    const cwd = temporaryDirectory();
    const copy = launch(
      ['restore', '--cwd', cwd, '--umask', '27', '--title', 'a copy', images].concat([
        '--user',
        'nobody',
        '--group',
        '65534',
        '--env',
        'TZ=Asia/Tokyo',
      ]),
    );
    expect(await stateOf(service.port)).toMatchObject({
      ...{ user: 65_534, group: 65_534, groups: [65_534] },
      ...{ cwd, umask: '27', title: 'a copy', hour: 21 },
    });
    expect(readFileSync(`/proc/${before.pid}/cmdline`, 'latin1')).toContain('a copy');
    await end(copy.child);

    // Without being told it stays as it was.
    const same = launch(['restore', images], { TZ: 'UTC' });
    const { user, group, groups, cwd: directory, umask, title, hour } = before;
    expect(await stateOf(service.port)).toMatchObject({
      ...{ user, group, groups, cwd: directory, umask, title, hour },
    });
    await end(same.child);
  });

  it('ends the copy when it cannot become who it is to be', async () => {
    const images = await imageOf(await startState());
    const copy = launch(['restore', images, '--user', 'nobody-of-this-name']);
    expect(await exitOf(copy.child)).toMatchObject({ status: 70 });
    expect(copy.output()).toContain('TUBTHUMP_USER=nobody-of-this-name cannot be applied');
  });

  it('with a directory that is not there is a RestoreError, which ends a strict copy', async () => {
    const images = await imageOf(await startState());
    const cwd = `/${basename(images)}/nowhere`;
    const copy = launch(['restore', images, '--cwd', cwd, '--strict']);
    expect(await exitOf(copy.child)).toMatchObject({ status: 70 });
    expect(copy.output()).toContain(`runtime/environment: TUBTHUMP_CWD=${cwd} cannot be applied`);
  });

  it('tells hooks which variables changed, by name', async () => {
    const service = await startState({ STAYS: '1', CHANGES: '1', GOES: '1' });
    const images = await imageOf(service);
    const copy = launch(['restore', images], { STAYS: '1', CHANGES: '2', COMES: '1' });
    const { info, environment } = await stateOf(service.port);
    expect(info?.environment).toEqual({
      added: ['COMES'],
      changed: ['CHANGES'],
      removed: ['GOES'],
    });
    expect(environment).toMatchObject({ STAYS: '1', CHANGES: '2', COMES: '1' });
    await end(copy.child);
  });
});
