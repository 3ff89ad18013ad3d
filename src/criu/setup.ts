import { existsSync } from 'node:fs';
import { TubthumpError } from '../errors/index.js';
import { criuCache } from './cache.js';
import { type FindOptions, type FoundCriu, findCriu, type Refusal } from './find.js';
import { provideProto } from './provide/proto.js';
import { type Progress, provideCriu } from './provide/provide.js';
import { publishFile } from './provide/publish.js';
import { providePycriu } from './provide/pycriu.js';
import { provideRestoreBinary } from './provide/restore-binary.js';

export interface SetupOptions extends FindOptions {
  /** Unpack a private CRIU again, even if one is there. */
  readonly force?: boolean;
  /** Fetch CRIU's protocol definition, too. */
  readonly withProto?: boolean;
  readonly progress?: Progress;
}

export interface SetupResult {
  readonly criu: FoundCriu;
  /** Candidates that were passed over, with reasons. */
  readonly refused: readonly Refusal[];
  /** Path of CRIU's protocol definition, when asked for. */
  readonly proto: string | null;
}

/**
 * Finds a CRIU that works, or unpacks one, and records its path where the launcher looks first.
 *
 * @throws ERR_TUBTHUMP_CRIU_PROBE when the private CRIU does not work here; what providing throws
 */
export async function setup(options: SetupOptions = {}): Promise<SetupResult> {
  const cache = options.cache ?? criuCache(options.environment);
  const progress = options.progress ?? (() => {});
  if (options.force) await provideCriu(cache, progress, { again: true });

  let search = await findCriu({ ...options, cache });
  if (!search.found && !search.refused.some(isPrivate)) {
    await provideCriu(cache, progress);
    search = await findCriu({ ...options, cache });
  }
  if (!search.found) throw refusal(search.refused);

  if (isPrivate(search.found)) await provideRestoreBinary(cache.current, progress);
  publishFile(cache.chosen, `${search.found.path}\n`);
  if (options.withProto && (options.force || !existsSync(cache.proto))) {
    await provideProto(cache, progress, { again: options.force ?? false });
  }
  if (options.withProto && !existsSync(cache.pycriu)) await providePycriu(cache, progress);
  return {
    criu: search.found,
    refused: search.refused,
    proto: options.withProto ? cache.proto : null,
  };
}

// Unpacking it again would give the same CRIU; --force does so all the same.
function isPrivate({ source }: FoundCriu | Refusal): boolean {
  return source === 'private prefix';
}

function refusal(refused: readonly Refusal[]): TubthumpError {
  const last = refused.at(-1);
  const list = refused.map(({ source, path, reason }) => `${path} (${source}): ${reason}`);
  return new TubthumpError('ERR_TUBTHUMP_CRIU_PROBE', `no CRIU works here: ${list.join('; ')}`, {
    ...(last?.log && { log: last.log }),
  });
}
