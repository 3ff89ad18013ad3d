import { describe, expect, it } from 'vitest';
import { socketAddress } from '../../src/descriptors/address.js';

describe('an address of /proc/net', () => {
  it.each([
    ['0100007F:1F90', '127.0.0.1:8080'],
    ['00000000:0000', '0.0.0.0:0'],
    ['00000000000000000000000001000000:0016', '[::1]:22'],
    ['00000000000000000000000000000000:01BB', '[::]:443'],
    ['0000000000000000FFFF00000100007F:1538', '127.0.0.1:5432'],
    ['B80D0120000000000000000001000000:0050', '[2001:db8::1]:80'],
    ['000080FE00000000FF005450B6AD1DFE:0050', '[fe80::5054:ff:fe1d:adb6]:80'],
  ])('%s is %s', (text, expected) => {
    expect(socketAddress(text)).toBe(expected);
  });
});
