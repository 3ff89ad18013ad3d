import type { Stream } from 'node:stream';

interface Handle {
  close(done: () => void): void;
}

/** Node's own name for a stream's libuv handle; undefined for files. */
type WithHandle = Stream & { _handle?: Handle | null };

/**
 * Takes the libuv handle off a stdio stream, so that epoll forgets the descriptor. libuv leaves
 * descriptors 0 to 2 open (uv__stream_close), and closes the one more that it has of a terminal.
 */
export function dropHandle(stream: Stream): Promise<void> {
  const holder = stream as WithHandle;
  const handle = holder._handle;
  if (!handle) return Promise.resolve();
  holder._handle = null;
  return new Promise((resolve) => handle.close(resolve));
}
