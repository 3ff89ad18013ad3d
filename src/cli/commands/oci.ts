import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { bytes } from '../../inspect/text.js';
import { DEFAULT_TAG, exportImage } from '../../oci/export.js';
import { importImage } from '../../oci/import.js';
import { parseReference } from '../../oci/reference.js';
import type { Command } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { interruptible } from '../interruptible.js';
import { withProgress } from '../progress-bar.js';
import { usage } from '../usage.js';

const help = `Usage: tubthump oci export [--base BASE] [--json] DIR LAYOUT[:TAG]
       tubthump oci import [--json] LAYOUT[:TAG] DIR

Moves an image into an OCI image layout, which skopeo and podman copy to registries, and back. Equal
images give equal bytes. Without a tag, export takes \`latest\`, and import what is there, if that is
one image. What fails or is interrupted leaves nothing behind.

  --base BASE  an exported image, LAYOUT[:TAG]: pages that are in its layers are not stored again
  --json       the result as JSON on stdout
`;

const options = { base: { type: 'string' }, json: { type: 'boolean' } } as const;

interface Call {
  readonly from: string;
  readonly to: string;
  readonly base: string | undefined;
  readonly json: boolean;
}

export const command: Command = {
  help,
  async run(args) {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [verb, from, to, ...more] = positionals;
    if ((verb !== 'export' && verb !== 'import') || !from || !to || more.length > 0)
      throw usage('give export, DIR and LAYOUT, or import, LAYOUT and DIR');
    if (verb === 'import' && values.base) throw usage('--base goes with export');
    const call = { from, to, base: values.base, json: values.json ?? false };
    const work = verb === 'export' ? exportOne : importOne;
    return await interruptible((signal) => work(call, signal));
  },
};

async function exportOne({ from, to, base, json }: Call, signal: AbortSignal): Promise<number> {
  const target = parseReference(to);
  const pages = base === undefined ? undefined : parseReference(base);
  const result = await withProgress(json, (onProgress) =>
    exportImage(resolve(from), target, { base: pages, signal, onProgress }),
  );
  const { layout, tag = DEFAULT_TAG } = target;
  if (json) console.log(JSON.stringify({ layout, tag, ...result }));
  else {
    const shared = base === undefined ? '' : `, ${share(result)} of its pages from the base`;
    console.log(`exported: ${layout}:${tag}, ${bytes(result.bytes)} new${shared}`);
    console.log(result.digest);
  }
  return EXIT.ok;
}

async function importOne({ from, to, json }: Call, signal: AbortSignal): Promise<number> {
  const images = resolve(to);
  const source = parseReference(from);
  const result = await withProgress(json, (onProgress) =>
    importImage(source, images, { signal, onProgress }),
  );
  if (json) console.log(JSON.stringify({ images, ...result }));
  else console.log(`imported: ${images}`);
  return EXIT.ok;
}

function share({ pages, basePages }: { pages: number; basePages: number }): string {
  return `${((100 * basePages) / Math.max(pages, 1)).toFixed(1)} %`;
}
