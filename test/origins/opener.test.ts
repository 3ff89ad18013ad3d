import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { describeOpener, openerOf } from '../../src/origins/opener.js';
import { captureOrigin } from '../../src/origins/origin.js';

const directory = realpathSync(mkdtempSync(join(tmpdir(), 'tubthump-opener-')));
afterAll(() => rmSync(directory, { recursive: true }));

function load(path: string, source: string): { call(work: () => unknown): unknown } {
  const file = join(directory, path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, source);
  return createRequire(file)(file);
}

const CALLER = 'exports.call = (work) => work();\n';

describe('who opened something', () => {
  it('is the application where it called Node itself', () => {
    const application = load('app.cjs', CALLER);
    const origin = application.call(function open() {
      return captureOrigin(open);
    });
    const opener = openerOf(origin as object);
    expect(opener).toEqual({ at: `${directory}/app.cjs:1:26` });
  });

  it('is a package and the application that called it', () => {
    const pool = load('node_modules/pool/lib/index.cjs', CALLER);
    writeFileSync(join(directory, 'node_modules/pool/package.json'), '{"version":"1.2.3"}');
    const application = load('app2.cjs', CALLER);
    const origin = application.call(() =>
      pool.call(function open() {
        return captureOrigin(open);
      }),
    );
    const opener = openerOf(origin as object);
    expect(opener).toMatchObject({
      package: 'pool@1.2.3',
      at: `${directory}/node_modules/pool/lib/index.cjs:1:26`,
    });
    expect(describeOpener(opener as NonNullable<typeof opener>)).toMatch(
      /^opened by pool@1\.2\.3 \(.*index\.cjs:1:26\), from \S+:\d+:\d+$/,
    );
  });

  it('is found although the application formats stacks its own way', () => {
    const application = load('app3.cjs', CALLER);
    const origin = application.call(function open() {
      return captureOrigin(open);
    }) as object;
    const prepare = Error.prepareStackTrace;
    const own = () => 'no stack';
    Error.prepareStackTrace = own;
    try {
      expect(openerOf(origin)?.at).toBe(`${directory}/app3.cjs:1:26`);
      expect(Error.prepareStackTrace).toBe(own);
    } finally {
      if (prepare) Error.prepareStackTrace = prepare;
      else Reflect.deleteProperty(Error, 'prepareStackTrace');
    }
  });
});
