import { existsSync } from 'node:fs';

import { runTool } from './tools.js';

/**
 * Writes the metadata of a folder of rpms, by createrepo_c. What an earlier state of the folder knows of the same files is taken from there.
 * The compression is gzip, which yum reads as well.
 */
export async function createRepository(folder: string, earlier: string | undefined): Promise<void> {
  const known = earlier !== undefined && existsSync(`${earlier}/repodata/repomd.xml`) ? ['--update', '--update-md-path', earlier, '--skip-stat'] : [];
  await runTool('createrepo_c', ['--quiet', '--no-database', '--general-compress-type=gz', '--checksum=sha256', ...known, folder]);
}

/** Puts the signature of one key into an rpm, in place. */
export async function signPackage(path: string, home: string, fingerprint: string, passphraseFile: string | undefined): Promise<void> {
  // rpm wants a path. Its own macro for more arguments is at the right place in the command.
  const gpg = await runTool('sh', ['-c', 'command -v gpg']);
  const unlock = passphraseFile === undefined ? '' : ` --pinentry-mode loopback --passphrase-file ${passphraseFile}`;
  const macros = { __gpg: gpg, _gpg_name: fingerprint, _gpg_path: home, _gpg_sign_cmd_extra_args: `--batch${unlock}`, _gpg_digest_algo: 'sha256' };
  await runTool('rpmsign', ['--addsign', ...Object.entries(macros).flatMap(([name, value]) => ['--define', `${name} ${value}`]), path]);
}
