// biome-ignore lint/suspicious/noExplicitAny: whatever the wrapped function takes.
type Method = (this: any, ...args: any[]) => any;

/** Puts `around(original)` in the place of a method; it keeps its name, length and properties. */
export function wrap(owner: object, name: string, around: (original: Method) => Method): void {
  const original = Reflect.get(owner, name) as Method;
  const wrapper = around(original);
  for (const key of Reflect.ownKeys(original)) {
    if (key === 'prototype') continue;
    const property = Object.getOwnPropertyDescriptor(original, key);
    if (property) Object.defineProperty(wrapper, key, property);
  }
  Object.defineProperty(owner, name, {
    ...Object.getOwnPropertyDescriptor(owner, name),
    value: wrapper,
  });
}
