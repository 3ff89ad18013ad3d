// Checked by `npm run typecheck`: nothing here is run.
import { expectTypeOf } from 'vitest';
import {
  type AbortedInfo,
  type CheckpointInfo,
  Context,
  type EnvironmentChange,
  type GlobalContext,
  getGlobalContext,
  type Member,
  OrderedContext,
  ParallelContext,
  type Phase,
  PriorityContext,
  type RegisterOptions,
  type Registration,
  type Resource,
  type RestoredInfo,
  type RestoreInfo,
  type ResumedInfo,
} from '../../src/api.js';

// A resource: both hooks optional, sync or async.
expectTypeOf({}).toExtend<Resource>();
expectTypeOf<{ beforeCheckpoint(): void }>().toExtend<Resource>();
expectTypeOf<{ afterRestore(): Promise<void> }>().toExtend<Resource>();
expectTypeOf<Required<Resource>['beforeCheckpoint']>().parameters.toEqualTypeOf<
  [Context, CheckpointInfo]
>();
expectTypeOf<Required<Resource>['afterRestore']>().parameters.toEqualTypeOf<
  [Context, RestoreInfo]
>();

class Pool implements Resource {
  async beforeCheckpoint(_context: Context, info: CheckpointInfo): Promise<void> {
    expectTypeOf(info.images).toEqualTypeOf<string>();
    // @ts-expect-error: info is read-only
    info.images = '/elsewhere';
  }
  afterRestore(_context: Context, info: RestoreInfo): void {
    expectTypeOf(info.environment).toEqualTypeOf<EnvironmentChange>();
    // @ts-expect-error: so is what is in it
    info.args.push('argument');
  }
}

// Contexts are resources, and registration gives a disposable.
const context = getGlobalContext();
expectTypeOf(context).toEqualTypeOf<GlobalContext>();
expectTypeOf<Context>().toExtend<Resource>();
expectTypeOf(context.register(new Pool())).toEqualTypeOf<Registration>();
expectTypeOf<Registration>().toExtend<Disposable>();
expectTypeOf<Registration['unregister']>().toEqualTypeOf<() => void>();
context.register(new OrderedContext({ name: 'name', late: 'notify' }));
context.register(new ParallelContext());
context.register(new PriorityContext(), { name: 'name', weak: true, priority: 1, phase: 'pools' });
expectTypeOf<Phase>().toEqualTypeOf<'application' | 'pools' | 'servers'>();
expectTypeOf<keyof RegisterOptions>().toEqualTypeOf<'name' | 'weak' | 'priority'>();

// Misspelt hooks and options, and phases that are ours.
// @ts-expect-error: no hook has this name
context.register({ beforeCheckPoint() {} });
// @ts-expect-error: a function is no resource
context.register(() => {});
// @ts-expect-error: no option has this name
context.register(new Pool(), { nmae: 'pool' });
// @ts-expect-error: `runtime` is not for applications
context.register(new Pool(), { phase: 'runtime' });
// @ts-expect-error: phases are of the global context
new OrderedContext().register(new Pool(), { phase: 'pools' });
// @ts-expect-error: `wait` or `notify`
new OrderedContext({ late: 'ignore' });
// @ts-expect-error: abstract: an order is missing
new Context();

// An order of one's own.
class Alphabetical extends Context {
  protected override arrange(members: readonly Member[]): Member[][] {
    return [...members].sort((a, b) => a.name.localeCompare(b.name)).map((member) => [member]);
  }
}
context.register(new Alphabetical());

// RestoreInfo is told apart by its reason.
expectTypeOf<RestoreInfo>().toEqualTypeOf<RestoredInfo | ResumedInfo | AbortedInfo>();
expectTypeOf<RestoreInfo['reason']>().toEqualTypeOf<'restored' | 'resumed' | 'aborted'>();
expectTypeOf<RestoreInfo['downtimeMs']>().toEqualTypeOf<number>();
function narrow(info: RestoreInfo): void {
  expectTypeOf(info.cloneId).toEqualTypeOf<string | null>();
  switch (info.reason) {
    case 'restored':
      expectTypeOf(info).toEqualTypeOf<RestoredInfo>();
      expectTypeOf(info.cloneId).toEqualTypeOf<string>();
      expectTypeOf(info.imageId).toEqualTypeOf<string>();
      break;
    case 'resumed':
      expectTypeOf(info.cloneId).toEqualTypeOf<null>();
      expectTypeOf(info.imageId).toEqualTypeOf<string>();
      break;
    default:
      expectTypeOf(info.reason).toEqualTypeOf<'aborted'>();
      expectTypeOf(info.imageId).toEqualTypeOf<null>();
  }
}
narrow satisfies (info: RestoredInfo) => void;
