// @ts-check
/**
 * @typedef {{ startedAt: string, accepted: number, stored: number, backend: number, pid: number,
 *   connections: number }} State of the service, as `GET /state` tells it
 * @typedef {import('./customers.mjs').Customers['count']} Count
 * @typedef {{ claim: string, seen: string, holds: boolean }} Claim
 */

/**
 * What has to be true when all is over.
 *
 * @param {{ before: State, resumed: State, restored: State, during: Count, end: Count }} observed
 * @returns {Claim[]}
 */
export function judge({ before, resumed, restored, during, end }) {
  return [
    {
      claim: 'the copy is the same process',
      seen: `pid ${restored.pid}, started at ${restored.startedAt}`,
      holds: restored.pid === before.pid && restored.startedAt === before.startedAt,
    },
    {
      claim: 'connections to the database',
      seen: `${before.connections} before, ${resumed.connections} after, ${restored.connections} in the copy`,
      holds: [before, resumed, restored].every(({ connections }) => connections > 0),
    },
    {
      claim: 'they are new ones',
      seen: `backends ${before.backend}, ${resumed.backend}, ${restored.backend}`,
      holds: new Set([before.backend, resumed.backend, restored.backend]).size === 3,
    },
    {
      claim: 'refused during the checkpoint',
      seen: `${during.refused}`,
      holds: during.refused === 0,
    },
    { claim: 'answered with an error', seen: `${end.failed}`, holds: end.failed === 0 },
    {
      claim: 'orders, acknowledged and stored',
      seen: `${end.acknowledged} = ${restored.stored}`,
      holds: end.acknowledged === restored.stored,
    },
  ];
}
