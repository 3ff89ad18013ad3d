import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { type ProbeReport, probeCriu } from '../../../src/criu/probe/probe.js';
import { fakeCriu, realCriu } from '../fixtures.js';

test('a CRIU that works passes', async () => {
  const report = await probeCriu(await realCriu());
  expect(report).toEqual({ ok: true, dumpMs: expect.any(Number), restoreMs: expect.any(Number) });
  await expectNothingLeft();
});

test('two probes at once both pass', async () => {
  const criu = await realCriu();
  const reports = await Promise.all([probeCriu(criu), probeCriu(criu)]);
  expect(reports.map(({ ok }) => ok)).toEqual([true, true]);
});

test('a dump that fails is refused with the error in its log', async () => {
  const real = await realCriu();
  const broken = fakeCriu(`
    if [ "$1" = dump ]; then
      echo "(00.001) Error (criu/sk-inet.c:1): inet: cannot read SO_PASSCRED" > "$5/dump.log"
      exit 1
    fi
    exec ${real} "$@"`);
  const report = failed(await probeCriu(broken));
  expect(report.step).toBe('dump');
  expect(report.reason).toContain('exit status 1');
  expect(report.reason).toContain('inet: cannot read SO_PASSCRED');
  expect(report.log).toContain('SO_PASSCRED');
  await expectNothingLeft();
});

test('a dump that reports success without dumping is refused', async () => {
  const report = failed(await probeCriu(fakeCriu('exit 0')));
  expect(report).toMatchObject({ step: 'dump', reason: expect.stringContaining('still runs') });
  await expectNothingLeft();
});

test('a dump that hangs ends with the time limit, and so does what it started', async () => {
  const report = failed(await probeCriu(fakeCriu('sleep 1234; exit 1'), { timeoutMs: 200 }));
  expect(report).toMatchObject({ step: 'dump', reason: 'no end within 200 ms' });
  await expectNothingLeft();
});

test('a restore that fails is refused', async () => {
  const real = await realCriu();
  const broken = fakeCriu(`[ "$1" = restore ] && exit 3; exec ${real} "$@"`);
  const report = failed(await probeCriu(broken));
  expect(report).toMatchObject({ step: 'restore', reason: 'exit status 3' });
  await expectNothingLeft();
});

test('a restore that brings nothing to life ends with the time limit', async () => {
  const real = await realCriu();
  const broken = fakeCriu(`[ "$1" = restore ] && { sleep 1234; exit 0; }; exec ${real} "$@"`);
  const report = failed(await probeCriu(broken, { timeoutMs: 2_000 }));
  expect(report.reason).toBe('no answer from the copy within 2000 ms');
  await expectNothingLeft();
});

test('a copy that is restored but never runs is refused, and is not left behind', async () => {
  const real = await realCriu();
  const stopped = fakeCriu(
    `[ "$1" = restore ] && exec ${real} "$@" --leave-stopped; exec ${real} "$@"`,
  );
  const report = failed(await probeCriu(stopped, { timeoutMs: 2_000 }));
  expect(report).toMatchObject({ step: 'restore' });
  await expectNothingLeft();
});

test('a launcher that is not built is named', async () => {
  const report = failed(await probeCriu(await realCriu(), { launcher: '/nowhere/tubthump' }));
  expect(report).toMatchObject({ step: 'target', reason: expect.stringContaining('/nowhere') });
});

function failed(report: ProbeReport) {
  if (report.ok) throw new Error('the probe passed');
  return report;
}

/** No probe target, no hanging fake, no temporary directory. */
async function expectNothingLeft(): Promise<void> {
  const commands = () =>
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(commandLine)
      .filter((text) => /probe-target|sleep 1234/.test(text));
  // What was killed takes a moment to be gone.
  await expect.poll(commands, { timeout: 10_000 }).toEqual([]);
  expect(readdirSync(tmpdir()).filter((name) => name.startsWith('tubthump-probe-'))).toEqual([]);
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}
