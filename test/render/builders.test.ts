import t from 'tap';

import { builderCalls } from '../../generator/render/builders.js';

const native = { native: true } as const;

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
