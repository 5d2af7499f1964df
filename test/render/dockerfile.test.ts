import t from 'tap';

import { planMatrix } from '../../generator/plan/plan.js';
import { inputFiles } from '../../generator/render/dockerfile.js';
import { buildSteps } from '../../generator/render/steps.js';
import { renderWorkspace } from '../rendered.js';
import type { Texts } from '../texts.js';
import { edited, matrixOf, sound } from '../texts.js';

const target = 'hello_1.2_debian_bookworm_linux-amd64';

function dockerfile(texts: Texts, changes: Readonly<Record<string, string>> = {}, name = target): string {
  const text = renderWorkspace(texts, { digests: changes }).get(`dockerfiles/${name}.Dockerfile`);
  if (text === undefined) throw new Error(`no Dockerfile of ${name}`);
  return text;
}

t.test('whatever can change the package changes the bytes of its Dockerfile', (t) => {
  const edits: readonly (readonly [file: string, from: string, to: string])[] = [
    ['packages/hello', '1.2: { source: release, sha256: 1', '1.2: { source: release, sha256: 2'],
    ['packages/hello', 'hello-{version}.tar.gz\n', 'hello_{version}.tar.gz\n'],
    ['packages/hello', 'settings:', 'settings:\n  configure: [--with-x]'],
    ['packages/hello', 'settings:', 'settings:\n  tools: [gcc]'],
    ['packages/hello', 'settings:', 'settings:\n  patches: [a.patch]'],
    ['packages/hello', 'settings:', 'settings:\n  depends: [libx]'],
    ['packages/hello', 'settings:', 'settings:\n  waivers: [{ tag: a-tag, reason: none }]'],
    ['packages/hello', 'summary: A', 'summary: Another'],
    ['packages/hello', 'license: MIT', 'license: ISC'],
    ['packages/hello', 'settings:', 'settings:\n  epoch: 1'],
    ['packages/hello', 'section: devel', 'section: devel\niteration: 2'],
    ['distros', 'suite: bookworm', 'suite: sid'],
    ['distros', 'compression: xz', 'compression: gzip'],
    ['distros', 'suffix: deb12', 'suffix: deb13'],
    ['workspace', 'Test Packages', 'Other Packages'],
  ];
  const before = dockerfile(sound);

  for (const edit of edits) t.not(dockerfile(edited(edit)), before, edit.join(' '));
  t.end();
});

t.test('what cannot change the package leaves them as they are', (t) => {
  const before = dockerfile(sound);

  t.equal(dockerfile(edited(['distros', 'end_of_life: 2028-06-30', 'end_of_life: 2029-06-30'])), before);
  t.equal(dockerfile(edited(['packages/hello', "addresses: ['https://example.org", "addresses: ['https://mirror.example.org"])), before);
  t.equal(dockerfile(edited(['packages/hello', 'settings:', 'exclude:\n  - when: { version: 9.x }\n    reason: none\nsettings:'])), before);
  t.equal(dockerfile(edited(['packages/hello', 'settings:', '  1.3: { source: release }\nsettings:'])), before);
  t.end();
});

t.test('every script and patch that a step mounts stands with its digest', (t) => {
  const texts = edited(['packages/hello', 'settings:', 'settings:\n  patches: [a.patch]']);
  const matrix = matrixOf(texts);
  const [found] = planMatrix(matrix).targets;
  if (!found) throw new Error('no target');
  const mounted = buildSteps(found, matrix.workspace).flatMap((step) => [
    ...step.scripts.map((script) => `templates/steps/${script}`),
    ...step.recipe.map((script) => `matrix/packages/hello/${script}`),
  ]);

  const inputs = inputFiles(found, matrix.workspace);

  t.same(inputs, [...new Set([...mounted, 'templates/steps/step'])].sort());
  t.ok(inputs.includes('matrix/packages/hello/patches/a.patch'));
  for (const path of inputs) t.not(dockerfile(texts, { [path]: 'edited' }), dockerfile(texts), path);
  t.end();
});

t.test('the base that a cross compiler runs on stands beside the base of the target', (t) => {
  const text = dockerfile(sound, {}, 'hello_1.2_debian_bookworm_linux-arm64');

  t.match(text, /^# base: out\/bases\/debian_bookworm_linux-arm64-[0-9a-f]{16}$/m);
  t.match(text, /^# native-base: out\/bases\/debian_bookworm_linux-amd64-[0-9a-f]{16}$/m);
  t.match(text, 'ENV CROSS_TRIPLET="aarch64-linux-gnu"');
  t.notMatch(dockerfile(sound), 'CROSS_');
  t.end();
});

t.test('the export comes from the tested stage, and each stage from the one before', (t) => {
  const stages = [...dockerfile(sound).matchAll(/^FROM (.*) AS (.*)$/gm)].map(([, from, name]) => `${name ?? ''} < ${from ?? ''}`);

  t.same(stages, [
    'deps < base',
    'unpack < deps',
    'build < unpack',
    'smoke < build',
    'stage < smoke',
    'depends < stage',
    'components < depends',
    'abi < components',
    'package < --platform=linux/amd64 packaging',
    'lint < package',
    'install-test < base',
    'export < scratch',
  ]);
  t.match(dockerfile(sound), /COPY --from=install-test \/r \/\n$/);
  t.end();
});

t.test('what a package is built on is installed with it on the clean system, what it only needs to be built is not', (t) => {
  const recipe = sound.get('matrix/packages/hello.yaml') ?? '';
  const partner = "built_on:\n  package: hello\n  compatible: [{ version: '>=1', with: '>=1' }]\n  source: https://example.org/table\n";
  const texts: Texts = new Map([
    ...sound,
    ['matrix/packages/plugin.yaml', recipe + partner],
    ['matrix/packages/program.yaml', `${recipe}needs: { hello: '>=1' }\n`],
  ]);
  const installTest = (name: string): string => dockerfile(texts, {}, name).split(' AS install-test\n')[1] ?? '';

  t.match(
    installTest('plugin_1.2_1.2_debian_bookworm_linux-amd64'),
    /from=need-hello-linux-amd64,target=\/needs\/hello[^]*"\/recipe\/install-test", "\/needs\/hello\/hello_1\.2-[^"]*"\]/,
  );
  t.match(installTest('program_1.2_debian_bookworm_linux-amd64'), /"\/recipe\/install-test"\]/);
  t.end();
});

t.test('only the step that compiles has a secret, for which some engines read every file below it', (t) => {
  const secrets = [...dockerfile(sound).matchAll(/ AS (\S+)\n[^]*?\n\n/g)].filter(([text]) => text.includes('type=secret'));

  t.same(
    secrets.map(([, name]) => name),
    ['build'],
  );
  t.end();
});
