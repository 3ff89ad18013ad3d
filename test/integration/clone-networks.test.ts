import { execFileSync, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { clone } from '../../src/clone/clone.js';
import { type CloneAnswer, imageForClones } from './clones.js';
import { adopt, collect, end, LAUNCHER, type Running, waitForOutput } from './harness.js';

const PORT = 8080;
const made = new Set<string>();

afterEach(async () => {
  for (const name of made) {
    for (let tries = 0; ; tries++) {
      try {
        execFileSync('ip', ['netns', 'del', name], { stdio: 'pipe' });
        break;
      } catch (error) {
        if (tries > 100) throw error;
        await sleep(20);
      }
    }
  }
  made.clear();
});

/** A network namespace of the test's own, with loopback and what `commands` of ip(8) make. */
function network(commands = ''): string {
  const name = `tubthump-test-${process.pid}-${made.size}`;
  execFileSync('ip', ['netns', 'add', name]);
  made.add(name);
  const input = `link set lo up\n${commands}`;
  execFileSync('ip', ['-netns', name, '-batch', '-'], { input });
  return name;
}

/** `clone --json` inside of it. */
async function cloneIn(name: string, args: readonly string[]): Promise<Running> {
  const command = ['netns', 'exec', name, LAUNCHER, 'clone', '--json', ...args];
  const running = collect(adopt(spawn('ip', command, { stdio: ['ignore', 'pipe', 'pipe'] })));
  await waitForOutput(running, /"event":"settled"/);
  expect(running.output()).not.toContain('"event":"failed"');
  return running;
}

const ASK = `
  const [url] = process.argv.slice(1);
  const ask = (tries) => fetch(url).then((answer) => answer.text()).then(console.log, (error) => {
    if (tries > 500) throw error;
    setTimeout(ask, 10, tries + 1);
  });
  ask(0);
`;

/** Asks from inside of it, trying again while nobody listens yet. */
function askIn(name: string, host: string): CloneAnswer {
  const command = ['netns', 'exec', name, process.execPath, '-e', ASK, `http://${host}/`];
  return JSON.parse(execFileSync('ip', command, { encoding: 'utf8' })) as CloneAnswer;
}

const BRIDGE = `link add br0 type bridge
addr add 10.0.0.254/24 dev br0
link set br0 up
`;

describe('networks of clones', () => {
  it('are put on a bridge that is there, and reach one another', async () => {
    const name = network(BRIDGE);
    const images = await imageForClones({ HOST: '0.0.0.0' });
    const options = ['--bridge', 'br0', '--ip', '10.0.0.{n}/24', '--listen', `0.0.0.0:${PORT}`];
    const running = await cloneIn(name, ['--count', '3', ...options, images]);
    for (const number of [1, 2, 3]) {
      const answer = askIn(name, `10.0.0.${number}:${PORT}`);
      expect(answer.info?.copy.number).toBe(number);
    }
    const [pid] = /(?<="copy":1,.*"pid":)\d+/.exec(running.output()) ?? [];
    const other = `http://10.0.0.2:${PORT}/`;
    const inside = ['-t', String(pid), '--net', process.execPath, '-e', ASK, other];
    const answer = JSON.parse(execFileSync('nsenter', inside, { encoding: 'utf8' }));
    expect(answer.info.copy.number).toBe(2);
    await end(running.child);
  });

  it('have addresses of IPv6, without a bridge', async () => {
    const name = network();
    const images = await imageForClones({ HOST: '::' });
    const options = ['--ip', 'fd00:5::{n}', '--listen', `[::]:${PORT}`];
    const running = await cloneIn(name, ['--count', '3', ...options, images]);
    for (const number of [1, 2, 3]) {
      const answer = askIn(name, `[fd00:5::${number}]:${PORT}`);
      expect(answer.info?.copy.number).toBe(number);
    }
    await end(running.child);
  });

  it('may be one for all of them, with a port each', async () => {
    const name = network();
    const images = await imageForClones();
    const net = `/run/netns/${name}`;
    await using copies = await clone(images, { count: 3, net, port: `${PORT}+` });
    for (const { number, cloneId } of copies) {
      const answer = askIn(name, `127.0.0.1:${PORT + number - 1}`);
      expect(answer.info?.cloneId).toBe(cloneId);
    }
  });
});
