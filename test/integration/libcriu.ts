import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { criuCache } from '../../src/criu/cache.js';
import { unpack } from '../../src/criu/provide/unpack.js';
import { withWorkshop } from '../../src/criu/provide/workshop.js';
import { realCriu, temporaryDirectory } from '../criu/fixtures.js';

const PACKAGES = ['libcriu-dev', 'libcriu2', 'libprotobuf-c-dev'];
/** What is kept of them; the last one tells that all are there. */
const FILES = {
  'criu.h': 'usr/include/criu/criu.h',
  'version.h': 'usr/include/criu/version.h',
  'rpc.pb-c.h': 'usr/include/criu/rpc.pb-c.h',
  'protobuf-c/protobuf-c.h': 'usr/include/protobuf-c/protobuf-c.h',
  'libcriu.so.2': 'usr/lib/x86_64-linux-gnu/libcriu.so.2.0',
} as const;

/** CRIU's own C library, from Debian's packages, behind test/fixtures/libcriu.c. */
export class Libcriu {
  private constructor(
    private readonly program: string,
    private readonly criu: string,
  ) {}

  /** Downloads the packages once per user, compiles the program. */
  static async provide(): Promise<Libcriu> {
    const directory = join(criuCache().root, 'libcriu');
    if (!existsSync(join(directory, 'libcriu.so.2'))) await download(directory);
    const program = join(temporaryDirectory(), 'libcriu');
    const sources = [resolve('test/fixtures/libcriu.c'), join(directory, 'libcriu.so.2')];
    execFileSync('cc', ['-I', directory, '-o', program, ...sources, ...linkage(directory)]);
    return new Libcriu(program, await realCriu());
  }

  /** @returns what the function returned */
  call(request: string, ...args: readonly (string | number)[]): number {
    const argv = [this.criu, request, ...args.map(String)];
    const said = execFileSync(this.program, argv, { encoding: 'utf8', stdio: 'pipe' });
    // CRIU's own words of `check` come before it.
    return Number(said.trim().split('\n').at(-1));
  }
}

async function download(directory: string): Promise<void> {
  await withWorkshop(criuCache(), async (workshop) => {
    await workshop.apt.update();
    const into = join(workshop.directory, 'libcriu');
    await unpack(await workshop.apt.download(PACKAGES), into);
    mkdirSync(join(directory, 'protobuf-c'), { recursive: true });
    for (const [name, path] of Object.entries(FILES)) {
      copyFileSync(join(into, path), join(directory, name));
    }
  });
}

/** The library needs the glibc of the CRIU beside it, where that has one of its own. */
function linkage(directory: string): string[] {
  const libraries = join(criuCache().current, 'usr/lib/x86_64-linux-gnu');
  const loader = join(libraries, 'ld-linux-x86-64.so.2');
  const own = existsSync(loader) ? [`-Wl,--dynamic-linker=${loader}`] : [];
  // RPATH, not RUNPATH: it counts for the libraries of libraries, too.
  const paths = `-Wl,--disable-new-dtags,-rpath,${directory}:${libraries}`;
  return ['-Wl,--allow-shlib-undefined', paths, ...own];
}
