import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../examples/catalog/demo/free-port.mjs';
import { Processes } from '../../examples/catalog/demo/processes.mjs';
import { startPostgresql } from '../../examples/orders/demo/postgresql.mjs';

export interface Database {
  /** How pg finds it. */
  readonly environment: Record<string, string>;
  end(): Promise<void>;
}

/** A PostgreSQL of the test's own. */
export async function startDatabase(): Promise<Database> {
  const parent = mkdtempSync(join(tmpdir(), 'tubthump-pg-'));
  chmodSync(parent, 0o711); // PostgreSQL is another user.
  const processes = new Processes();
  const directory = join(parent, 'database');
  const { environment } = await startPostgresql({ processes, directory, port: await freePort() });
  const end = async () => {
    await processes.endAll();
    rmSync(parent, { recursive: true });
  };
  return { environment, end };
}
