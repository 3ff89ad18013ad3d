import { existsSync, readFileSync } from 'node:fs';
import { release } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type FindOptions, findCriu, type Search } from '../criu/find.js';
import { run } from '../process/run.js';

/** What is known about a machine without asking its files; all of it can be replaced in tests. */
export interface HostFacts {
  /** Directory that stands for `/`. */
  readonly root: string;
  readonly platform: string;
  readonly arch: string;
  /** Kernel release, such as 6.12.0-1-amd64. */
  readonly release: string;
  /** Effective user id. */
  readonly user: number;
  /** Version of this Node, without `v`. */
  readonly node: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Directory of this package. */
  readonly packageRoot: string;
  /** Finds and probes CRIU. */
  readonly search: () => Promise<Search>;
}

/** The machine that is examined: files, facts, and the answers of the CRIU that was found. */
export class Host {
  readonly facts: HostFacts;
  private searched: Promise<Search> | undefined;

  constructor(facts: Partial<HostFacts> = {}, find: FindOptions = {}) {
    this.facts = {
      root: '/',
      platform: process.platform,
      arch: process.arch,
      release: release(),
      user: process.geteuid?.() ?? -1,
      node: process.versions.node,
      environment: process.env,
      packageRoot: fileURLToPath(new URL('../..', import.meta.url)),
      search: () => findCriu({ ...find, fresh: true }),
      ...facts,
    };
  }

  /** Content of a file, or null when it is not there or not readable. */
  read(path: string): string | null {
    try {
      return readFileSync(join(this.facts.root, path), 'utf8');
    } catch {
      return null;
    }
  }

  has(path: string): boolean {
    return existsSync(join(this.facts.root, path));
  }

  /** A field of /proc/self/status. */
  status(field: string): string | undefined {
    const text = this.read('/proc/self/status') ?? '';
    return new RegExp(`^${field}:\\s*(.*)$`, 'm').exec(text)?.[1];
  }

  /** The probe is done once, however many checks ask. */
  criu(): Promise<Search> {
    this.searched ??= this.facts.search();
    return this.searched;
  }

  /** What `criu check --feature` says; null when there is no CRIU to ask. */
  async feature(name: string): Promise<boolean | null> {
    const { found } = await this.criu();
    if (!found) return null;
    const args = ['check', '--feature', name];
    const result = await run(found.path, args, { timeoutMs: 10_000, group: true });
    return result.status === 0;
  }
}
