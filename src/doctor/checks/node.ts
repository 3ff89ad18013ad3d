import { type Check, failure, ok, warning } from '../check.js';
import { type InstalledNode, installedNodes } from '../installed-nodes.js';

/** The lines of Node that the tests run on. */
const TESTED = [20, 22, 24, 26];
const OLDEST = [20, 19] as const;

export const node: Check = {
  name: 'Node',
  async examine(host) {
    const nodes = await installedNodes(host);
    const detail = nodes.map(describe).join(', ');
    if (isOlder(host.facts.node)) return failure(detail, 'Use Node >= 20.19.');
    const untested = nodes.filter(({ version }) => !TESTED.includes(major(version)));
    if (untested.length === 0) return ok(detail);
    return warning(
      `${detail}; never tested with ${untested.map(({ version }) => version).join(', ')}`,
      `Run services on Node ${TESTED.join(', ')}.`,
    );
  },
};

function describe({ version, path }: InstalledNode): string {
  return `${version} (${path})`;
}

function major(version: string): number {
  return Number.parseInt(version, 10);
}

function isOlder(version: string): boolean {
  const [first = 0, second = 0] = version.split('.').map(Number);
  return first < OLDEST[0] || (first === OLDEST[0] && second < OLDEST[1]);
}
