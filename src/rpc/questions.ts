import { unknownOption } from '../errors/wrong-option.js';
import { attempt } from './attempt.js';
import { type Request, type RequestName, RequestType, type Response } from './codec.js';
import { failure } from './failure.js';
import { checkControl } from './options/check.js';
import { CONTROL, type Control, type NotifyControl } from './options/control.js';
import { integers } from './options/kinds.js';
import { type CriuFeatures, type CriuVersion, featuresOf, versionOf } from './results.js';
import type { Transport } from './transport.js';

export interface RequestOptions extends NotifyControl {
  /** Descriptors that swrk gets as 4, 5, … in its own table. */
  readonly inherit?: readonly number[] | undefined;
}

export async function check(transport: Transport, control: Control): Promise<void> {
  await succeed(transport, 'check', { type: RequestType.CHECK }, control);
}

export async function version(transport: Transport, control: Control): Promise<CriuVersion> {
  const request = { type: RequestType.VERSION };
  return versionOf(await succeed(transport, 'version', request, control));
}

export async function featureCheck(transport: Transport, control: Control): Promise<CriuFeatures> {
  const features = { memTrack: true, lazyPages: true, pidfdStore: true };
  const request = { type: RequestType.FEATURE_CHECK, features };
  return featuresOf(await succeed(transport, 'feature check', request, control));
}

/** Any request; a refusal is an answer like any other. */
export async function ask(
  transport: Transport,
  { type, ...rest }: Omit<Request, 'type'> & { readonly type: RequestName },
  options: RequestOptions,
): Promise<Response> {
  const { onNotify, notify } = CONTROL;
  checkControl({ ...options }, { inherit: integers, onNotify, notify });
  if (typeof RequestType[type] !== 'number') {
    throw unknownOption(type, Object.keys(RequestType));
  }
  const { inherit = [], ...control } = options;
  const request = { ...rest, type: RequestType[type] };
  const plan = { what: `request ${type}`, control, inherit, request: () => request };
  return (await attempt(transport, plan)).response;
}

/** Nothing is frozen by a question: no time to undo anything is needed. */
async function succeed(
  transport: Transport,
  what: string,
  request: Request,
  control: Control,
): Promise<Response> {
  checkControl({ ...control });
  const plan = { what, control: { graceMs: 0, ...control }, request: () => request };
  const { response, log } = await attempt(transport, plan);
  if (!response.success) throw failure('ERR_TUBTHUMP_RPC_REFUSED', what, response, log);
  return response;
}
