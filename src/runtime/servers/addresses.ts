import { TubthumpError } from '../../errors/index.js';

/** Where a server listens: host and port, or the path of a Unix-domain socket. */
export type Place =
  | {
      readonly host: string;
      readonly port: number;
      /** 4 or 6 where the host is known to be an address; else it is looked up. */
      readonly family?: 4 | 6;
    }
  | { readonly path: string };

export function nameOf(place: Place): string {
  if ('path' in place) return place.path;
  return place.host.includes(':') ? `[${place.host}]:${place.port}` : `${place.host}:${place.port}`;
}

/**
 * The places of a restore that was given other ones (TUBTHUMP_LISTEN): rules with commas between,
 * each `OLD=NEW`, or one `NEW` for a service that listens in one place. OLD and NEW are a port,
 * `host:port`, `[v6]:port`, or a path; a port alone stands for any host, or for the host of before.
 * @param places of all servers, in the order in which they began to listen
 * @throws TubthumpError ERR_TUBTHUMP_LISTEN when a rule cannot be read or fits no server
 */
export function rearrange(places: readonly Place[], rules: string): Place[] {
  const moved = [...places];
  for (const rule of rules.split(',').filter(Boolean)) {
    const equals = rule.indexOf('=');
    const target = read(equals < 0 ? rule : rule.slice(equals + 1), rule);
    const source = equals < 0 ? undefined : read(rule.slice(0, equals), rule);
    const fitting = [...places.keys()].filter((index) => fits(places[index] as Place, source));
    if (fitting.length === 0 || (!source && fitting.length > 1)) {
      throw wrong(rule, `the service listens on ${places.map(nameOf).join(', ') || 'nothing'}`);
    }
    for (const index of fitting) moved[index] = move(places[index] as Place, target, rule);
  }
  return moved;
}

type Pattern = { readonly host?: string; readonly port: number } | { readonly path: string };

function read(text: string, rule: string): Pattern {
  if (text.includes('/') || text.startsWith('@')) return { path: text.replace(/^@/, '\0') };
  const [, v6, name, digits = ''] = /^(?:(?:\[(.+)\]|([^:]+)):)?(\d{1,5})$/.exec(text) ?? [];
  const port = Number(digits);
  if (digits === '' || port > 65_535) {
    throw wrong(rule, `\`${text}\` is no port, host:port or path`);
  }
  const host = v6 ?? name;
  return host === undefined ? { port } : { host, port };
}

function fits(place: Place, pattern: Pattern | undefined): boolean {
  if (!pattern) return true;
  if ('path' in place) return 'path' in pattern && pattern.path === place.path;
  if ('path' in pattern || pattern.port !== place.port) return false;
  return pattern.host === undefined || pattern.host === place.host;
}

function move(place: Place, target: Pattern, rule: string): Place {
  if ('path' in target) return target;
  if (target.host !== undefined) return { host: target.host, port: target.port };
  if ('path' in place) throw wrong(rule, 'a server on a path moves to a path or to host:port');
  return { ...place, port: target.port };
}

function wrong(rule: string, reason: string): TubthumpError {
  return new TubthumpError('ERR_TUBTHUMP_LISTEN', `listening rule \`${rule}\`: ${reason}`);
}
