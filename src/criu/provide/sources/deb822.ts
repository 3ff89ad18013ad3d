import type { AptSource } from './source.js';

/** Parses a `.sources` file: stanzas of "Field: value", see sources.list(5). Disabled entries are left out. */
export function parseDeb822(text: string): AptSource[] {
  return text
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .join('\n')
    .split(/\n\s*\n/)
    .flatMap((stanza) => {
      const fields = parseStanza(stanza);
      const isDisabled = /^(no|false|without|off|disable|0)$/i.test(fields.get('enabled') ?? '');
      return isDisabled || !fields.has('uris') ? [] : [toSource(fields)];
    });
}

function parseStanza(stanza: string): Map<string, string> {
  const fields = new Map<string, string>();
  let last = '';
  for (const line of stanza.split('\n')) {
    const field = /^([A-Za-z0-9-]+):\s*(.*)$/.exec(line);
    if (field) {
      last = field[1]?.toLowerCase() ?? '';
      fields.set(last, field[2]?.trim() ?? '');
    } else if (/^\s/.test(line) && last) {
      fields.set(last, `${fields.get(last)}\n${continuation(line)}`);
    }
  }
  return fields;
}

/** An empty line inside a value is written as a lone dot. */
function continuation(line: string): string {
  const text = line.trim();
  return text === '.' ? '' : text;
}

function toSource(fields: Map<string, string>): AptSource {
  const words = (name: string) => (fields.get(name) ?? '').split(/\s+/).filter(Boolean);
  const signedBy = fields.get('signed-by')?.trim();
  return {
    types: words('types'),
    uris: words('uris'),
    suites: words('suites'),
    components: words('components'),
    ...(signedBy && { signedBy }),
  };
}
