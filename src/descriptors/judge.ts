import { judgeOtherSocket } from './families.js';
import { judgeDeletedFile, judgeDevice, judgeMapping } from './files.js';
import type { Holding, Kind } from './holding.js';
import { closable, RESTORABLE, refused, type Surroundings, type Verdict } from './verdict.js';

const RECONNECT = 'end the connection in beforeCheckpoint and connect again in afterRestore';

type Judge = Verdict | ((holding: Holding, surroundings: Surroundings) => Verdict);

/**
 * One row for each kind. What is restorable here is dumped and restored by a test,
 * test/integration/restorable.test.ts; CRIU's own list is in its dump_one_file (criu/files.c).
 */
const JUDGES: Readonly<Record<Kind, Judge>> = {
  file: RESTORABLE,
  'deleted-file': judgeDeletedFile,
  directory: RESTORABLE,
  null: RESTORABLE,
  device: judgeDevice,
  tty: closable(
    'close the terminal in beforeCheckpoint; stdin, stdout and stderr are taken care of',
  ),
  pipe: RESTORABLE,
  fifo: RESTORABLE,
  'tcp-listening': RESTORABLE,
  'tcp-connected': ({ state }) => (state === 'closed' ? RESTORABLE : closable(RECONNECT)),
  udp: RESTORABLE,
  raw: RESTORABLE,
  netlink: RESTORABLE,
  packet: RESTORABLE,
  'unix-listening': RESTORABLE,
  'unix-connected': (holding, { peerIsOurs }) =>
    peerIsOurs(holding) ? RESTORABLE : closable(`the other end is another process: ${RECONNECT}`),
  socket: judgeOtherSocket,
  epoll: RESTORABLE,
  eventfd: RESTORABLE,
  timerfd: RESTORABLE,
  signalfd: RESTORABLE,
  inotify: RESTORABLE,
  fanotify: RESTORABLE,
  pidfd: closable('it means a process that no copy has: close it in beforeCheckpoint'),
  io_uring: refused('start the service with `tubthump run -- node …`', 'ERR_TUBTHUMP_IO_URING'),
  memfd: RESTORABLE,
  anonymous: closable('CRIU does not know it: close it in beforeCheckpoint'),
  mapping: judgeMapping,
  'shared-memory': refused(
    'a System V segment belongs to no process; use POSIX shared memory (shm_open), which a copy can have',
  ),
  child: closable(
    'end it in beforeCheckpoint and start it again in afterRestore',
    'ERR_TUBTHUMP_CHILDREN',
  ),
  // src/workers has them hold still, or has refused those that do not.
  worker: RESTORABLE,
  cluster: refused(
    'checkpoint a service of one process, and start one copy of it for each worker',
    'ERR_TUBTHUMP_CLUSTER',
  ),
};

export function judge(holding: Holding, surroundings: Surroundings): Verdict {
  if (holding.fd !== undefined && surroundings.ours.has(holding.fd)) return { verdict: 'ours' };
  const verdict = JUDGES[holding.kind];
  return typeof verdict === 'function' ? verdict(holding, surroundings) : verdict;
}
