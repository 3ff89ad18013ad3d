import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serviceAt } from '../checkpoint/descendants.js';
import { untilReady } from '../checkpoint/ready.js';
import { Service } from '../checkpoint/service.js';
import { askCheckpoint } from '../control/client.js';
import { HINTS, TubthumpError } from '../errors/index.js';
import { failure, ok } from './check.js';
import type { Line } from './doctor.js';

const READY_MS = 60_000;

export interface Rehearsal {
  /** What a user would type to start the service. */
  readonly command: readonly string[];
  readonly criu?: string | undefined;
  /** File with rules for what is open. */
  readonly policy?: string | undefined;
}

/**
 * Starts a service with every origin remembered, makes an image of it when it listens or is ready, and
 * throws that away: what keeps it from being checkpointed is the line's detail. The service is ended.
 */
export async function rehearse({ command, criu, policy }: Rehearsal): Promise<Line> {
  const directory = mkdtempSync(join(tmpdir(), 'tubthump-doctor-'));
  const images = join(directory, 'image');
  const environment = { TUBTHUMP_EXPLAIN: '1' };
  // Our own stdout is for the lines.
  const service = new Service(command, { environment, stdout: 'stderr' });
  try {
    const assertAlive = () => service.assertAlive();
    const status = await untilReady(service.pid, { timeoutMs: READY_MS, assertAlive });
    const started = performance.now();
    const options = {
      images,
      leaveRunning: false,
      ...(criu && { criu }),
      ...(policy && { policy }),
    };
    await askCheckpoint(serviceAt(service.pid), options);
    const ms = Math.round(performance.now() - started);
    const { bytes } = JSON.parse(readFileSync(join(images, 'manifest.json'), 'utf8'));
    const hooks = status.resources.length > 0 ? `, resources: ${status.resources.join(', ')}` : '';
    return { name: 'service', ...ok(`${(bytes / 1e6).toFixed(1)} MB in ${ms} ms${hooks}`) };
  } catch (error) {
    if (!(error instanceof TubthumpError)) throw error;
    return { name: 'service', ...failure(error.message, HINTS[error.code]) };
  } finally {
    await service.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}
