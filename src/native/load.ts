import bindings from 'bindings';
import { type ErrorCode, HINTS, TubthumpError } from '../errors/index.js';
import type { Addon } from './addon.js';
import { PACKAGE_ROOT } from './package.js';

let loaded: Addon | undefined;

/**
 * Loads the addon at the first call.
 * @throws TubthumpError ERR_TUBTHUMP_ADDON when it is missing or was built for another platform
 */
export function loadAddon(): Addon {
  loaded ??= load();
  return loaded;
}

/** Calls into the addon; what it throws becomes a TubthumpError. */
export function callNative<T>(call: (addon: Addon) => T): T {
  const addon = loadAddon();
  try {
    return call(addon);
  } catch (error) {
    throw fromNative(error);
  }
}

/** A native error as one of ours; anything else as it is. */
export function fromNative(error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error;
  const { code, log, errno, message } = error as Error & {
    code: string;
    log?: string;
    errno?: number;
  };
  if (!(code in HINTS)) return error;
  return new TubthumpError(code as ErrorCode, message, { cause: error, log, errno });
}

function load(): Addon {
  try {
    // An explicit list: by itself `bindings` prefers a stale Debug build.
    return bindings({
      bindings: 'tubthump',
      module_root: PACKAGE_ROOT,
      try: [
        ['module_root', 'prebuilds', 'linux-x64', 'bindings'],
        ['module_root', 'build', 'Release', 'bindings'],
      ],
    }) as Addon;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split('\n')[0] : String(cause);
    throw new TubthumpError('ERR_TUBTHUMP_ADDON', `cannot load the addon: ${reason}`, { cause });
  }
}
