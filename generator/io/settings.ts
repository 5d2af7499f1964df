import { existsSync } from 'node:fs';

import type { Problem, Result } from '../model/problem.js';
import { failure, success } from '../model/problem.js';
import { BaseReference } from '../model/text.js';
import type { RunSettings } from '../model/workspace.js';
import { readText } from './read.js';

/** Where make leaves the settings that can change an artifact: one `NAME=VALUE` a line. */
export const settingsPath = 'out/settings';

/** The text that make left, or nothing when the generator runs without make. */
export function readSettingsText(): string {
  return existsSync(settingsPath) ? readText(settingsPath) : '';
}

/** Understands the settings: BASE, BASE_<distro> and ITERATION; empty means not given. */
export function parseSettings(text: string): Result<RunSettings> {
  const problems: Problem[] = [];
  const refuse = (name: string, message: string): void => {
    problems.push({ file: name, path: [], message });
  };
  let base: RunSettings['base'] = 'auto';
  let iteration: number | undefined;
  const bases: Record<string, string> = {};
  for (const line of text.split('\n')) {
    // From the second base on make puts a space before a line.
    const [, name = '', value = ''] = /^ ?([^=]+)=(.*)$/.exec(line) ?? [];
    if (value === '') continue;
    if (name === 'BASE') {
      if (value === 'auto' || value === 'registry' || value === 'bootstrap') base = value;
      else refuse(name, `expected auto, registry or bootstrap, found ${JSON.stringify(value)}`);
    } else if (name === 'ITERATION') {
      if (/^[1-9]\d{0,5}$/.test(value)) iteration = Number(value);
      else refuse(name, `expected a whole number from 1 on, found ${JSON.stringify(value)}`);
    } else if (BaseReference.safeParse(value).success) {
      bases[name.replace(/^BASE_/, '')] = value;
    } else {
      refuse(name, `expected an image reference or oci-layout://FOLDER, found ${JSON.stringify(value)}`);
    }
  }
  return problems.length > 0 ? failure(problems) : success({ base, bases, iteration });
}
