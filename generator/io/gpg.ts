import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { execa } from 'execa';

import { makeFolder } from './folder.js';
import { ToolError } from './tools.js';

/** Folder of the workspace's own keys. A key elsewhere is used through GNUPGHOME. */
export const keyFolder = 'out/keys';

/** A key that signs. */
export interface SigningKey {
  /** 40 hexadecimal digits. */
  readonly fingerprint: string;
  readonly user: string;
  readonly created: Date;
  /** Undefined: it never expires. */
  readonly expires: Date | undefined;
}

/** Where the passphrase comes from: a file of which only gpg reads the content, or the agent. */
export interface Secrets {
  readonly home: string;
  readonly passphraseFile: string | undefined;
}

/** The keys of the workspace, or those of GNUPGHOME when a person has set it. */
export function secretsOf(env: NodeJS.ProcessEnv): Secrets {
  const [home, file] = [env['GNUPGHOME'], env['PASSPHRASE_FILE']];
  return { home: resolve(home === undefined || home === '' ? keyFolder : home), passphraseFile: file === '' ? undefined : file };
}

/** Fingerprints of keys that sign no more. */
export function retiredKeys({ home }: Secrets): readonly string[] {
  const path = join(home, 'retired');
  return existsSync(path)
    ? readFileSync(path, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
    : [];
}

/** From now on a key signs no more. */
export function retireKey({ home }: Secrets, fingerprint: string): void {
  appendFileSync(join(home, 'retired'), `${fingerprint}\n`);
}

/** Files that change when a key comes or is retired. */
export function keyFiles(): readonly string[] {
  const { home } = secretsOf(process.env);
  return [join(home, 'pubring.kbx'), join(home, 'retired')];
}

/** Runs gpg with words that are not secret; gives its standard output. */
async function gpg(secrets: Secrets, words: readonly string[], input?: Uint8Array | string): Promise<Uint8Array> {
  const unlock = secrets.passphraseFile === undefined ? [] : ['--pinentry-mode=loopback', `--passphrase-file=${secrets.passphraseFile}`];
  const ran = await execa('gpg', ['--batch', '--yes', '--no-tty', '--homedir', secrets.home, ...unlock, ...words], {
    reject: false,
    encoding: 'buffer',
    stripFinalNewline: false, // it may be a byte of a key
    ...(input === undefined ? { stdin: 'ignore' } : { input }),
  });
  if (ran.exitCode !== 0)
    throw new ToolError(
      `gpg: ${
        Buffer.from(ran.stderr)
          .toString()
          .trim()
          .replaceAll(/^gpg: /gm, '') ||
        (ran.shortMessage ?? '')
      }`,
    );
  return ran.stdout;
}

/** Makes a key for this workspace: RSA, because rpm before 4.16 knows no other. It is valid for three years. */
export async function createKey(secrets: Secrets, user: string): Promise<void> {
  makeFolder(secrets.home, 0o700);
  const protection = secrets.passphraseFile === undefined ? ['--passphrase', '', '--pinentry-mode=loopback'] : [];
  await gpg(secrets, [...protection, '--quick-generate-key', user, 'rsa4096', 'sign', '3y']);
}

/** Takes the secret keys of a file up. */
export async function importKeys(secrets: Secrets, path: string): Promise<void> {
  makeFolder(secrets.home, 0o700);
  await gpg(secrets, ['--import', path]);
}

/** Every secret key that can sign, in the order in which they were made. */
export async function listKeys(secrets: Secrets): Promise<readonly SigningKey[]> {
  if (!existsSync(secrets.home)) return [];
  const lines = Buffer.from(await gpg(secrets, ['--with-colons', '--list-secret-keys'])).toString();
  const keys: SigningKey[] = [];
  let [created, expires] = ['', ''];
  let fingerprint = '';
  for (const fields of lines.split('\n').map((line) => line.split(':'))) {
    if (fields[0] === 'sec') [created, expires, fingerprint] = [fields[5] ?? '', fields[6] ?? '', ''];
    if (fields[0] === 'fpr' && fingerprint === '') fingerprint = fields[9] ?? '';
    if (fields[0] === 'uid' && fingerprint !== '' && keys.at(-1)?.fingerprint !== fingerprint)
      keys.push({
        fingerprint,
        user: fields[9] ?? '',
        created: new Date(Number(created) * 1000),
        expires: expires === '' ? undefined : new Date(Number(expires) * 1000),
      });
  }
  return keys;
}

function signers(keys: readonly SigningKey[]): readonly string[] {
  return keys.flatMap((key) => ['--local-user', `${key.fingerprint}!`]);
}

/** The text with the signatures of all keys around it, as apt reads InRelease. */
export async function clearSign(secrets: Secrets, keys: readonly SigningKey[], text: Uint8Array): Promise<Uint8Array> {
  return gpg(secrets, [...signers(keys), '--digest-algo=SHA512', '--clear-sign'], text);
}

/** The signatures of all keys alone, armored, as Release.gpg and repomd.xml.asc are. */
export async function detachSign(secrets: Secrets, keys: readonly SigningKey[], text: Uint8Array): Promise<Uint8Array> {
  return gpg(secrets, [...signers(keys), '--digest-algo=SHA512', '--armor', '--detach-sign'], text);
}

/** Public keys as clients want them: armored for rpm and new apt, binary for apt before Debian 9 knows no other. */
export async function exportKeys(secrets: Secrets, keys: readonly SigningKey[], form: 'armored' | 'binary'): Promise<Uint8Array> {
  return gpg(secrets, [...(form === 'armored' ? ['--armor'] : []), '--export', ...keys.map((key) => key.fingerprint)]);
}

/** The text inside a clear signature that a key of a binary keyring has made; an error when none has. */
export async function readSigned(path: string, keyring: string): Promise<string> {
  const ran = await execa('gpgv', ['--keyring', resolve(keyring), '--output', '-', path], { reject: false, stdin: 'ignore' });
  if (ran.exitCode !== 0) throw new ToolError(`gpgv: ${path}: ${ran.stderr.trim()}`);
  return `${ran.stdout}\n`;
}
