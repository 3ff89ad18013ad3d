import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** Tries again and again until a connection to 127.0.0.1 is answered with a byte, or `signal` aborts. */
export async function isAnswering(port: number, signal: AbortSignal): Promise<boolean> {
  while (!signal.aborted) {
    if (await readsOneByte(port, signal)) return true;
    await sleep(5);
  }
  return false;
}

function readsOneByte(port: number, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    // A listener that was restored but whose process never runs accepts and stays silent.
    const socket = connect({ port, host: '127.0.0.1' });
    const finish = (answered: boolean) => {
      signal.removeEventListener('abort', giveUp);
      socket.destroy();
      resolve(answered);
    };
    const giveUp = () => finish(false);
    signal.addEventListener('abort', giveUp);
    socket.once('data', () => finish(true));
    socket.once('error', giveUp);
    socket.once('close', giveUp);
  });
}
