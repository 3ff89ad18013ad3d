import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { freePort } from '../../examples/catalog/demo/free-port.mjs';
import {
  adopt,
  collect,
  end,
  exitOf,
  type Running,
  temporaryDirectory,
  waitForOutput,
} from '../integration/harness.js';

/** What the pages call `server.js`. */
const SERVER = `import { createServer } from 'node:http';
import { Core } from 'tubthump';
createServer((_, response) => response.end()).listen(process.env.PORT, '127.0.0.1', () => Core.ready());
`;

const PAGES = ['README.md', 'docs/when.md', 'docs/environment.md', 'examples/catalog/README.md'];

/** The command lines in a page's \`sh\` blocks that start tubthump. */
function commandsIn(page: string): string[] {
  const blocks = readFileSync(page, 'utf8').matchAll(/^```sh\n([\s\S]*?)^```$/gm);
  return [...blocks].flatMap(([, block = '']) =>
    block.split('\n').filter((line) => line.startsWith('tubthump ')),
  );
}

it('are those of all pages', () => {
  const pages = [
    'README.md',
    ...readdirSync('docs').flatMap((file) => (file.endsWith('.md') ? [`docs/${file}`] : [])),
  ];
  const having = pages.filter((page) => commandsIn(page).length > 0);
  expect(PAGES).toEqual(expect.arrayContaining(having));
});

describe.each(PAGES)('the commands of %s', (page) => {
  it('do what they say, one after the other', async () => {
    const commands = commandsIn(page);
    expect(commands.length).toBeGreaterThan(0);
    const directory = temporaryDirectory();
    const port = await freePort();
    symlinkSync(resolve('node_modules'), join(directory, 'node_modules'));
    writeFileSync(join(directory, 'package.json'), '{"type":"module"}');
    writeFileSync(join(directory, 'server.js'), SERVER);
    const cwd = page.startsWith('examples/') ? dirname(page) : directory;
    for (const [index, command] of commands.entries()) {
      // `restore` is of the image before.
      const isRestore = command.startsWith('tubthump restore');
      const images = join(directory, `image${isRestore ? index - 1 : index}`);
      const line = command
        .replace(/(?<= )(\/var\/images\/\w+|\/tmp\/catalogue|DIR)(?= |$)/, images)
        .replace(/127\.0\.0\.1:\d+/g, `127.0.0.1:${port}`);
      await expectToWork(line, { cwd, port, images });
    }
  });
});

interface Place {
  readonly cwd: string;
  readonly port: number;
  readonly images: string;
}

async function expectToWork(line: string, { cwd, port, images }: Place): Promise<void> {
  const PATH = `${resolve('build/Release')}:${process.env.PATH}`;
  const env = { ...process.env, PATH, PORT: String(port), CATALOG_PRODUCTS: '50' };
  // exec: who ends it ends the launcher.
  const running = collect(adopt(spawn('sh', ['-c', `exec ${line}`], { cwd, env })));
  if (line.startsWith('tubthump checkpoint')) {
    expect(await exitOf(running.child), running.output()).toMatchObject({ status: 0 });
    expect(existsSync(join(images, 'manifest.json'))).toBe(true);
    return;
  }
  if (line.includes('--checkpoint'))
    await waitForOutput(running, /image \S+ made in|, [\d.]+ MB in /);
  await expectAnswer(running, port);
  await end(running.child);
}

async function expectAnswer(running: Running, port: number): Promise<void> {
  const ask = () => fetch(`http://127.0.0.1:${port}/`, { headers: { connection: 'close' } });
  await expect
    .poll(() => ask().then(({ status }) => status, String), {
      timeout: 30_000,
      message: running.output(),
    })
    .toBe(200);
}
