import { readFileSync } from 'node:fs';
import protobuf from 'protobufjs';
import { expect, test } from 'vitest';
import { criuCache } from '../../src/criu/cache.js';

const ours = definition('proto/rpc.proto');
const installed = definition(criuCache().proto);

test('messages and enums are those of the installed CRIU', () => {
  expect(Object.keys(ours).sort()).toEqual(Object.keys(installed).sort());
  // What was read is the protocol, not an empty file.
  expect(Object.keys(installed)).toContain('criu_opts');
  expect(Object.keys(installed.criu_opts ?? {}).length).toBeGreaterThan(60);
});

test.each(Object.keys(installed))('%s is the same, number by number', (name) => {
  expect(ours[name]).toEqual(installed[name]);
});

/** Messages as { field: "number label type = default" }, enums as { VALUE: number }. */
function definition(path: string): Record<string, Record<string, unknown>> {
  const { root } = protobuf.parse(readFileSync(path, 'utf8'), { keepCase: true });
  return Object.fromEntries(root.nestedArray.map((item) => [item.name, describe(item)]));
}

function describe(item: protobuf.ReflectionObject): Record<string, unknown> {
  if (item instanceof protobuf.Enum) return item.values;
  if (!(item instanceof protobuf.Type)) throw new Error(`neither message nor enum: ${item.name}`);
  return Object.fromEntries(
    item.fieldsArray.map((field) => {
      const label = field.repeated ? 'repeated' : field.required ? 'required' : 'optional';
      const preset = field.options?.default;
      const suffix = preset === undefined ? '' : ` = ${preset}`;
      return [field.name, `${field.id} ${label} ${field.type}${suffix}`];
    }),
  );
}
