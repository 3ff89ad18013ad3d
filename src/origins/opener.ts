import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { PACKAGE_ROOT } from '../native/package.js';
import { framesOf, type Origin } from './origin.js';

/** Who opened something: an npm package, the application, or both. */
export interface Opener {
  /** `name@version` of the npm package that called Node. */
  readonly package?: string;
  /** Source line of that call, `FILE:LINE:COLUMN`. */
  readonly at: string;
  /** Source line of the application that had the package do it. */
  readonly application?: string;
}

interface Site {
  readonly file: string;
  readonly at: string;
}

/** The innermost frame that is neither Node's nor ours, and the application's innermost. */
export function openerOf(origin: Origin): Opener | undefined {
  const sites = framesOf(origin).flatMap((frame) => siteOf(frame) ?? []);
  const [innermost] = sites;
  if (!innermost) return undefined;
  const name = packageOf(innermost.file);
  if (!name) return { at: innermost.at };
  const application = sites.find(({ file }) => !packageOf(file))?.at;
  return { package: name, at: innermost.at, ...(application !== undefined && { application }) };
}

/** `opened by pg@8.11.3 (node_modules/pg/lib/client.js:61:7), from src/db.js:12:5` */
export function describeOpener(opener: Opener): string {
  if (!opener.package) return `opened at ${opener.at}`;
  const from = opener.application === undefined ? '' : `, from ${opener.application}`;
  return `opened by ${opener.package} (${opener.at})${from}`;
}

function siteOf(frame: NodeJS.CallSite): Site | undefined {
  const name = frame.getFileName() ?? '';
  const file = name.startsWith('file://') ? fileURLToPath(name) : name;
  if (!file.startsWith('/') || isOurs(file)) return undefined;
  const near = relative(process.cwd(), file);
  const shown = near.startsWith('../../') ? file : near;
  return { file, at: `${shown}:${frame.getLineNumber()}:${frame.getColumnNumber()}` };
}

function isOurs(file: string): boolean {
  return file.startsWith(`${PACKAGE_ROOT}dist/`) || file.startsWith(`${PACKAGE_ROOT}src/`);
}

/** `@scope/name@1.2.3` of a file in node_modules. */
function packageOf(file: string): string | undefined {
  const [, directory, name] = /^(.*\/node_modules\/((?:@[^/]+\/)?[^/]+))\//.exec(file) ?? [];
  if (!directory || !name) return undefined;
  try {
    const { version } = JSON.parse(readFileSync(`${directory}/package.json`, 'utf8'));
    return `${name}@${version}`;
  } catch {
    return name;
  }
}
