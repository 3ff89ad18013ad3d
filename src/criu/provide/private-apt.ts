import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type RunResult, run } from '../../process/run.js';
import { aptFailure } from './apt-failure.js';
import type { Mirror } from './sources/mirror.js';

/** Debian's suite whose CRIU works on current kernels: stable's does not, see version.ts. */
export const SUITE = 'forky';

const MINUTE = 60_000;

/**
 * apt with a state of its own, below one directory: another suite than the system's, nothing
 * installed, nothing of the system changed. Works without root. Checksums and signatures are
 * verified by apt; what it does not trust is an error.
 */
export class PrivateApt {
  private readonly list: string;

  constructor(
    private readonly directory: string,
    mirror: Mirror,
  ) {
    for (const name of ['lists/partial', 'cache/archives/partial']) {
      mkdirSync(join(directory, name), { recursive: true });
    }
    writeFileSync(join(directory, 'status'), '');
    this.list = join(directory, 'mirror.sources');
    writeFileSync(this.list, sourceEntry(mirror));
  }

  /** @throws ERR_TUBTHUMP_SETUP_…, see apt-failure.ts; so do the others */
  async update(): Promise<void> {
    await this.run(['update'], 5 * MINUTE);
  }

  /** The package and all that it depends on, libc included, for nothing counts as installed. */
  async closure(name: string): Promise<string[]> {
    const result = await this.run(['--simulate', 'install', name], MINUTE);
    return [...result.stdout.matchAll(/^Inst (\S+)/gm)].map((match) => match[1] as string);
  }

  /** Returns the paths of the packages' files. */
  async download(names: readonly string[]): Promise<string[]> {
    const into = join(this.directory, 'packages');
    mkdirSync(into, { recursive: true });
    await this.run(['download', ...names], 10 * MINUTE, into);
    return readdirSync(into).map((name) => join(into, name));
  }

  private async run(
    args: readonly string[],
    timeoutMs: number,
    cwd = this.directory,
  ): Promise<RunResult> {
    const env = { ...process.env, LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' };
    const result = await run('apt-get', [...this.options(), ...args], { cwd, env, timeoutMs });
    if (result.status !== 0) throw aptFailure(`apt-get ${args[0]}`, result);
    return result;
  }

  private options(): string[] {
    const settings = {
      'Dir::State': this.directory,
      'Dir::State::lists': join(this.directory, 'lists'),
      'Dir::State::status': join(this.directory, 'status'),
      'Dir::Cache': join(this.directory, 'cache'),
      'Dir::Etc::sourcelist': this.list,
      'Dir::Etc::sourceparts': '/dev/null',
      // The system's pins are about the system's packages.
      'Dir::Etc::preferences': '/dev/null',
      'Dir::Etc::preferencesparts': '/dev/null',
      'APT::Default-Release': '',
      'APT::Architecture': 'amd64',
      'APT::Architectures': 'amd64',
      'APT::Install-Recommends': 'false',
      // The user _apt, to whom apt run by root drops its rights, cannot enter root's home.
      'APT::Sandbox::User': '',
      // Without it, `update` succeeds when nothing could be fetched.
      'APT::Update::Error-Mode': 'any',
      'APT::Get::AllowUnauthenticated': 'false',
      'Acquire::AllowInsecureRepositories': 'false',
      'Acquire::GzipIndexes': 'true',
      'Acquire::Retries': '2',
      'Acquire::http::Timeout': '20',
      'Acquire::https::Timeout': '20',
    };
    return [
      '-q',
      ...Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`]),
    ];
  }
}

/** Only the package index: no translations, no contents, whatever the system's apt is set to fetch. */
function sourceEntry({ uri, signedBy }: Mirror): string {
  const fields = [
    'Types: deb',
    `URIs: ${uri}`,
    `Suites: ${SUITE}`,
    'Components: main',
    'Architectures: amd64',
    'Targets: Packages',
    'Languages: none',
  ];
  if (signedBy) fields.push(`Signed-By: ${indent(signedBy)}`);
  return `${fields.join('\n')}\n`;
}

function indent(value: string): string {
  const [first = '', ...rest] = value.split('\n');
  return [first, ...rest.map((line) => ` ${line || '.'}`)].join('\n');
}
