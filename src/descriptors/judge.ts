import type { ErrorCode } from '../errors/index.js';
import type { Descriptor, DescriptorKind } from './descriptor.js';

export interface Refusal {
  readonly descriptor: Descriptor;
  readonly code: ErrorCode;
  /** What the application or the user can do. */
  readonly remedy: string;
}

/**
 * Kinds that CRIU 4.2 cannot dump, or that would be wrong in a copy. Unix connections are not
 * among them: only the kernel knows whether the other end is ours too, and CRIU asks it.
 */
const REFUSED: Partial<Record<DescriptorKind, string>> = {
  'tcp-connected': 'end the connection in beforeCheckpoint and connect again in afterRestore',
  io_uring: 'start the service with `tubthump run -- node …`',
  tty: 'close the terminal in beforeCheckpoint; stdin, stdout and stderr are taken care of',
  pidfd: 'close it in beforeCheckpoint',
  device: 'close the device in beforeCheckpoint and open it again in afterRestore',
};

/** Descriptors that keep this process from being dumped. `ours` are the channel and stdio. */
export function refusals(descriptors: readonly Descriptor[], ours: ReadonlySet<number>): Refusal[] {
  return descriptors.flatMap((descriptor) => {
    const remedy = REFUSED[descriptor.kind];
    if (!remedy || ours.has(descriptor.fd)) return [];
    const code =
      descriptor.kind === 'io_uring' ? 'ERR_TUBTHUMP_IO_URING' : 'ERR_TUBTHUMP_DESCRIPTORS';
    return [{ descriptor, code, remedy }];
  });
}
