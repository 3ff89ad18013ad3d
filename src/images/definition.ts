import { readFileSync } from 'node:fs';
import protobuf from 'protobufjs/light.js';

let root: protobuf.Root | undefined;

/** A message of CRIU's image files, by the name that it has there: `vma_entry`. */
export function messageType(name: string): protobuf.Type {
  return definition().lookupType(name);
}

/** All of proto/images/. Compiled when it is first asked for: most commands look at no image. */
export function definition(): protobuf.Root {
  root ??= protobuf.Root.fromJSON(
    JSON.parse(readFileSync(new URL('./generated/images.json', import.meta.url), 'utf8')),
  );
  return root;
}
