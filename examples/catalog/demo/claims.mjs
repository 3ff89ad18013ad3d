// @ts-check
import { isDeepStrictEqual } from 'node:util';
import { REQUESTS } from './observation.mjs';

/**
 * @typedef {import('./observation.mjs').Observation} Observation
 * @typedef {(observation: Observation) => unknown} Read
 * @typedef {{ claim: string, before: unknown, copies: unknown[], holds: boolean }} Claim
 */

/**
 * Holds the copies against the service before its checkpoint.
 *
 * @param {Observation} before
 * @param {Observation[]} copies each made after one first answer
 * @returns {Claim[]}
 */
export function judge(before, copies) {
  /** @type {(claim: string, read: Read, wanted?: unknown) => Claim} */
  const equal = (claim, read, wanted = read(before)) => {
    const values = copies.map(read);
    const holds = values.every((value) => isDeepStrictEqual(value, wanted));
    return { claim, before: read(before), copies: values, holds };
  };
  /** @type {(claim: string, read: Read) => Claim} */
  const distinct = (claim, read) => {
    const values = copies.map(read);
    const holds = new Set([read(before), ...values]).size === copies.length + 1;
    return { claim, before: read(before), copies: values, holds };
  };
  const { carts, requests } = before.state;
  return [
    equal('started at', ({ state }) => state.startedAt),
    equal('checksum of the data', ({ state }) => state.checksum),
    equal('a held cart', ({ cart }) => cart),
    // Each copy goes on where the original stopped: with its first answer and one observation.
    equal('carts held', ({ state }) => state.carts, carts + 1),
    equal('requests served', ({ state }) => state.requests, requests + 1 + REQUESTS),
    distinct('id of a new cart', ({ newCart }) => newCart),
    distinct('randomUUID', ({ session }) => session.id),
    distinct('randomBytes', ({ session }) => session.token),
    distinct('Math.random', ({ session }) => session.lottery),
  ];
}
