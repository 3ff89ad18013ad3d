import { expect, it } from 'vitest';
import type { FileEntry, InetSocket } from '../../src/images/messages.js';
import { describeFile } from '../../src/inspect/open-file.js';

const socket = { family: 2, type: 1, proto: 6, state: 10, src_port: 80, dst_port: 0, dst_addr: [] };

function inet(socket: InetSocket): string {
  return describeFile({ type: 'INETSK', id: 1, isk: socket }).name;
}

function unix(name: string, peer = 0): string {
  const usk = { ino: 7, type: 1, state: 1, peer, uflags: 0, name: Buffer.from(name) };
  return describeFile({ type: 'UNIXSK', id: 1, usk } as FileEntry).name;
}

it('prints addresses of IPv4 and IPv6 as people write them', () => {
  expect(inet({ ...socket, src_addr: [0x0100007f] })).toBe('tcp 127.0.0.1:80 listens');
  expect(inet({ ...socket, src_addr: [0, 0, 0, 0x01000000] })).toBe('tcp [::1]:80 listens');
});

it('tells where a connection goes to', () => {
  const connected = { ...socket, state: 1, dst_port: 5432, dst_addr: [0x0200000a] };
  expect(inet({ ...connected, src_addr: [0x0100000a] })).toBe(
    'tcp 10.0.0.1:80 to 10.0.0.2:5432 connected',
  );
  expect(inet({ ...socket, proto: 17, state: 7, src_addr: [0] })).toBe('udp 0.0.0.0:80');
});

it('survives addresses of a damaged image', () => {
  expect(inet({ ...socket, src_addr: [] })).toBe('tcp :80 listens');
  expect(inet({ ...socket, src_addr: [1, 2, 3, 4, 5] })).toContain(':80');
});

it('names unix sockets by path, abstract name, or numbers', () => {
  expect(unix('/run/x.sock\0')).toBe('/run/x.sock');
  expect(unix('\0abstract')).toBe('@abstract');
  expect(unix('', 8)).toBe('7 to 8');
});

it('has something to say of a file that is not in files.img', () => {
  expect(describeFile(undefined)).toEqual({ kind: 'unknown', name: '' });
});
