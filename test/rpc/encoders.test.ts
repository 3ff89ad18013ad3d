import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import {
  decodeResponse,
  encodeNotifyReply,
  encodeRequest,
  type Request,
  RequestType,
} from '../../src/rpc/codec.js';
import { criu_req, criu_resp } from '../../src/rpc/generated/rpc.js';

/** The native encoder and decoder, see native/test/programs/rpc_codec.cpp. */
function native(command: string, input: string): string {
  return execFileSync(resolve('build/Release/rpc_codec'), [command], { input, encoding: 'utf8' });
}

const REQUESTS: Record<string, Request> = {
  version: { type: RequestType.VERSION },
  'the smallest restore': { type: RequestType.RESTORE, opts: { imagesDirFd: 5 } },
  'a restore as the launcher sends it': {
    type: RequestType.RESTORE,
    opts: {
      imagesDirFd: 5,
      logLevel: 2,
      lazyPages: true,
      logToStderr: true,
      rstSibling: true,
      shellJob: true,
      inheritFd: [
        { key: 'socket:[4026531840]', fd: 4 },
        { key: 'pipe:[1]', fd: 300 },
      ],
    },
  },
  'a dump as the agent sends it': {
    type: RequestType.DUMP,
    opts: {
      imagesDirFd: 2 ** 31 - 1,
      workDirFd: 9,
      pid: 4_194_304,
      leaveRunning: true,
      notifyScripts: true,
      logLevel: 4,
      logFile: 'dümp.log',
      ps: { fd: 4 },
      external: ['unix[123456]', 'mnt[/data]:data'],
      tcpSkipInFlight: true,
    },
  },
  'a request that another one follows': {
    type: RequestType.CPUINFO_DUMP,
    keepOpen: true,
    opts: { imagesDirFd: 5 },
  },
  'no directory at all': { type: RequestType.DUMP, opts: { imagesDirFd: -1 } },
};

test.each(Object.entries(REQUESTS))('%s: both encoders make the same bytes', (_, request) => {
  const bytes = Buffer.from(native('encode', JSON.stringify(request)), 'hex');
  expect(criu_req.decode(bytes)).toEqual(criu_req.decode(encodeRequest(request)));
  expect(bytes.toString('hex')).toBe(Buffer.from(encodeRequest(request)).toString('hex'));
});

test.each([true, false])('the reply %s to a notification is the same', (success) => {
  const bytes = native('encode', JSON.stringify({ notifySuccess: success }));
  expect(bytes).toBe(Buffer.from(encodeNotifyReply(success)).toString('hex'));
});

const RESPONSES: Record<string, criu_resp.$Properties> = {
  'a dump': { type: RequestType.DUMP, success: true, dump: { restored: false } },
  'a restore': { type: RequestType.RESTORE, success: true, restore: { pid: 4_194_304 } },
  'a failed restore': {
    type: RequestType.RESTORE,
    success: false,
    restore: { pid: -1 },
    crErrno: 17,
    crErrmsg: 'pid 7 is taken by «somebody else»',
  },
  'a notification': {
    type: RequestType.NOTIFY,
    success: true,
    notify: { script: 'post-restore', pid: 7 },
  },
  'what only TypeScript reads': {
    type: RequestType.VERSION,
    success: true,
    version: { majorNumber: 4, minorNumber: 2, name: 'x' },
    features: { memTrack: true },
    status: 256,
  },
};

test.each(Object.entries(RESPONSES))('%s: both decoders read the same', (_, response) => {
  const bytes = criu_resp.encode(response).finish();
  const { type, success, crErrno, crErrmsg, restore, notify } = decodeResponse(bytes);
  expect(JSON.parse(native('decode', Buffer.from(bytes).toString('hex')))).toEqual({
    type,
    success,
    crErrno,
    crErrmsg,
    pid: restore?.pid ?? 0,
    script: notify?.script ?? '',
    notifyPid: notify?.pid ?? 0,
  });
});

test.each([
  ['nothing', ''],
  ['a text', Buffer.from('no protobuf').toString('hex')],
  ['a message cut off', '080110014a7f'],
  ['a type that does not exist', '08631001'],
  ['no verdict', '0801'],
])('both decoders refuse %s', (_, hex) => {
  expect(JSON.parse(native('decode', hex))).toEqual({ code: 'ERR_TUBTHUMP_RPC_GARBAGE' });
  expect(() => decodeResponse(Buffer.from(hex, 'hex'))).toThrow(
    expect.objectContaining({ code: 'ERR_TUBTHUMP_RPC_GARBAGE' }),
  );
});
