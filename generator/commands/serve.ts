import { servedLink, servedRelease } from '../io/releases.js';
import { serveFolder } from '../io/serve.js';
import { UserError } from './user-error.js';

/** Serves what is published until it is interrupted. A release that comes meanwhile is served from then on. */
export async function serve(port: number): Promise<number> {
  if (!servedRelease()) throw new UserError('packmill: nothing is published yet; make publish does\n');
  const server = await serveFolder(servedLink, port);
  process.stdout.write(`packmill: serving ${servedLink} at ${server.address}; end it with Ctrl-C\n`);
  await new Promise((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  await server.close();
  return 0;
}
