// @ts-check
import { SetupProblem } from './problem.mjs';
import { run } from './run.mjs';

/**
 * What the build, CRIU's set-up and the tests take from the system, and how to see that it is
 * there. Looking for files is faster than asking dpkg, and works on every distribution.
 *
 * @type {ReadonlyArray<{ package: string, program?: string, file?: string }>}
 */
const NEEDED = [
  { package: 'g++', program: 'g++' },
  { package: 'cmake', program: 'cmake' },
  { package: 'make', program: 'make' },
  { package: 'python3', program: 'python3' },
  { package: 'patchelf', program: 'patchelf' },
  { package: 'util-linux', program: 'flock' },
  { package: 'iproute2', program: 'ip' },
  { package: 'openssl', program: 'openssl' },
  { package: 'clang-format', program: 'clang-format' },
  { package: 'libprotozero-dev', file: '/usr/include/protozero/pbf_reader.hpp' },
  { package: 'libsodium-dev', file: '/usr/include/sodium.h' },
  { package: 'libxxhash-dev', file: '/usr/include/xxhash.h' },
  { package: 'libjemalloc2', file: '/usr/lib/x86_64-linux-gnu/libjemalloc.so.2' },
  { package: 'libzstd-dev', file: '/usr/include/zstd.h' },
  { package: 'nlohmann-json3-dev', file: '/usr/include/nlohmann/json.hpp' },
  { package: 'doctest-dev', file: '/usr/include/doctest/doctest.h' },
];

/**
 * Of examples/orders, which starts a server of its own.
 *
 * @type {{ package: string, program?: string, file?: string }}
 */
const POSTGRESQL = { package: 'postgresql', program: 'pg_ctlcluster' };

/**
 * What tests hand OCI image layouts to: 11 and 18 MB.
 *
 * @type {ReadonlyArray<{ package: string, program?: string, file?: string }>}
 */
const CONTAINERS = [
  { package: 'skopeo', program: 'skopeo' },
  { package: 'podman', program: 'podman' },
];

/**
 * libFuzzer, which gcc has not; 52 MB. Older clangs do not know the std::expected of Debian 12.
 *
 * @type {ReadonlyArray<{ package: string, program?: string, file?: string }>}
 */
const FUZZING = [
  { package: 'clang-19', program: 'clang++-19' },
  {
    package: 'libclang-rt-19-dev',
    file: '/usr/lib/llvm-19/lib/clang/19/lib/linux/libclang_rt.fuzzer-x86_64.a',
  },
];

/**
 * What not everybody needs.
 *
 * @typedef {{ postgresql?: boolean, containers?: boolean, fuzzing?: boolean }} Also
 */

/**
 * Names of the packages that are missing.
 *
 * @param {import('./machine.mjs').Machine} machine
 * @param {Also} [also]
 */
export function missingPackages(
  { hasProgram, hasFile },
  { postgresql = false, containers = false, fuzzing = false } = {},
) {
  return [
    ...NEEDED,
    ...(postgresql ? [POSTGRESQL] : []),
    ...(containers ? CONTAINERS : []),
    ...(fuzzing ? FUZZING : []),
  ]
    .filter(({ program, file }) => (program && !hasProgram(program)) || (file && !hasFile(file)))
    .map((needed) => needed.package);
}

/**
 * Installs what is missing, by apt.
 *
 * @param {import('./machine.mjs').Machine} machine
 * @param {import('./run.mjs').Run} [execute]
 * @param {Also} [also]
 * @returns {Promise<boolean>} whether something was installed
 * @throws {SetupProblem} where apt cannot do it
 */
export async function installSystemPackages(machine, execute = run, also = {}) {
  const missing = missingPackages(machine, also);
  if (missing.length === 0) return false;
  refuseWhereAptCannot(machine, missing.join(' '));
  const env = { DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' };
  await execute('apt-get', ['-q', 'update'], { env });
  const install = ['-q', 'install', '--yes', '--no-install-recommends', ...missing];
  await execute('apt-get', install, { env });
  return true;
}

/**
 * @param {import('./machine.mjs').Machine} machine
 * @param {string} names
 */
function refuseWhereAptCannot({ isDebian, distribution, hasProgram, isRoot }, names) {
  if (!isDebian) {
    throw new SetupProblem(
      `this is ${distribution}: packages can be installed on Debian only`,
      `Install by hand what Debian calls: ${names}`,
    );
  }
  if (!hasProgram('apt-get')) {
    throw new SetupProblem('apt-get was not found', `Install by hand: ${names}`);
  }
  if (!isRoot) {
    throw new SetupProblem(
      'system packages are missing, and only root can install them',
      `Run as root: apt-get install ${names}`,
    );
  }
}
