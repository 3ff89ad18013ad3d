import { execFileSync } from 'node:child_process';
import { renameSync } from 'node:fs';
import { resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { criuCache } from '../../src/criu/cache.js';
import { providePycriu } from '../../src/criu/provide/pycriu.js';
import { definition } from '../../src/images/definition.js';
import { ImageDirectory } from '../../src/images/directory.js';
import { encodeImage, type ImageEntry } from '../../src/images/image-file.js';
import { kindOf } from '../../src/images/kinds.js';
import { CriuClient } from '../../src/rpc/index.js';
import { realCriu } from '../criu/fixtures.js';
import { startPerl } from './criu-trees.js';
import { SERVICE, startService, temporaryDirectory } from './harness.js';
import { imageOf } from './state.js';

let pycriu = '';

beforeAll(async () => {
  pycriu = await providePycriu(criuCache(), () => {});
});

/** What pycriu says, numbers as text: JSON has no 64-bit ones. */
function ask(program: string, ...args: readonly string[]): unknown {
  const path = resolve('test/images', program);
  const environment = {
    ...{ PYTHONPATH: pycriu, PYTHONDONTWRITEBYTECODE: '1' },
    // The compiled part of Debian's package is for another Python than this one.
    PROTOCOL_BUFFERS_PYTHON_IMPLEMENTATION: 'python',
  };
  const options = { env: { ...process.env, ...environment }, maxBuffer: 1 << 28 } as const;
  return JSON.parse(execFileSync('python3', [path, ...args], options).toString());
}

/** As crit prints it: bytes in base64, no empty lists. */
function asCrit(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (Array.isArray(value)) return value.map(asCrit);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).filter(([, it]) => !Array.isArray(it) || it.length > 0);
  return Object.fromEntries(fields.map(([name, it]) => [name, asCrit(it)]));
}

function entryAsCrit({ message, extra }: ImageEntry): unknown {
  const fields = asCrit(message) as object;
  return extra ? { ...fields, extra: asCrit(extra) } : fields;
}

type Decoded = Readonly<Record<string, readonly object[]>>;

/** crit takes both queues of a connection apart. */
function joined(entry: object): object {
  if (!('extra' in entry) || typeof entry.extra !== 'object') return entry;
  const { inq, outq } = entry.extra as { readonly inq: string; readonly outq: string };
  const bytes = [inq, outq].map((text) => Buffer.from(text, 'base64'));
  return { ...entry, extra: Buffer.concat(bytes).toString('base64') };
}

async function compare(images: string): Promise<string[]> {
  const directory = new ImageDirectory(images);
  const names = (await directory.names()).filter((name) => kindOf(name));
  const theirs = ask('crit.py', ...names.map((name) => `${images}/${name}`)) as Decoded;
  for (const name of names) {
    const entries = await directory.decode<Record<string, unknown>>(name);
    expect(entries.map(entryAsCrit), name).toEqual(theirs[`${images}/${name}`]?.map(joined));
    const kind = kindOf(name);
    const bytes = await directory.read(name);
    // A baked address space has its mappings behind its other fields, where CRIU does not put them.
    const isBaked = name.startsWith('mm-') && images.endsWith('/baked');
    if (kind && !isBaked)
      expect(bytes.equals(encodeImage(kind, entries)), `${name} encoded`).toBe(true);
  }
  return names;
}

describe('images, decoded by us and by crit', () => {
  it.each(['map', 'eager'] as const)('are the same, with engine %s', async (engine) => {
    const images = await imageOf(await startService([process.execPath, SERVICE]), { engine });
    // The name tells which it is.
    const named = resolve(images, '..', engine === 'map' ? 'baked' : 'plain');
    renameSync(images, named);
    const names = await compare(named);
    for (const name of ['inventory.img', 'pstree.img', 'files.img', 'seccomp.img', 'stats-dump'])
      expect(names).toContain(name);
  });

  it.each(['watch', 'deleted', 'udp', 'file'])(
    'are the same when the service holds: %s',
    async (held) => {
      const directory = temporaryDirectory();
      const holdings = resolve('test/fixtures/holdings.mjs');
      const service = await startService([process.execPath, holdings], [], {
        ...{ HOLD: held, DIRECTORY: directory },
      });
      expect((await compare(await imageOf(service, { engine: 'eager' }))).length).toBeGreaterThan(
        10,
      );
    },
  );
});

describe('an image of CRIU alone', () => {
  it('is the same for both, with pipes, sockets, queues, locks and a terminal in it', async () => {
    const criu = new CriuClient({ criu: await realCriu() });
    const directory = temporaryDirectory();
    const tree = await startPerl(`
      use IO::Socket::INET; use Socket; use Fcntl ':flock'; use POSIX;
      pipe(R, W); syswrite(W, 'in the pipe');
      POSIX::mkfifo('${directory}/fifo', 0600); open(F, '+<', '${directory}/fifo'); syswrite(F, 'x');
      socketpair(A, B, AF_UNIX, SOCK_STREAM, 0); syswrite(A, 'in the queue');
      $l = IO::Socket::INET->new(Listen => 1, LocalAddr => '127.0.0.1');
      $c = IO::Socket::INET->new(PeerAddr => '127.0.0.1', PeerPort => $l->sockport); $s = $l->accept;
      syswrite($c, 'on its way');
      $u = IO::Socket::INET->new(Proto => 'udp', LocalAddr => '127.0.0.1');
      open(L, '>', '${directory}/lock'); flock(L, LOCK_EX);
      open(G, '+>', '${directory}/gone'); syswrite(G, 'deleted'); unlink '${directory}/gone';
      open(T, '+<', '/dev/ptmx');
      unless (fork) { $0 = 'child'; sleep 1 while 1 }
      ready(); sleep 1 while 1;`);
    const imagesDir = temporaryDirectory();
    await criu.dump({
      ...{ pid: tree.pid, imagesDir, leaveRunning: true, tcpEstablished: true, fileLocks: true },
      networkLock: 'skip',
    });
    const names = await compare(imagesDir);
    for (const start of ['pipes-data', 'fifo-data', 'sk-queues', 'tcp-stream', 'filelocks'])
      expect(
        names.some((name) => name.startsWith(start)),
        start,
      ).toBe(true);
    for (const start of ['ghost-file', 'tty-info', 'core', 'timens'])
      expect(
        names.some((name) => name.startsWith(start)),
        start,
      ).toBe(true);
  });
});

describe('proto/images', () => {
  const theirs = () => ask('definition.py') as Record<string, Record<string, unknown>>;

  it('has names, numbers, types and labels of the installed CRIU', () => {
    const known = theirs();
    expect(Object.keys(known).length).toBeGreaterThan(100);
    let fields = 0;
    for (const type of definition().nestedArray) {
      const mine = describeType(type.toJSON() as Json);
      for (const [name, field] of Object.entries(mine)) {
        expect({ [`${type.name}.${name}`]: field }).toEqual({
          [`${type.name}.${name}`]: known[type.name]?.[name],
        });
        fields++;
      }
    }
    expect(fields).toBeGreaterThan(500);
  });
});

interface Json {
  readonly values?: Readonly<Record<string, number>>;
  readonly fields?: Readonly<Record<string, { rule?: string; type: string; id: number }>>;
}

function describeType({ values, fields = {} }: Json): Record<string, unknown> {
  if (values) return { ...values };
  return Object.fromEntries(
    Object.entries(fields).map(([name, { rule = 'optional', type, id }]) => [
      name,
      `${id} ${rule} ${type}`,
    ]),
  );
}
