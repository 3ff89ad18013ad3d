import { TubthumpError } from '../errors/index.js';
import { criu_req, criu_req_type, criu_resp } from './generated/rpc.js';

/** A request as CRIU defines it: proto/rpc.proto in camelCase. */
export type Request = criu_req.$Properties;
/** An answer of CRIU, a notification or the final one. */
export type Response = criu_resp;
export const RequestType = criu_req_type;
export type RequestType = criu_req_type;
/** `DUMP`, `VERSION` … */
export type RequestName = keyof typeof criu_req_type;

export function encodeRequest(request: Request): Uint8Array {
  return criu_req.encode(request).finish();
}

/**
 * The answer to a notification: true lets CRIU go on, false ends the operation.
 * @param external what else stays outside the image, to `query-ext-files`
 */
export function encodeNotifyReply(success: boolean, external: readonly string[] = []): Uint8Array {
  const opts = external.length > 0 ? { opts: { imagesDirFd: -1, external: [...external] } } : {};
  return encodeRequest({ type: RequestType.NOTIFY, notifySuccess: success, ...opts });
}

/** @throws TubthumpError ERR_TUBTHUMP_RPC_GARBAGE when the bytes are no criu_resp */
export function decodeResponse(bytes: Uint8Array): Response {
  try {
    return criu_resp.decode(bytes);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new TubthumpError('ERR_TUBTHUMP_RPC_GARBAGE', `no CRIU answer: ${reason}`, { cause });
  }
}
