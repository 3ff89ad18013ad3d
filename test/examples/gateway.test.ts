import { type Pool, pool } from 'tubthump';
import { afterEach, describe, expect, it } from 'vitest';
import { Gateway } from '../../examples/gateway/gateway.mjs';
import { plot } from '../../examples/gateway/plot.mjs';
import { parked } from '../../examples/gateway/sources.mjs';
import { askClone, freePorts, imageForClones } from '../integration/clones.js';

let copies: Pool | undefined;

afterEach(async () => await copies?.[Symbol.asyncDispose]());

describe('examples/gateway', () => {
  it('has no service without load, several under load, and none again', async () => {
    const port = await freePorts(6);
    copies = pool(await imageForClones(), { parked: 1, max: 6, port: `${port}+` });
    const gateway = new Gateway(parked(copies, port), { max: 3, perService: 2, idleMs: 100 });
    const door = await gateway.listen();
    expect(gateway.services).toBe(0);
    const answers = await Promise.all(Array.from({ length: 20 }, () => askClone(door, '/busy')));
    expect(new Set(answers.map(({ info }) => info?.cloneId)).size).toBe(gateway.most);
    expect(gateway.most).toBeGreaterThan(1);
    expect(gateway.most).toBeLessThanOrEqual(3);
    await expect.poll(() => gateway.services, { timeout: 10_000 }).toBe(0);
    await expect.poll(() => copies?.lent, { timeout: 10_000 }).toBe(0);
    expect((await askClone(door)).info?.reason).toBe('restored');
    gateway.close();
  });

  it('plots every request', () => {
    const samples = [
      { at: 0, latency: 5 },
      { at: 1000, latency: 500 },
    ];
    const svg = plot([
      { name: 'one', samples },
      { name: 'other', samples },
    ]);
    expect(svg.match(/<circle/g)).toHaveLength(4);
    expect(svg).toContain('>1000 ms<');
    expect(svg).not.toContain('NaN');
  });
});
