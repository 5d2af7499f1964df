import process from 'node:process';

import { benchGenerator } from './generator.js';
import { benchMake } from './make.js';
import { benchNightly } from './nightly.js';
import { finish } from './report.js';
import { Workspace } from './workspace.js';

function measure(targets: number, ...benches: readonly ((workspace: Workspace) => void)[]): void {
  const workspace = new Workspace(targets);
  try {
    for (const bench of benches) bench(workspace);
  } finally {
    workspace.remove();
  }
}

// Prints a table of measures and goals; with the argument `nightly` of nights alone. Exit status 1 when a goal is missed; an error when a
// result is wrong.
process.stdout.write(`| measure | now | goal | |\n|---|---|---|---|\n`);
if (process.argv[2] !== 'nightly') for (const targets of [1_000, 10_000]) measure(targets, benchGenerator, benchMake);
for (const targets of [400, 10_000]) measure(targets, benchNightly);
finish();
