import { expect, test } from 'vitest';
import { CHECKS, examine, isHealthy } from '../../src/doctor/doctor.js';
import { Host } from '../../src/doctor/host.js';
import { table } from '../../src/doctor/table.js';

test('examines this very machine, line by line', async () => {
  const lines = await examine(new Host());
  expect(lines.map(({ name }) => name)).toEqual(CHECKS.map(({ name }) => name));
  expect(lines.find(({ name }) => name === 'CRIU')).toMatchObject({ status: 'ok' });
  for (const { status, remedy } of lines) expect(remedy === undefined).toBe(status === 'ok');
});

test('a check that throws is one failure among the other lines', async () => {
  const lines = await examine(new Host({ search: () => Promise.reject(new Error('odd')) }));
  const criu = lines.find(({ name }) => name === 'CRIU');
  expect(criu).toMatchObject({ status: 'failure', detail: expect.stringContaining('odd') });
  expect(lines.find(({ name }) => name === 'kernel')).toMatchObject({ status: 'ok' });
  expect(isHealthy(lines)).toBe(false);
});

test('warnings are no failures', () => {
  expect(isHealthy([{ name: 'a', status: 'warning', detail: '', remedy: 'b' }])).toBe(true);
});

const LINES = [
  { name: 'kernel', status: 'ok', detail: 'linux 6.18' },
  { name: 'pid range', status: 'warning', detail: 'up to 32768', remedy: 'sysctl' },
] as const;

test('the table has the remedy below its line', () => {
  expect(table(LINES)).toBe(
    [
      'ok       kernel     linux 6.18',
      'warning  pid range  up to 32768',
      '                    -> sysctl',
    ].join('\n'),
  );
});

test('colors are put in only when asked for', () => {
  expect(table(LINES, { colors: true })).toContain('\u001b[');
  expect(table(LINES)).not.toContain('\u001b[');
});
