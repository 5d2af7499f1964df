import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import sirv from 'sirv';

/** A web server that runs. */
export interface Server {
  /** http://127.0.0.1:PORT */
  readonly address: string;
  readonly close: () => Promise<void>;
}

/** Serves a folder to this machine, or to others when a host is named. Port 0: any that is free. What changes in the folder is seen at once. */
export async function serveFolder(folder: string, port = 0, host = '127.0.0.1'): Promise<Server> {
  const files = sirv(folder, { dev: true, dotfiles: false, etag: true });
  const server = createServer((request, response) => {
    files(request, response, () => {
      response.writeHead(404).end();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const bound = (server.address() as AddressInfo).port;
  return {
    address: `http://${host}:${String(bound)}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
}
