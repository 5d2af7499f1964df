#!/usr/bin/env node
import process from 'node:process';

import yargs from 'yargs';

import { UserError } from './commands/user-error.js';
import { describeFileError } from './io/file-error.js';
import { declareVerbs } from './verbs.js';

/** Exit statuses: 0 done, 1 a check found a difference or a build failed, 2 a mistake of the user's, 75 the network, an engine or a server failed. */
async function main(): Promise<number> {
  let status = 0;
  const run = (command: () => number | Promise<number>) => async (): Promise<void> => {
    status = await command();
  };
  const parser = yargs(process.argv.slice(2))
    .scriptName('packmill')
    .usage('$0 COMMAND\n\nTurns matrix/ into a Makefile, rules and Dockerfiles, and answers questions about them.')
    .version(false);
  await declareVerbs(parser, run)
    .demandCommand(1, 'which command?')
    .strict()
    .recommendCommands()
    .fail((message: string | null, error: Error | undefined, y) => {
      if (error) throw error;
      throw new UserError(`packmill: ${message ?? ''}\n\n${y.help() as unknown as string}\n`);
    })
    .parseAsync();
  return status;
}

// A reader that has seen enough, such as head(1), is no error, nor is a terminal that is gone.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error;
  process.exit(0);
});

try {
  process.exitCode = await main();
} catch (error) {
  const message = error instanceof UserError ? error.message : describeFileError(error);
  if (message === undefined) throw error;
  process.stderr.write(message);
  process.exitCode = 2;
}
