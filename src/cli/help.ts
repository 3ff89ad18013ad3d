import type { CommandEntry } from './command.js';

export function generalHelp(commands: readonly CommandEntry[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  const lines = commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
  return [
    'Usage: tubthump COMMAND [options]',
    '',
    'Checkpoints a warm Node service once and starts it again in milliseconds.',
    '',
    'Commands:',
    ...lines,
    '',
    'Options:',
    '  --help     what a command does and takes',
    '  --version  version of this package',
    '  --json     results and errors as JSON, for every command',
    '',
  ].join('\n');
}
