import { randomBytes } from 'node:crypto';
import type { Server } from 'node:net';
import { Server as TlsServer } from 'node:tls';

/** Name, HMAC key and AES key of OpenSSL's session tickets: tls.Server.getTicketKeys(). */
const TICKET_KEYS_BYTES = 48;

/**
 * New keys for session tickets: with those of the image, whoever has the image could read what was
 * recorded of every copy. Keys that the application gave are shared on purpose and stay.
 */
export function renewTicketKeys(server: Server): void {
  if (!(server instanceof TlsServer)) return;
  if ((server as TlsServer & { ticketKeys?: Buffer }).ticketKeys) return;
  server.setTicketKeys(randomBytes(TICKET_KEYS_BYTES));
}
