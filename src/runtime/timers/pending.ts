import { Session } from 'node:inspector';

/** The parts of lib/internal/timers.js's Timeout that tell when it is due. */
export interface PendingTimer {
  /** Loop time when it was set, in ms. */
  readonly _idleStart: number;
  /** Delay, in ms; -1 when it is not set. */
  _idleTimeout: number;
  readonly _idlePrev: object | null;
  readonly _destroyed: boolean;
  refresh(): unknown;
}

/**
 * Every timer that is set. Node keeps no list of them for others to see, so V8 is asked for all
 * objects with the prototype of a timer: a full collection, of tens of ms in a large heap.
 */
export function pendingTimers(): PendingTimer[] {
  const sample = setTimeout(() => {}, 1);
  clearTimeout(sample);
  const shared = globalThis as { [KEY]?: Exchange };
  const exchange: Exchange = { prototype: Object.getPrototypeOf(sample), found: [] };
  shared[KEY] = exchange;
  const session = new Session();
  session.connect();
  try {
    const at = `globalThis[Symbol.for('${NAME}')]`;
    const prototype = post(session, 'Runtime.evaluate', { expression: `${at}.prototype` });
    const { objects } = post(session, 'Runtime.queryObjects', {
      prototypeObjectId: prototype.result?.objectId,
    });
    post(session, 'Runtime.callFunctionOn', {
      objectId: objects?.objectId,
      functionDeclaration: `function () { ${at}.found = this; }`,
    });
  } finally {
    session.disconnect();
    delete shared[KEY];
  }
  return exchange.found.filter(
    ({ _idlePrev, _idleTimeout, _destroyed }) => _idlePrev && _idleTimeout >= 0 && !_destroyed,
  );
}

const NAME = 'tubthump.timers';
const KEY = Symbol.for(NAME);

interface Exchange {
  readonly prototype: object;
  found: PendingTimer[];
}

interface Reply {
  readonly result?: { readonly objectId?: string };
  readonly objects?: { readonly objectId?: string };
}

/** The inspector of one's own thread answers before `post` returns. */
function post(session: Session, method: string, params: object): Reply {
  let reply: Reply = {};
  session.post(method, params, (error: Error | null, result?: object) => {
    if (error) throw new Error(`${method}: ${error.message}`);
    reply = result as Reply;
  });
  return reply;
}
