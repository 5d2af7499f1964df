import process from 'node:process';

import { benchGenerator } from './generator.js';
import { benchMake } from './make.js';
import { finish } from './report.js';
import { Workspace } from './workspace.js';

// Prints a table of measures and goals. Exit status 1 when a goal is missed; an error when a result is wrong.
process.stdout.write(`| measure | now | goal | |\n|---|---|---|---|\n`);
for (const targets of [1_000, 10_000]) {
  const workspace = new Workspace(targets);
  try {
    benchGenerator(workspace);
    benchMake(workspace);
  } finally {
    workspace.remove();
  }
}
finish();
