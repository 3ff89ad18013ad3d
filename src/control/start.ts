/** Why this process was started although there was an image. */
export interface Fallback {
  readonly code: string;
  readonly message: string;
}

/** How this process came to be. */
export interface Start {
  readonly start: 'started' | 'fallback' | 'restored';
  /** Normal starts in this process's past that were to be restores: 0 or 1. */
  readonly fallbacks: number;
  /** Why the last of them was. */
  readonly fallback: Fallback | null;
}

let fallback: Fallback | null = null;

export function rememberFallback(reason: Fallback): void {
  fallback = reason;
}

export function howStarted(generation: number): Start {
  const normally = fallback ? 'fallback' : 'started';
  return {
    start: generation > 0 ? 'restored' : normally,
    fallbacks: fallback ? 1 : 0,
    fallback,
  };
}
