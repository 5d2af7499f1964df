import { readFileSync } from 'node:fs';

import { parse as parseHcl } from '@cdktn/hcl2json';
import fastGlob from 'fast-glob';
import t from 'tap';
import { parse as parseYaml } from 'yaml';

interface CloudConfig {
  readonly users: readonly { readonly name: string; readonly groups: readonly string[]; readonly lock_passwd: boolean }[];
  readonly packages: readonly string[];
  readonly write_files: readonly { readonly path: string; readonly content: string }[];
}

const folder = 'deploy/builder';
const text = readFileSync(`${folder}/cloud-init.yaml`, 'utf8');
const config = parseYaml(text) as CloudConfig;
const modules = fastGlob.sync(`${folder}/*.tf`).sort();
const terraform = modules.map((file) => readFileSync(file, 'utf8')).join('\n');

function fileOf(path: string): string {
  return config.write_files.find((file) => file.path === path)?.content ?? '';
}

t.test('the user data is a cloud-config with one user, who may use docker and has no password', (t) => {
  t.match(text, /^#cloud-config\n/);
  t.strictSame(
    config.users.map(({ name, groups, lock_passwd }) => [name, groups, lock_passwd]),
    [['builder', ['docker'], true]],
  );
  t.match(fileOf('/etc/ssh/sshd_config.d/10-builder.conf'), /^AllowUsers builder\nPasswordAuthentication no\n/);
  t.ok(['docker.io', 'docker-cli', 'docker-buildx', 'unattended-upgrades'].every((name) => config.packages.includes(name)));
  t.end();
});

t.test("the engine has containerd's image store and a limit, and listens nowhere but on its socket", (t) => {
  const engine = JSON.parse(fileOf('/etc/docker/daemon.json')) as Readonly<Record<string, unknown>>;

  t.match(engine, { features: { 'containerd-snapshotter': true }, builder: { gc: { enabled: true } } });
  t.notOk('hosts' in engine);
  t.notMatch(text, /tcp:\/\//);
  t.end();
});

t.test('every file of the Terraform module can be parsed, which a broken one cannot', async (t) => {
  t.equal(modules.length, 3);
  for (const file of modules) await t.resolves(parseHcl(file, readFileSync(file, 'utf8')), file);
  await t.rejects(parseHcl('broken.tf', 'resource "a" {\n x = \n}'), /Invalid expression/);
});

t.test('every variable and local value that the module uses is there, and every variable is used', (t) => {
  const used = (kind: string): readonly string[] => [
    ...new Set([...terraform.matchAll(new RegExp(`\\b${kind}\\.([a-z_]+)`, 'g'))].map(([, name]) => name ?? '')),
  ];
  const variables = [...terraform.matchAll(/^variable "([a-z_]+)"/gm)].map(([, name]) => name ?? '');

  t.strictSame([...used('var')].sort(), variables.sort());
  for (const name of used('local')) t.match(terraform, new RegExp(`^  ${name} += `, 'm'));
  for (const [, type, name] of terraform.matchAll(/(?<!data\.)\b(hcloud_[a-z]+)\.([a-z_]+)/g)) {
    t.match(terraform, `resource "${type ?? ''}" "${name ?? ''}"`);
  }
  t.end();
});

t.test('the firewall lets in ssh from named networks only', async (t) => {
  const main = (await parseHcl('main.tf', terraform)) as Readonly<Record<string, Readonly<Record<string, unknown>>>>;

  t.strictSame(main['resource']?.['hcloud_firewall'], {
    ssh_only: [{ name: '${var.name}-ssh-only', rule: [{ direction: 'in', port: '22', protocol: 'tcp', source_ips: '${var.ssh_from}' }] }],
  });
  t.notMatch(readFileSync(`${folder}/variables.tf`, 'utf8'), '0.0.0.0/0');
});

t.test('what Terraform prints reaches the user that the machine has', (t) => {
  t.match(readFileSync(`${folder}/outputs.tf`, 'utf8'), `"ssh://${config.users[0]?.name ?? ''}@`);
  t.end();
});
