// @ts-check
// How long until a fresh service answers: prepared anew for each test, or a copy.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { prepare } from './fresh.mjs';

const SERVICE = fileURLToPath(new URL('service.mjs', import.meta.url));
const TESTS = 10;

/** @param {string} url */
async function answered(url) {
  for (;;) {
    const response = await fetch(url).catch(() => undefined);
    if (response) return await response.text();
    await sleep(2);
  }
}

/** @param {number[]} times */
const median = (times) => (times.sort((a, b) => a - b)[times.length >> 1] ?? 0).toFixed(0);

const anew = [];
for (let test = 0; test < TESTS; test++) {
  const start = performance.now();
  const env = { ...process.env, PORT: '21850' };
  const child = spawn(process.execPath, [SERVICE], { env, stdio: 'ignore' });
  await answered('http://127.0.0.1:21850');
  anew.push(performance.now() - start);
  child.kill();
  await once(child, 'exit');
}
console.log(`prepared anew: ${median(anew)} ms a test`);

const prepared = prepare(SERVICE, 21_860);
const copied = [];
for (let test = 0; test < TESTS; test++) {
  const start = performance.now();
  const service = await prepared.next();
  await answered(service.url);
  copied.push(performance.now() - start);
  await service[Symbol.asyncDispose]();
}
await prepared.close();
console.log(`a fresh copy:  ${median(copied)} ms a test`);
