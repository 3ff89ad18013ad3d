import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { release } from 'node:os';
import { dirname } from 'node:path';
import type { ProbeReport } from './probe.js';

type Passed = Extract<ProbeReport, { ok: true }>;

/**
 * Remembers which CRIU passed the probe, as long as nothing has changed that could change the
 * result: the binary, the kernel, the boot, the user and the capabilities. Failures are not
 * remembered: their reason may have been removed in the meantime.
 */
export class ProbeMemory {
  constructor(private readonly file: string) {}

  recall(criu: string): Passed | null {
    return this.read()[identity(criu)] ?? null;
  }

  /**
   * Concurrent writers may lose each other's entry, never damage the file: it is replaced by a rename.
   * A cache that cannot be written costs another probe next time, no more.
   */
  keep(criu: string, report: Passed): void {
    const kept = Object.entries(this.read()).filter(([other]) => belongsToThisBoot(other));
    const all = Object.fromEntries([...kept, [identity(criu), report]]);
    const temporary = `${this.file}.${process.pid}`;
    try {
      mkdirSync(dirname(this.file), { recursive: true, mode: 0o700 });
      writeFileSync(temporary, JSON.stringify(all, null, 2));
      renameSync(temporary, this.file);
    } catch {}
  }

  private read(): Record<string, Passed> {
    try {
      return JSON.parse(readFileSync(this.file, 'utf8'));
    } catch {
      return {}; // First run, or written by another version: probing again is cheap.
    }
  }
}

function identity(criu: string): string {
  const { size, mtimeMs } = statSync(criu);
  return [bootId(), release(), process.geteuid?.(), capabilities(), criu, size, mtimeMs].join(' ');
}

function belongsToThisBoot(key: string): boolean {
  return key.startsWith(`${bootId()} `);
}

function bootId(): string {
  return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
}

function capabilities(): string {
  return /^CapEff:\s*(\S+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '';
}
