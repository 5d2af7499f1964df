import { readFileSync } from 'node:fs';

import { execa } from 'execa';
import t from 'tap';

import { builderCalls, buildxStart } from '../../generator/render/builders.js';
import { matrixOf, sound } from '../texts.js';

const native = { native: true } as const;
const workspace = sound.get('matrix/workspace.yaml') ?? '';
const builders = `builders:
  far: { platforms: [linux/arm64], driver: context, nodes: [{ endpoint: 'unix:///run/far.sock' }] }
  farm: { platforms: [linux/amd64], driver: remote, nodes: [{ endpoint: 'tcp://x' }] }
`;
const matrix = matrixOf(new Map([...sound, ['matrix/workspace.yaml', workspace + builders]]));

t.test('further nodes are appended to the first, each with its platforms and options', (t) => {
  const calls = builderCalls('farm', {
    ...native,
    platforms: ['linux/amd64', 'linux/arm64'],
    driver: 'docker-container',
    nodes: [
      { endpoint: 'ssh://builder@one.example.org', platforms: ['linux/amd64'], options: { network: 'host' } },
      { endpoint: 'tcp://two.example.org:2376', options: {} },
    ],
  });

  t.same(calls, [
    [
      'buildx',
      'create',
      '--name',
      'farm',
      '--driver',
      'docker-container',
      '--platform',
      'linux/amd64',
      '--driver-opt',
      'network=host',
      'ssh://builder@one.example.org',
    ],
    ['buildx', 'create', '--name', 'farm', '--append', '--platform', 'linux/amd64,linux/arm64', 'tcp://two.example.org:2376'],
  ]);
  t.end();
});

t.test('a cluster has no endpoint of its own, and an engine is a context', (t) => {
  const cluster = builderCalls('pods', {
    ...native,
    platforms: ['linux/s390x'],
    driver: 'kubernetes',
    nodes: [{ endpoint: 'kubernetes://', options: { namespace: 'builds' } }],
  });
  const engine = builderCalls('second', {
    ...native,
    platforms: ['linux/arm64'],
    driver: 'context',
    nodes: [{ endpoint: 'unix:///run/second.sock', options: {} }],
  });

  t.same(cluster, [['buildx', 'create', '--name', 'pods', '--driver', 'kubernetes', '--platform', 'linux/s390x', '--driver-opt', 'namespace=builds']]);
  t.same(engine, [['context', 'create', 'second', '--docker', 'host=unix:///run/second.sock']]);
  t.end();
});

t.test('a build begins with its engine: a context, a builder, the one that is asked for, or none', (t) => {
  const start = (builder: string | undefined, settings = {}): string => buildxStart(matrix, builder, settings).join(' ');

  t.equal(start('far'), '--context far buildx build --progress=plain');
  t.equal(start('farm'), 'buildx build --builder farm --progress=plain');
  t.equal(start('far', { BUILDER: 'mine' }), 'buildx build --builder mine --progress=plain', 'as in Makefile.in');
  t.equal(start(undefined, { BUILDER: '', CA_BUNDLE: '' }), 'buildx build --progress=plain');
  t.equal(start('far', { CA_BUNDLE: '/etc/ca.crt' }), '--context far buildx build --progress=plain --secret id=ca,src=/etc/ca.crt');
  t.end();
});

t.test('the generator begins a build with the very words of make', async (t) => {
  const makefile = readFileSync('Makefile.in', 'utf8');
  const definitions = makefile.split('\n').filter((line) => /^(comma :=|quote =|builder =|context =|buildx =)/.test(line));
  const cases: readonly (readonly [lines: readonly string[], builder: string | undefined, settings: Readonly<Record<string, string>>])[] = [
    [[], undefined, {}],
    [['builder.linux-arm64 := farm'], 'farm', {}],
    [['context.linux-arm64 := far'], 'far', {}],
    [['context.linux-arm64 := far'], 'far', { BUILDER: 'mine' }],
    [['builder.linux-arm64 := farm'], 'farm', { BUILDER: 'mine' }],
    [[], undefined, { CA_BUNDLE: "/etc/a b's.crt", BUILDER: 'mine' }],
  ];

  for (const [lines, builder, settings] of cases) {
    const input = [...definitions, ...lines, 'all:', "\t@printf '%s\\n' $(call buildx,linux/arm64)", ''].join('\n');
    const { stdout } = await execa('make', ['--no-print-directory', '-f', '-', 'DOCKER=docker'], {
      input,
      env: { MAKEFLAGS: '', BUILDER: '', CA_BUNDLE: '', ...settings },
    });
    t.same(stdout.split('\n'), ['docker', ...buildxStart(matrix, builder, settings)]);
  }
});
