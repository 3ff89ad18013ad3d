// @ts-check
import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Problem } from '../../catalog/demo/problem.mjs';

/** Where Debian's packages have the programs, a directory for each major version. */
const DEBIAN = '/usr/lib/postgresql';
const USER = 'orders';
const LIMIT_MS = 60_000;
/** An answer to nobody but us, and no disk that has to keep it. */
const SETTINGS = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off'];

/**
 * Starts a server with an empty database. PostgreSQL does not run as root: then it is started as the
 * user that Debian's package has made for it.
 *
 * @param {object} options
 * @param {import('../../catalog/demo/processes.mjs').Processes} options.processes who ends it
 * @param {string} options.directory for its data; made
 * @param {number} options.port
 * @returns {Promise<{ version: string, environment: Record<string, string> }>} how pg finds it
 * @throws {Problem} when PostgreSQL is missing, or does not start
 */
export async function startPostgresql({ processes, directory, port }) {
  const programs = findPrograms();
  const as = process.geteuid?.() === 0 ? becomePostgres(directory) : [];
  if (as.length === 0) mkdirSync(directory);
  const data = join(directory, 'data');

  const initdb = [
    'initdb',
    '-D',
    data,
    '-U',
    USER,
    '-A',
    'trust',
    '-E',
    'UTF8',
    '--no-locale',
    '-N',
  ];
  const made = processes.start([...as, ...inside(programs, initdb)]);
  if (!(await made.result()).ok) throw made.problem('failed');

  const settings = SETTINGS.flatMap((setting) => ['-c', setting]);
  const command = inside(programs, ['postgres', '-D', data, '-p', `${port}`, ...settings]);
  const server = processes.start([...as, ...command]);
  while (!server.printed.includes('ready to accept connections')) {
    server.assertRunning();
    if (server.age > LIMIT_MS) throw server.problem(`was not ready within ${LIMIT_MS / 1000} s`);
    await sleep(10);
  }
  return {
    version: execFileSync(join(programs, 'postgres'), ['--version'], { encoding: 'utf8' }).trim(),
    environment: { PGHOST: '127.0.0.1', PGPORT: `${port}`, PGUSER: USER, PGDATABASE: 'postgres' },
  };
}

/**
 * The directory of the newest version.
 *
 * @returns {string}
 */
function findPrograms() {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN) : [];
  const newest = versions
    .map((version) => join(DEBIAN, version, 'bin'))
    .filter((programs) => existsSync(join(programs, 'initdb')))
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .at(-1);
  if (newest) return newest;
  throw new Problem(`there is no PostgreSQL in ${DEBIAN}`, {
    hint: 'npm start --workspace examples/orders installs it; by hand: apt-get install postgresql',
  });
}

/**
 * @param {string} programs
 * @param {string[]} command
 */
function inside(programs, [program = '', ...args]) {
  return [join(programs, program), ...args];
}

/**
 * Makes the directory, for that user.
 *
 * @param {string} directory
 * @returns {string[]} what stands before a command that is to run as that user
 */
function becomePostgres(directory) {
  const [user, group] = ['-u', '-g'].map((what) =>
    Number(execFileSync('id', [what, 'postgres'], { encoding: 'utf8' })),
  );
  mkdirSync(directory);
  chownSync(directory, Number(user), Number(group));
  chmodSync(directory, 0o700);
  return ['setpriv', `--reuid=${user}`, `--regid=${group}`, '--clear-groups', '--'];
}
