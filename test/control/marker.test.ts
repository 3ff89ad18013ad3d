import { existsSync, utimesSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { afterEach, expect, it } from 'vitest';
import { ownSocket } from '../../src/control/location.js';
import { clearMarker, isMarked, setMarker } from '../../src/control/marker.js';

const MARKER = ownSocket().replace('.sock', '.checkpoint');

afterEach(() => clearMarker(ownSocket()));

it('says that this process is being checkpointed, until it is cleared', () => {
  expect(isMarked(ownSocket(), process.pid)).toBe(false);
  setMarker();
  expect(isMarked(ownSocket(), process.pid)).toBe(true);
  clearMarker(ownSocket());
  expect(existsSync(MARKER)).toBe(false);
});

it('is not believed when it is older than the process: an earlier one with its pid has left it', () => {
  writeFileSync(MARKER, '');
  const hourAgo = Date.now() / 1000 - 3600;
  utimesSync(MARKER, hourAgo, hourAgo);
  expect(isMarked(ownSocket(), process.pid)).toBe(false);
});
