import type { Machine } from '../../scripts/bootstrap/machine.mjs';

/** A fresh Debian 12 with everything installed; `facts` change it. */
export function machine(facts: Partial<Machine> = {}): Machine {
  return {
    platform: 'linux',
    arch: 'x64',
    node: '20.19.0',
    isRoot: true,
    distribution: 'Debian GNU/Linux 12 (bookworm)',
    isDebian: true,
    hasProgram: () => true,
    hasFile: () => true,
    ...facts,
  };
}

/** Nothing but these programs. */
export function only(...programs: string[]): Partial<Machine> {
  return { hasProgram: (program) => programs.includes(program), hasFile: () => false };
}
