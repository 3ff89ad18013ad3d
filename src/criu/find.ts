import { type CriuCache, criuCache } from './cache.js';
import { type Candidate, candidates, type Source } from './candidates.js';
import { ProbeMemory } from './probe/memory.js';
import { type ProbeOptions, type ProbeReport, probeCriu } from './probe/probe.js';
import { formatVersion, isAtLeast, MINIMUM, readVersion } from './version.js';

export interface FindOptions extends ProbeOptions {
  /** CRIU named by the user: the first candidate. */
  readonly criu?: string | undefined;
  readonly environment?: NodeJS.ProcessEnv;
  readonly cache?: CriuCache;
  /** Probe also what has passed before. */
  readonly fresh?: boolean;
}

/** A CRIU that was proved to dump and restore on this machine. */
export interface FoundCriu {
  readonly path: string;
  readonly source: Source;
  readonly version: string;
  readonly probe: Extract<ProbeReport, { ok: true }>;
}

/** Why a candidate was passed over. */
export interface Refusal extends Candidate {
  readonly reason: string;
  readonly log: string;
}

export interface Search {
  readonly found: FoundCriu | null;
  readonly refused: readonly Refusal[];
}

/**
 * Takes the first CRIU >= 4.2 that passes the probe, from: the option, `TUBTHUMP_CRIU`, PATH, the
 * private prefix. Writes nothing but the memory of probes.
 */
export async function findCriu(options: FindOptions = {}): Promise<Search> {
  const environment = options.environment ?? process.env;
  const cache = options.cache ?? criuCache(environment);
  const refused: Refusal[] = [];
  for (const candidate of candidates({ option: options.criu, environment, cache })) {
    const result = await examine(candidate, cache, options);
    if ('version' in result) return { found: result, refused };
    refused.push(result);
  }
  return { found: null, refused };
}

/** Version first, for it is cheap and explains more; then the probe. */
async function examine(
  candidate: Candidate,
  cache: CriuCache,
  options: FindOptions,
): Promise<FoundCriu | Refusal> {
  const version = await readVersion(candidate.path);
  if (typeof version === 'string') return { ...candidate, reason: version, log: '' };
  const text = formatVersion(version);
  if (!isAtLeast(version, MINIMUM)) {
    const reason = `version ${text} is too old, ${formatVersion(MINIMUM)} is needed`;
    return { ...candidate, reason, log: '' };
  }
  const memory = new ProbeMemory(cache.probes);
  const known = options.fresh ? null : memory.recall(candidate.path);
  const probe = known ?? (await probeCriu(candidate.path, options));
  if (!probe.ok) {
    const reason = `version ${text} fails the probe at ${probe.step}: ${probe.reason}`;
    return { ...candidate, reason, log: probe.log };
  }
  if (!known) memory.keep(candidate.path, probe);
  return { ...candidate, version: text, probe };
}
