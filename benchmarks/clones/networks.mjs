// @ts-check
// Network namespaces for plain `criu restore`, whose copies all have the same port: made before the
// clock runs, for tubthump makes its own while it does.
import { execFileSync } from 'node:child_process';

const NAME = `tubthump-bench-${process.pid}`;
/** A /16 that hardly anybody has: each namespace has an address in it. */
const PREFIX = '10.213';

/** @param {string} commands of ip(8), one a line */
const ip = (commands) => execFileSync('ip', ['-force', '-batch', '-'], { input: commands });

/** @typedef {{ host: string, path: string }} Network */

export class Networks {
  /** @type {Network[]} */
  all;

  /** @param {number} count */
  constructor(count) {
    this.all = Array.from({ length: count }, (_, index) => ({
      host: `${PREFIX}.${index}.2`,
      path: `/run/netns/${NAME}-${index}`,
    }));
    ip(this.all.map((_, index) => `netns add ${NAME}-${index}\n`).join(''));
    for (const [index, { host }] of this.all.entries()) {
      const device = `tubb${index}`;
      ip(`link add ${device} type veth peer name eth0 netns ${NAME}-${index}
addr add ${PREFIX}.${index}.1/30 dev ${device}
link set ${device} up
`);
      execFileSync('ip', ['-netns', `${NAME}-${index}`, '-batch', '-'], {
        input: `addr add ${host}/30 dev eth0\nlink set eth0 up\nlink set lo up\n`,
      });
    }
  }

  [Symbol.dispose]() {
    ip(this.all.map((_, index) => `netns del ${NAME}-${index}\n`).join(''));
  }
}
