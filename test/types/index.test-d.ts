// Checked by `npm run typecheck`: nothing here is run.
import { expectTypeOf } from 'vitest';
import type * as api from '../../src/api.js';
import * as main from '../../src/index.js';
import {
  CheckpointError,
  type CheckpointOptions,
  Core,
  type CoreStatus,
  checkpoint,
  type ErrorCode,
  type GlobalContext,
  type RestoredInfo,
  RestoreError,
  type ResumedInfo,
  type Support,
  TubthumpError,
} from '../../src/index.js';

// Everything of tubthump/api is in the main entry, too.
expectTypeOf(main).toExtend<typeof api>();

expectTypeOf(Core.getGlobalContext()).toEqualTypeOf<GlobalContext>();
expectTypeOf(Core.ready).toEqualTypeOf<() => void>();
expectTypeOf(Core.status()).toEqualTypeOf<CoreStatus>();
expectTypeOf<CoreStatus['state']>().toEqualTypeOf<'running' | 'checkpointing'>();

// Whoever goes on knows that there is an image.
expectTypeOf(Core.checkpointRestore).returns.resolves.toEqualTypeOf<RestoredInfo | ResumedInfo>();
expectTypeOf(checkpoint).returns.resolves.toEqualTypeOf<RestoredInfo | ResumedInfo>();

// Options.
expectTypeOf(Core.checkpointRestore).parameter(0).toEqualTypeOf<CheckpointOptions | undefined>();
expectTypeOf<NonNullable<CheckpointOptions['engine']>>().toEqualTypeOf<
  'map' | 'stream' | 'eager' | 'pause' | 'simulate'
>();
const options = {
  images: '/images',
  engine: 'eager',
  leaveRunning: false,
  criu: '/usr/sbin/criu',
  service: '/run/criu_service.socket',
  hookTimeoutMs: 1,
  hooksTimeoutMs: 2,
  timeoutMs: 3,
  graceMs: 4,
  pastGrace: 'close',
  timers: 'wall-clock',
  scrub: ['AWS_*'],
  encrypt: '/etc/tubthump.key',
  encryptCommand: 'print-key',
  signal: new AbortController().signal,
  policy: [{ action: 'reopen', kind: 'file', path: '/var/log/**' }],
  labels: { commit: 'abc' },
} as const satisfies Required<CheckpointOptions>;
expectTypeOf(options).toExtend<CheckpointOptions>();
// @ts-expect-error: misspelt
Core.checkpointRestore({ image: '/images' });
// @ts-expect-error: no such engine
Core.checkpointRestore({ engine: 'docker' });
// @ts-expect-error: a number of ms
Core.checkpointRestore({ timeoutMs: '60s' });
// @ts-expect-error: strings only
Core.checkpointRestore({ labels: { build: 7 } });

// What isSupported() says is told apart by `supported`.
function support(answer: Support): void {
  if (answer.supported) {
    // @ts-expect-error: there is no reason then
    answer.reason;
  } else {
    expectTypeOf(answer.code).toEqualTypeOf<ErrorCode>();
    expectTypeOf(answer.hint).toEqualTypeOf<string>();
  }
}
support(Core.isSupported());

// Errors.
expectTypeOf<'ERR_TUBTHUMP_BUSY' | 'ERR_TUBTHUMP_HOOK_TIMEOUT'>().toExtend<ErrorCode>();
expectTypeOf<'ERR_TUBTHUMP_NO_SUCH'>().not.toExtend<ErrorCode>();
expectTypeOf<string>().not.toExtend<ErrorCode>();
expectTypeOf<TubthumpError>().toExtend<Error>();
expectTypeOf<TubthumpError['code']>().toEqualTypeOf<ErrorCode>();
expectTypeOf<TubthumpError['log']>().toEqualTypeOf<string | undefined>();
expectTypeOf<CheckpointError>().toExtend<AggregateError>();
expectTypeOf<RestoreError>().toExtend<AggregateError>();
expectTypeOf<CheckpointError['code']>().toEqualTypeOf<'ERR_TUBTHUMP_CHECKPOINT'>();
expectTypeOf<RestoreError['code']>().toEqualTypeOf<'ERR_TUBTHUMP_RESTORE_HOOKS'>();
expectTypeOf(TubthumpError.is).guards.toExtend<TubthumpError>();
new CheckpointError([]) satisfies Error;
new RestoreError([]) satisfies Error;
