import { readFileSync } from 'node:fs';
import { suggest } from '../errors/suggest.js';
import type { CommandEntry } from './command.js';
import { COMMANDS } from './commands.js';
import { EXIT } from './exit-codes.js';
import { generalHelp } from './help.js';
import { reportError } from './report-error.js';
import { usage } from './usage.js';

// The launcher runs this file for every command that is not its own.
const args = process.argv.slice(2);
try {
  process.exitCode = await dispatch(args);
} catch (error) {
  process.exitCode = reportError(error, options(args).includes('--json'));
}

async function dispatch([name, ...rest]: readonly string[]): Promise<number> {
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(generalHelp(COMMANDS));
    return name === undefined ? EXIT.usage : EXIT.ok;
  }
  if (name === '--version' || name === '-v') {
    console.log(packageVersion());
    return EXIT.ok;
  }
  const { command } = await load(entryOf(name));
  if (options(rest).some((word) => word === '--help' || word === '-h')) {
    process.stdout.write(command.help);
    return EXIT.ok;
  }
  return command.run(rest);
}

function entryOf(name: string): CommandEntry {
  const entry = COMMANDS.find((candidate) => candidate.name === name);
  if (entry) return entry;
  const meant = suggest(
    name,
    COMMANDS.map((candidate) => candidate.name),
  );
  const question = meant ? `, did you mean ${meant}?` : '';
  throw usage(`there is no command ${name}${question}`);
}

function load({ name, load }: CommandEntry) {
  if (load) return load();
  throw usage(`${name} is a command of the native launcher`);
}

/** The words that are ours: what follows `--` belongs to the service. */
function options(words: readonly string[]): readonly string[] {
  const end = words.indexOf('--');
  return end < 0 ? words : words.slice(0, end);
}

function packageVersion(): string {
  const file = new URL('../../package.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
