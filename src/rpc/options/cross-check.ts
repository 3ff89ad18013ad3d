import { TubthumpError } from '../../errors/index.js';
import type { PageServerAddress } from './parts.js';
import type { Operation } from './row.js';

type Given = Readonly<Record<string, unknown>>;

/** What is wrong about a set of options, each of which is right. */
interface Rule {
  readonly of?: Operation;
  broken(given: Given): boolean;
  readonly message: string;
}

/** Most of these CRIU would take, and then do something else than was meant. */
const RULES: readonly Rule[] = [
  {
    broken: ({ leaveRunning, leaveStopped }) => leaveRunning === true && leaveStopped === true,
    message: 'Choose one of `leaveRunning` and `leaveStopped`: CRIU would stop the tree',
  },
  {
    broken: (given) =>
      ['tlsCacert', 'tlsCacrl', 'tlsCert', 'tlsKey', 'tlsNoCnVerify'].some(
        (name) => given[name] !== undefined,
      ) && given.tls !== true,
    message: 'Certificates without `tls: true`: pages would travel in plain text',
  },
  {
    broken: ({ tls, pageServer }) => tls === true && pageServer === undefined,
    message: '`tls` is for pages on their way: it needs `pageServer`',
  },
  {
    of: 'dump',
    broken: ({ lazyPages, pageServer }) => lazyPages === true && portOf(pageServer) === undefined,
    message: 'A dump with `lazyPages` serves pages: it needs the port in `pageServer`',
  },
  {
    broken: ({ unixSkIno, extUnixSk }) => unixSkIno !== undefined && extUnixSk === undefined,
    message: 'CRIU reads `unixSkIno` only with `extUnixSk`; better: `external: ["unix[INODE]"]`',
  },
  {
    of: 'preDump',
    broken: ({ trackMem }) => trackMem === false,
    message: 'A pre-dump tracks memory: `trackMem` cannot be false',
  },
  {
    of: 'pageServer',
    broken: ({ pageServer }) => (pageServer as PageServerAddress | undefined)?.fd !== undefined,
    message: 'A page server listens by itself: give `pageServer` an address and a port',
  },
];

/** @throws TubthumpError ERR_TUBTHUMP_OPTIONS */
export function crossCheck(operation: Operation, given: Given): void {
  for (const { of, broken, message } of RULES) {
    if ((of ?? operation) === operation && broken(given)) {
      throw new TubthumpError('ERR_TUBTHUMP_OPTIONS', message);
    }
  }
}

function portOf(pageServer: unknown): number | undefined {
  return (pageServer as PageServerAddress | undefined)?.port || undefined;
}
