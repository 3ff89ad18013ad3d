import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { HINTS } from '../../src/errors/index.js';
import { coreWith, engineThat, Journal, RESTORED, rejection, SIMULATE } from './cores.js';

describe('14: where checkpointing is not possible', () => {
  const support = {
    supported: false,
    code: 'ERR_TUBTHUMP_CRIU_NOT_FOUND',
    reason: 'no CRIU found',
    hint: HINTS.ERR_TUBTHUMP_CRIU_NOT_FOUND,
  } as const;

  it('14: registering works, isSupported() tells why, checkpointRestore rejects with that code', async () => {
    const journal = new Journal();
    const core = coreWith({ engine: engineThat(() => RESTORED, support) });
    core.getGlobalContext().register(journal.resource('r'));
    expect(core.isSupported()).toEqual(support);
    const error = await rejection(core.checkpointRestore(SIMULATE));
    expect(error).toMatchObject({
      code: support.code,
      message: support.reason,
      hint: support.hint,
    });
    expect(journal.lines).toEqual([]);
    expect(core.status()).toMatchObject({ state: 'running', failures: 1 });
  });

  /** Runs code against the built package in a process that differs in some way. */
  function told(setUp: string, environment: NodeJS.ProcessEnv = {}) {
    const script = `
      import process from 'node:process';
      ${setUp}
      const { Core } = await import('./dist/index.js');
      let calls = 0;
      Core.getGlobalContext().register({ beforeCheckpoint: () => calls++ });
      const support = Core.isSupported();
      const { code } = await Core.checkpointRestore({ images: '/nowhere' }).catch((error) => error);
      console.log(JSON.stringify({ support, code, calls }));
    `;
    const output = execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
      encoding: 'utf8',
      env: { ...process.env, ...environment },
    });
    return JSON.parse(output) as { support: unknown; code: string; calls: number };
  }

  it('14: another system', () => {
    const result = told(`Object.defineProperty(process, 'platform', { value: 'darwin' });`);
    expect(result).toEqual({
      support: {
        supported: false,
        code: 'ERR_TUBTHUMP_PLATFORM',
        reason: 'checkpoints need Linux on x86_64, this is darwin on x64',
        hint: HINTS.ERR_TUBTHUMP_PLATFORM,
      },
      code: 'ERR_TUBTHUMP_PLATFORM',
      calls: 0,
    });
  });

  it('14: no CRIU', () => {
    const empty = mkdtempSync(join(tmpdir(), 'tubthump-none-'));
    const environment = { TUBTHUMP_CRIU: '', PATH: empty, XDG_CACHE_HOME: empty, HOME: empty };
    const result = told('', environment);
    rmSync(empty, { recursive: true });
    expect(result).toEqual({ support, code: 'ERR_TUBTHUMP_CRIU_NOT_FOUND', calls: 0 });
  });
});
