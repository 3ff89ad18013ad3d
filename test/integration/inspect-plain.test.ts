import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { inspect } from '../../src/inspect/report.js';
import { CriuClient } from '../../src/rpc/index.js';
import { realCriu, temporaryDirectory } from '../criu/fixtures.js';
import { startPerl } from './criu-trees.js';
import { LAUNCHER } from './harness.js';

const tubthump = (...args: string[]) => spawnSync(LAUNCHER, args, { encoding: 'utf8' });

it('an image that CRIU made alone is shown; the rest asks for a checkpoint', async () => {
  const program = `
    pipe(my $out, my $in);
    unless (fork) { close $in; ready(); read($out, my $byte, 1); exit }
    sleep 1 while 1;`;
  const tree = await startPerl(program, { env: { TOKEN: 'hunter2-is-not-to-be-printed' } });
  const [root, child] = tree.pids();
  const imagesDir = temporaryDirectory();
  const criu = new CriuClient({ criu: await realCriu() });
  await criu.dump({ pid: tree.pid, imagesDir });

  const { manifest, processes, timings, files } = await inspect(imagesDir);
  expect(manifest).toMatchObject({ id: '', engine: 'eager' });
  expect(files.map(({ name }) => name)).toEqual(expect.arrayContaining(['inventory.img']));
  expect(timings?.pagesWritten).toBeGreaterThan(0);
  expect(processes.map(({ pid, ppid }) => [pid, ppid])).toEqual([
    [root, 0],
    [child, root],
  ]);
  for (const { name, environment, descriptors } of processes) {
    expect(name).toBe('perl');
    expect(environment).toContain('TOKEN');
    expect(descriptors.some(({ kind }) => kind === 'pipe')).toBe(true);
  }

  const text = tubthump('inspect', imagesDir);
  expect(text).toMatchObject({ status: 0, stderr: '' });
  expect(text.stdout).toContain('made by CRIU alone');
  const html = tubthump('inspect', '--html', imagesDir);
  expect(html.stdout).toContain('<h1>/usr/bin/perl');
  expect(text.stdout + html.stdout).not.toContain('hunter2');

  const place = temporaryDirectory();
  for (const args of [
    ['verify', imagesDir],
    ['oci', 'export', imagesDir, join(place, 'layout')],
  ]) {
    const refused = tubthump(...args);
    expect(refused.status, args[0]).toBe(66);
    expect(refused.stderr).toContain(`${imagesDir} holds an image that CRIU made alone`);
    expect(refused.stderr).toContain('hint: `inspect` shows it');
  }
});
