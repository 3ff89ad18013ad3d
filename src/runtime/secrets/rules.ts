/** `NAMES` or `NAMES=VALUES`, both globs: `*` any characters, `?` one. No NAMES: every name. */
export class ScrubRules {
  readonly #rules: readonly { readonly name: RegExp; readonly value: RegExp }[];

  constructor(rules: readonly string[]) {
    this.#rules = rules.map((rule) => {
      const equals = rule.indexOf('=');
      const names = equals < 0 ? rule : rule.slice(0, equals);
      return {
        name: glob(names || '*'),
        value: glob(equals < 0 ? '*' : rule.slice(equals + 1)),
      };
    });
  }

  match(name: string, value: string): boolean {
    return this.#rules.some((rule) => rule.name.test(name) && rule.value.test(value));
  }
}

function glob(pattern: string): RegExp {
  const source = pattern.replace(/[\\^$.|+()[\]{}]/g, '\\$&');
  return new RegExp(`^${source.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's');
}
