import { describe, expect, it } from 'vitest';
import { nameOf, type Place, rearrange } from '../../../src/runtime/servers/addresses.js';

const WEB: Place = { host: '127.0.0.1', port: 3000 };
const SIX: Place = { host: '::', port: 3001 };
const PATH: Place = { path: '/run/service.sock' };

describe('rearrange', () => {
  it.each([
    [[WEB], '8080', ['127.0.0.1:8080']],
    [[WEB], '0.0.0.0:0', ['0.0.0.0:0']],
    [[WEB], '[::1]:80', ['[::1]:80']],
    [[WEB], '/tmp/a.sock', ['/tmp/a.sock']],
    [[PATH], '/tmp/b.sock', ['/tmp/b.sock']],
    [[WEB, SIX, PATH], '3001=4001', ['127.0.0.1:3000', '[::]:4001', '/run/service.sock']],
    [[WEB, SIX], '3000=3001,3001=3000', ['127.0.0.1:3001', '[::]:3000']],
    [[WEB, PATH], '/run/service.sock=/a,127.0.0.1:3000=1', ['127.0.0.1:1', '/a']],
  ])('%j by %s', (places, rules, names) => {
    expect(rearrange(places, rules).map(nameOf)).toEqual(names);
  });

  it.each([
    [[WEB, SIX], '8080', /rule `8080`: the service listens on 127.0.0.1:3000, \[::\]:3001/],
    [[WEB], '4000=1', /listens on 127.0.0.1:3000/],
    [[], '1', /listens on nothing/],
    [[WEB], '127.0.0.1=1', /`127.0.0.1` is no port/],
    [[WEB], '70000', /`70000` is no port/],
    [[WEB], 'http', /`http` is no port/],
    [[PATH], '80', /a server on a path moves to a path or to host:port/],
  ])('%j refuses %s', (places, rules, message) => {
    expect(() => rearrange(places, rules)).toThrow(message);
    expect(() => rearrange(places, rules)).toThrow(
      expect.objectContaining({ code: 'ERR_TUBTHUMP_LISTEN' }),
    );
  });
});
