import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';

import { readSigned } from '../io/gpg.js';
import { digestFile, readText } from '../io/read.js';
import { servedLink, servedRelease } from '../io/releases.js';
import { checkPackageSignature } from '../io/clients.js';
import { repositoriesOf, servedPath } from '../plan/repositories.js';
import { companions } from './store.js';
import { UserError } from './user-error.js';

/** Why a file is not what was published. */
class Different extends Error {}

function say(text: string): void {
  process.stdout.write(`ok: ${text}\n`);
}

/** Digests by file name, as sha256sum writes them. */
function parseSums(text: string): ReadonlyMap<string, string> {
  const lines = text.split('\n').filter((line) => line !== '');
  return new Map(lines.map((line) => [line.slice(66), line.slice(0, 64)]));
}

async function check(file: string): Promise<void> {
  const release = servedRelease();
  if (!release) throw new UserError('packmill: nothing is published yet; make publish does\n');
  const name = basename(file);
  const found = repositoriesOf(release).flatMap((repository) => repository.packages.filter((one) => one.file === name).map((one) => ({ repository, one })))[0];
  if (!found) throw new Different(`the served release ${release.id} has no ${name}`);
  const { repository, one } = found;
  const digest = digestFile(file);
  if (digest !== one.sha256) throw new Different(`its sha256 is ${digest}, that of what was published ${one.sha256}`);
  say(`published in ${release.id} as ${one.package} ${one.version} for ${one.distro} ${one.architecture}, byte for byte`);

  const served = join(servedLink, servedPath(repository, one));
  const keyring = join(servedLink, 'keys/packages.gpg');
  const sums = parseSums(await readSigned(`${served}.sha256.asc`, keyring));
  if (sums.get(name) !== digest) throw new Different(`its signed checksum is ${sums.get(name) ?? 'not there'}`);
  say(`its checksum is signed by ${release.keys.join(', ')}`);
  for (const suffix of companions.filter((one) => one !== '' && one !== '.sha256.asc')) {
    if (!existsSync(`${served}${suffix}`)) throw new Different(`there is no ${name}${suffix}`);
    if (sums.get(`${name}${suffix}`) !== digestFile(`${served}${suffix}`)) throw new Different(`${name}${suffix} is not what was signed`);
  }
  if (!readText(`${served}.provenance.json`).includes(`"${one.tested}"`)) throw new Different('its provenance does not name what was tested');
  say('its bill of materials is signed, and so is its provenance, which names what was tested');
  if (one.format === 'rpm') {
    await checkPackageSignature(file, join(servedLink, 'keys/packages.asc'));
    say('rpm accepts the signature in it');
  }
}

/** Checks a downloaded package from end to end against what is served; exit status 1 with the reason when something does not hold. */
export async function verify(file: string): Promise<number> {
  if (!existsSync(file)) throw new UserError(`packmill: FILE=${file}: there is no such file\n`);
  try {
    await check(file);
    return 0;
  } catch (error) {
    if (error instanceof UserError) throw error;
    if (!(error instanceof Error)) throw error;
    process.stderr.write(`packmill: ${basename(file)} is not to be trusted: ${error.message}\n`);
    return 1;
  }
}
