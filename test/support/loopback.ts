/** Servers of this process: on the loopback interface, at a port that nobody else has, until a test ends them. */
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { Server } from 'node:net';

type WebServer = Server & { readonly closeAllConnections: () => void };

/** Connections stay open: one that the server ends while it is idle may be taken for the next call at that moment. */
export const OPEN_CONNECTIONS = { keepAliveTimeout: 0 } as const;

/** Gives the port. */
export async function listenOnLoopback(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('expected a port, got none');
  return address.port;
}

export async function endServer(server: WebServer): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

export async function readBody(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}
