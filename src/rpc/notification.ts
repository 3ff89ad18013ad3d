import { closeSync } from 'node:fs';
import type { criu_notify } from './generated/rpc.js';

/**
 * CRIU tells where it is, and waits: the order is in handlers.ts. Scripts that are not named there
 * come too: ignore what you do not know.
 */
export class Notification {
  readonly script: string;
  /** Of the restored root, where CRIU tells it. */
  readonly pid: number | undefined;
  private descriptors: number[];

  constructor(content: criu_notify.$Properties | null | undefined, descriptors: number[]) {
    this.script = content?.script ?? '';
    this.pid = content?.pid || undefined;
    this.descriptors = descriptors;
  }

  /** Descriptors that came along (`orphan-pts-master`), from now on the caller's to close. */
  takeDescriptors(): number[] {
    const taken = this.descriptors;
    this.descriptors = [];
    return taken;
  }

  /** Closes what nobody took. */
  release(): void {
    closeAll(this.takeDescriptors());
  }
}

export function closeAll(descriptors: readonly number[]): void {
  for (const descriptor of descriptors) closeSync(descriptor);
}
