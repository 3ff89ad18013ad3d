import type { AptSource } from './source.js';

/** Parses a classic `sources.list`: "deb [options] uri suite component…", see sources.list(5). */
export function parseOneLine(text: string): AptSource[] {
  return text.split('\n').flatMap((line) => {
    const match = /^\s*(deb|deb-src)\s+(?:\[([^\]]*)\]\s+)?([^#]+)/.exec(line);
    if (!match) return [];
    const [, type = '', options = '', rest = ''] = match;
    const [uri, suite, ...components] = rest.trim().split(/\s+/);
    if (!uri || !suite) return [];
    const signedBy = /(?:^|\s)signed-by=(\S+)/.exec(options)?.[1];
    return [
      { types: [type], uris: [uri], suites: [suite], components, ...(signedBy && { signedBy }) },
    ];
  });
}
