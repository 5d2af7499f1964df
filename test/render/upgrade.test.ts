import t from 'tap';

import { readTemplates } from '../../generator/io/read.js';
import type { RunSettings } from '../../generator/model/workspace.js';
import { planMatrix } from '../../generator/plan/plan.js';
import { findTransitions } from '../../generator/plan/transitions.js';
import { Templates } from '../../generator/render/templates.js';
import { renderUpgrade, upgradeFiles } from '../../generator/render/upgrade.js';
import type { Texts } from '../texts.js';
import { matrixOf, sound } from '../texts.js';

const recipe = sound.get('matrix/packages/hello.yaml') ?? '';
const el8 = `{ family: redhat, format: rpm, package_manager: dnf, suffix: el8, image: 'el:8', repositories: { enable: [powertools] }, compression: xz, platforms: [linux/amd64]`;
const texts: Texts = new Map([
  ...sound,
  ['matrix/distros.yaml', `${sound.get('matrix/distros.yaml') ?? ''}  rockylinux_8: ${el8}, siblings: [almalinux_8] }\n  almalinux_8: ${el8} }\n`],
  ['matrix/packages/hello.yaml', recipe.replace(/ {2}1\.2: (.*)/, '  1.2: $1\n  1.3-rc1: $1').replace('settings:', 'settings:\n  epoch: 2')],
  ['matrix/packages/plugin.yaml', `${recipe}built_on:\n  package: hello\n  compatible: [{ version: '>=0', with: 1.2 }]\n  source: https://example.org/\n`],
]);
const settings = { bases: { rockylinux_8: 'oci-layout://rocky', almalinux_8: 'oci-layout://alma' } };

function render(name: string, options: { readonly settings?: Partial<RunSettings>; readonly digest?: string; readonly there?: boolean } = {}): string {
  const matrix = matrixOf(texts, options.settings ?? settings);
  const plan = planMatrix(matrix);
  const target = plan.targets.find((candidate) => candidate.name === name);
  if (!target) throw new Error(`no target ${name}`);
  const transitions = findTransitions(target, matrix, plan, () => options.there ?? true);
  const digests = new Map(upgradeFiles(transitions).map((path) => [path, options.digest ?? 'a']));
  return renderUpgrade(transitions, matrix, new Templates(readTemplates().templates), digests);
}

/** What the head says of a key. */
function head(text: string, key: string): readonly string[] {
  return [...text.matchAll(new RegExp(`^# ${key}: (.*)$`, 'gm'))].map(([, value = '']) => value);
}

t.test('every transition of an rpm is a stage, with the repositories of its distro', (t) => {
  const text = render('hello_1.3-rc1_rockylinux_8_linux-amd64');
  const folder = 'out/packages/substituted/hello_1.3-rc1_rockylinux_8_linux-amd64';

  t.same(head(text, 'trial'), [
    'order: 2:1.2-1.el8 < 2:1.3~rc1-0.el8 < 2:1.3~rc1-1.el8',
    'previous-iteration: 2:1.3~rc1-0.el8 to 2:1.3~rc1-1.el8',
    'previous-version: 2:1.2-1.el8 to 2:1.3~rc1-1.el8',
    'sibling-almalinux_8: 2:1.3~rc1-1.el8 on oci-layout://alma',
  ]);
  t.same(head(text, 'untried'), ['next-release: the matrix has this version for no later release than rockylinux_8']);
  t.same(head(text, 'result'), [`${folder}/upgrade.json`]);
  t.match(head(text, 'context'), [
    'base=oci-layout://rocky',
    /^packaging=oci-layout/,
    'recipe=matrix/packages/hello',
    `package=${folder}`,
    /^previous=/,
    'base-almalinux_8=oci-layout://alma',
  ]);
  t.match(text, 'FROM --platform=linux/amd64 packaging AS repack');
  t.match(text, '["/steps/step", "repack", "/steps/rpm/repack", "2:1.3~rc1-0.el8", "hello-1.3~rc1-1.el8.x86_64.rpm", "hello-1.2-1.el8.x86_64.rpm"]');
  t.match(
    text,
    '"/steps/rpm/upgrade", "dnf", "--enable", "powertools", "--", "previous-version.rpm", "hello-1.3~rc1-1.el8.x86_64.rpm", "/recipe/install-test"]',
  );
  t.match(text, 'FROM base-almalinux_8 AS sibling-almalinux_8');
  t.match(text, 'id=dnf-almalinux_8-x86_64');
  t.match(text, 'COPY --from=sibling-almalinux_8 /r /sibling-almalinux_8');
  t.end();
});

t.test('what a package is built on is there when it is upgraded', (t) => {
  const text = render('plugin_1.2_1.2_debian_bookworm_linux-amd64');

  t.match(text, '# context: need-hello-linux-amd64=out/packages/hello_1.2_debian_bookworm_linux-amd64');
  t.match(text, '--mount=type=bind,from=need-hello-linux-amd64,target=/needs/hello');
  t.match(text, '"/recipe/install-test", "/needs/hello/hello_1.2-1~deb12_amd64.deb"]');
  t.match(text, 'ENV ON="1.2"');
  t.match(head(text, 'trial')[0], '1.2-0.hello1.2~deb12 < 1.2-1.hello1.2~deb12');
  t.end();
});

t.test('whatever can change the answer changes the bytes', (t) => {
  const name = 'hello_1.3-rc1_rockylinux_8_linux-amd64';
  const before = render(name);

  t.equal(render(name), before);
  t.not(render(name, { digest: 'b' }), before, 'another package');
  t.not(render(name, { there: false }), before, 'no previous package');
  t.not(render(name, { settings: { bases: { ...settings.bases, almalinux_8: 'oci-layout://other' } } }), before, 'another base of a sibling');
  t.end();
});
