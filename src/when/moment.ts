/** When a service checkpoints itself. `manual` never comes by itself. */
export type Moment =
  | { readonly name: 'manual' | 'before-listen' | 'listening' | 'ready' }
  /** So many requests have been answered. */
  | { readonly name: 'requests'; readonly count: number }
  /** It has listened, and no request was in work, for so many ms. */
  | { readonly name: 'idle'; readonly ms: number };

/** As on command lines: `listening`, `requests=N`, `idle=MS`; undefined for anything else. */
export function parseMoment(text: string): Moment | undefined {
  switch (text) {
    case 'manual':
    case 'before-listen':
    case 'listening':
    case 'ready':
      return { name: text };
  }
  const [, name, digits] = /^(requests|idle)=([1-9]\d{0,8})$/.exec(text) ?? [];
  if (name === 'requests') return { name, count: Number(digits) };
  return name === 'idle' ? { name, ms: Number(digits) } : undefined;
}
