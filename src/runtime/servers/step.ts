import cluster from 'node:cluster';
import { setImmediate as nextCheckPhase } from 'node:timers/promises';
import type { Quiesce, RuntimeStep, Wake } from '../../core/runtime-step.js';
import { restoreEnvironment } from '../environment/given.js';
import { type Place, rearrange } from './addresses.js';
import { cutOff, drain } from './drain.js';
import { Listener } from './listener.js';
import { parkedSockets } from './parking.js';
import { renewTicketKeys } from './ticket-keys.js';
import { listeningServers, type TrackedServer, trackServers } from './track.js';

trackServers();

/** Longer than any freeze takes to prepare, in ms. */
const LONG = 2 ** 30;

/** Whether this copy was told to share its addresses: --reuse-port of `clone`. */
let shared = false;
let parked: Listener[] = [];
/**
 * Without a listening server there may be nothing that keeps the process alive. One for all times:
 * V8 gives up the machine code of those who clear timers when the last of a duration is cleared.
 */
let hold: NodeJS.Timeout | undefined;

/**
 * Established connections cannot be in an image, and a listening socket in it would bind every copy
 * to the address of the original: servers stop to listen, their requests in flight finish, and they
 * listen again in the process that goes on. Who connects to an original that goes on is queued.
 */
export const servers: RuntimeStep = {
  name: 'servers',
  async quiesce({ request }) {
    const tracked = listeningServers();
    hold ??= setInterval(() => {}, LONG);
    hold.ref();
    // Workers of a cluster share a socket of their primary's.
    const own = cluster.isWorker ? [] : tracked;
    parked = own.map(({ server, listen }) => new Listener(server, listen));
    // Right behind the loop's look at the sockets nobody waits to be accepted, who would be reset.
    await nextCheckPhase();
    // Who goes on afterwards answers then; who ends must not let anybody wait.
    const queue = request.leaveRunning;
    await Promise.all(parked.map((listener) => listener.close({ queue })));
    request.prepared.parked = [...parkedSockets()];
    await Promise.all(tracked.map((server) => quiet(server, request)));
  },
  async wake(view) {
    hold?.unref();
    const listeners = parked;
    parked = [];
    const errors: unknown[] = [];
    if (view.reason === 'restored') shared = Boolean(restoreEnvironment(view).TUBTHUMP_REUSE_PORT);
    const places = placesOf(listeners, view, errors);
    for (const [index, listener] of listeners.entries()) {
      if (view.reason === 'restored') renewTicketKeys(listener.server);
      await listener.open(places[index] as Place, shared).catch((error) => {
        errors.push(error);
        // As at a normal start: what nobody handles ends the process.
        setImmediate(() => listener.server.emit('error', error));
      });
    }
    if (errors.length > 0) throw errors[0];
  },
};

/** What is left after the grace is cut off, or left for the descriptor check to name. */
async function quiet(tracked: TrackedServer, request: Quiesce['request']): Promise<void> {
  const drained = await drain(tracked, performance.now() + request.graceMs);
  if (!drained && request.pastGrace === 'close') await cutOff(tracked);
}

function placesOf(listeners: readonly Listener[], view: Wake, errors: unknown[]): readonly Place[] {
  const places = listeners.map(({ place }) => place);
  const rules = restoreEnvironment(view).TUBTHUMP_LISTEN;
  if (!rules) return places;
  try {
    return rearrange(places, rules);
  } catch (error) {
    errors.push(error);
    return places;
  }
}
