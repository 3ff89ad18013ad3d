/**
 * Loaded into every service that the launcher starts (NODE_OPTIONS=--import), before its own code. All of
 * Node's modules that ours need come first: see compiledWhole.
 */
import 'node:child_process';
import 'node:crypto';
import 'node:diagnostics_channel';
import 'node:http';
import 'node:module';
import 'node:os';
import 'node:path';
import 'node:readline';
import 'node:stream';
import 'node:timers/promises';
import 'node:tty';
import 'node:url';
import 'node:util';
import { isMainThread } from 'node:worker_threads';
import { compiledWhole } from './process/compile.js';

const prepare = async () => (await import('./prepare.js')).prepare();
await (isMainThread ? compiledWhole(prepare) : prepare());
