import { ClientError } from '../io/clients.js';
import type { SigningKey } from '../io/gpg.js';
import { createKey, importKeys, listKeys, retiredKeys, retireKey, secretsOf } from '../io/gpg.js';
import { servedRelease } from '../io/releases.js';
import { missingTools, publishTools, ToolError } from '../io/tools.js';
import { Refused } from '../plan/publishing.js';
import type { Signer } from './make-release.js';
import { publisherName } from '../render/page.js';
import { updateReleaseSource } from './release-source.js';
import { NotTried } from './try-installations.js';
import { UserError } from './user-error.js';
import type { Workspace } from './workspace.js';
import { openWorkspace } from './workspace.js';

const day = 86_400_000;

/** Runs a verb that needs these programs; turns mistakes and refusals into messages. */
export async function told(run: () => Promise<number>, tools: readonly string[] = publishTools): Promise<number> {
  const missing = missingTools(tools, process.env.PATH ?? '');
  if (missing.length > 0) throw new UserError(`packmill: not installed: ${missing.join(', ')}; make setup installs it\n`);
  try {
    return await run();
  } catch (error) {
    if (error instanceof Refused) throw new UserError(`packmill: ${error.message}\n`);
    if (error instanceof ClientError) throw new UserError(`packmill: the new release was not served, because a client refuses it:\n${error.message}\n`);
    if (error instanceof NotTried) {
      process.stderr.write(
        `packmill: the new release was not served, because its installation could not be tried: ${error.message}\npackmill: INSTALL=0 publishes without\n`,
      );
      return 75;
    }
    if (error instanceof ToolError) throw new UserError(`packmill: ${error.message}\n`);
    throw error;
  }
}

/** Everything to sign with; complains of keys that have expired, and warns of those that will within 30 days. */
export async function openSigner({ matrix }: Workspace): Promise<Signer> {
  const secrets = secretsOf(process.env);
  const all = await listKeys(secrets);
  const asked = (process.env.KEY ?? '').split(/[ ,]+/).filter(Boolean);
  const retired = retiredKeys(secrets);
  const keys = all.filter((key) =>
    asked.length === 0 ? !retired.includes(key.fingerprint) : asked.some((word) => key.fingerprint.endsWith(word.toUpperCase())),
  );
  if (keys.length === 0)
    throw new UserError(`packmill: no key to sign with${asked.length === 0 ? '; make key creates one' : `: ${secrets.home} has no ${asked.join(', ')}`}\n`);
  const left = (key: SigningKey): number => (key.expires?.getTime() ?? Infinity) - Date.now();
  const expired = keys.filter((key) => left(key) < 0).map((key) => key.fingerprint);
  if (expired.length > 0) throw new UserError(`packmill: the key ${expired.join(', ')} has expired; make rotate-key says how to replace it\n`);
  for (const key of keys.filter((one) => left(one) < 30 * day))
    process.stderr.write(`packmill: the key ${key.fingerprint} expires on ${describeExpiry(key)}; make rotate-key says how to replace it\n`);
  const { maintainer, publishing } = matrix.workspace;
  const managers = Object.fromEntries([...matrix.distros].map(([id, { package_manager }]) => [id, package_manager]));
  return { secrets, keys, publicKeys: all, publisher: { name: publisherName(maintainer), address: publishing.address, managers }, patience: publishing };
}

function describeExpiry(key: SigningKey): string {
  return key.expires ? key.expires.toISOString().slice(0, 10) : 'never';
}

async function showKeys(): Promise<void> {
  const secrets = secretsOf(process.env);
  const retired = retiredKeys(secrets);
  for (const one of await listKeys(secrets))
    process.stdout.write(`${one.fingerprint}  ${one.user}  expires: ${describeExpiry(one)}${retired.includes(one.fingerprint) ? '  retired' : ''}\n`);
}

/** Takes up the keys of KEY_FILE, makes the workspace's key if there is none, and shows those that there are. */
export async function key(): Promise<number> {
  return told(async () => {
    const secrets = secretsOf(process.env);
    const { KEY_FILE: file } = process.env;
    if (file !== undefined && file !== '') await importKeys(secrets, file);
    if ((await listKeys(secrets)).length === 0) await createKey(secrets, openWorkspace().matrix.workspace.maintainer);
    await showKeys();
    return updateReleaseSource(secrets);
  }, ['gpg']);
}

/**
 * The next step from one key to another. First the next key is made, and everything is signed by both; once users have it, the old one is
 * retired: it signs no more, and stays among the public keys, for packages that it has signed.
 */
export async function rotateKey(retire: string | undefined): Promise<number> {
  return told(async () => {
    const secrets = secretsOf(process.env);
    const retired = retiredKeys(secrets);
    const active = (await listKeys(secrets)).filter((one) => !retired.includes(one.fingerprint));
    const [old] = active;
    if (!old) throw new Refused('rotate-key: there is no key yet; make key creates one');
    if (retire !== undefined) {
      const found = active.find((one) => one.fingerprint.endsWith(retire.toUpperCase()));
      if (!found) throw new Refused(`rotate-key: no key that signs is called ${retire}; make key shows them`);
      if (active.length === 1) throw new Refused('rotate-key: it is the only key that signs; make rotate-key makes the next one first');
      retireKey(secrets, found.fingerprint);
    } else if (active.length === 1) await createKey(secrets, openWorkspace().matrix.workspace.maintainer);
    await showKeys();
    const signed = servedRelease()?.keys ?? [];
    const now = (await listKeys(secrets)).filter((one) => !retiredKeys(secrets).includes(one.fingerprint)).map((one) => one.fingerprint);
    if (now.join() !== signed.join()) process.stdout.write('packmill: make publish signs the repository anew with the keys that are not retired\n');
    if (now.length > 1) process.stdout.write(`packmill: once users have the new key, make rotate-key RETIRE=${old.fingerprint} retires the old one\n`);
    return updateReleaseSource(secrets);
  }, ['gpg']);
}
