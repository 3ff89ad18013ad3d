import fc from 'fast-check';
import protobuf from 'protobufjs/light.js';
import { messageType } from '../../src/images/definition.js';
import type { ImageKind } from '../../src/images/kinds.js';

type Entry = { message: Record<string, unknown>; extra?: Uint8Array };

/** Entries that a file of this kind could have, made from the definitions; extras fit. */
export function entriesOf(kind: ImageKind): fc.Arbitrary<Entry[]> {
  // What takes the rest of the file is its last one.
  const maxLength = kind.extra?.({}) === 'rest' ? 1 : 4;
  const body = fc.array(messageOf(messageType(kind.message)), { maxLength });
  const entries = kind.head
    ? fc
        .tuple(messageOf(messageType(kind.head)), body)
        .map(([head, rest]) => (kind.extra?.(head) === 'rest' ? [head] : [head, ...rest]))
    : body;
  return entries.map((messages) => messages.map((message) => withExtra(kind, message)));
}

/** Sizes that belong to an extra have to be small enough to make it. */
function withExtra(kind: ImageKind, message: Record<string, unknown>): Entry {
  if (!kind.extra) return { message };
  for (const size of ['bytes', 'length', 'inq_len', 'outq_len'])
    if (typeof message[size] === 'number') message[size] %= 1000;
  if (typeof message.len === 'bigint') message.len %= 1000n;
  const size = kind.extra(message);
  return { message, extra: new Uint8Array(size === 'rest' ? 0 : size) };
}

function messageOf(type: protobuf.Type, depth = 0): fc.Arbitrary<Record<string, unknown>> {
  const fields = type.fieldsArray.filter((field) => !isMessage(field) || depth < 3);
  const values = fields.map((field) => [field.name, valuesOf(field.resolve(), depth)] as const);
  const requiredKeys = fields.filter((field) => field.required || field.repeated);
  return fc.record(Object.fromEntries(values), {
    requiredKeys: requiredKeys.map(({ name }) => name),
  });
}

function valuesOf(field: protobuf.Field, depth: number): fc.Arbitrary<unknown> {
  return field.repeated ? fc.array(one(field, depth), { maxLength: 2 }) : one(field, depth);
}

function one({ type, resolvedType }: protobuf.Field, depth: number): fc.Arbitrary<unknown> {
  if (resolvedType instanceof protobuf.Enum)
    return fc.constantFrom(...Object.keys(resolvedType.values));
  if (resolvedType instanceof protobuf.Type) return messageOf(resolvedType, depth + 1);
  if (type === 'bool') return fc.boolean();
  if (type === 'string') return fc.string({ unit: 'grapheme', maxLength: 12 });
  if (type === 'bytes') return fc.uint8Array({ maxLength: 12 }).map((bytes) => Buffer.from(bytes));
  if (/64$/.test(type))
    return type.startsWith('u') || type === 'fixed64'
      ? fc.bigInt(0n, 2n ** 64n - 1n)
      : fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n);
  return type.startsWith('u') ? fc.integer({ min: 0, max: 2 ** 32 - 1 }) : fc.integer();
}

function isMessage(field: protobuf.Field): boolean {
  return !field.required && field.resolve().resolvedType instanceof protobuf.Type;
}
