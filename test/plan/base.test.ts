import t from 'tap';

import { chooseBase } from '../../generator/plan/base.js';
import type { Base } from '../../generator/plan/base.js';
import type { RunSettings } from '../../generator/model/workspace.js';
import type { Texts } from '../texts.js';
import { edited, matrixOf, sound } from '../texts.js';

const digest = `sha256:${'a'.repeat(64)}`;
const locked = new Map([...sound, ['matrix/lock.yaml', `images: { 'debian:bookworm': { linux/amd64: '${digest}' } }\n`]]);
const bootstrapLine = '    bootstrap: { tool: mmdebstrap, suite: bookworm }\n';
const withoutBootstrap = edited(['distros', bootstrapLine, '']);

function choose(texts: Texts, settings: Partial<RunSettings> = {}, digests: ReadonlyMap<string, string> = new Map()): Base {
  return chooseBase(matrixOf(texts, settings, digests), 'debian_bookworm', 'linux/amd64');
}

t.test('a base on the command line wins over everything', (t) => {
  const texts = new Map([...locked, ...edited(['distros', 'image:', 'base: mine:1\n    image:'])]);

  const base = choose(texts, { base: 'bootstrap', bases: { debian_bookworm: 'theirs:2' } });

  t.match(base, { kind: 'override', context: 'docker-image://theirs:2', identity: 'docker-image://theirs:2', why: 'BASE_debian_bookworm was given' });
  t.equal(base.made, undefined);
  t.end();
});

t.test('a base in the matrix wins over BASE=, as an image or an OCI layout', (t) => {
  const image = choose(edited(['distros', 'image:', 'base: mine:1\n    image:']), { base: 'bootstrap' });
  const layout = choose(edited(['distros', 'image:', 'base: oci-layout://bases/mine\n    image:']));

  t.match(image, { kind: 'override', context: 'docker-image://mine:1', why: 'matrix/distros.yaml overrides it' });
  t.match(layout, { kind: 'override', context: 'oci-layout://bases/mine' });
  t.end();
});

t.test('the registry is taken when the lock pins the image on that platform', (t) => {
  const base = choose(locked);

  t.match(base, { kind: 'registry', context: `docker-image://debian:bookworm@${digest}`, why: 'matrix/lock.yaml pins debian:bookworm' });
  t.equal(base.made, undefined);
  t.end();
});

t.test('without a digest for that platform the base is bootstrapped', (t) => {
  const matrix = matrixOf(locked);

  const base = chooseBase(matrix, 'debian_bookworm', 'linux/arm64');

  t.match(base, { kind: 'bootstrap', why: 'matrix/lock.yaml has no digest of debian:bookworm for linux/arm64' });
  t.same(base.made?.arguments, ['--suite', 'bookworm', '--arch', 'arm64', '--components', 'main']);
  t.equal(base.made?.file, `${base.made?.folder ?? ''}/index.json`);
  t.equal(base.context, `oci-layout://${base.made?.folder ?? ''}`);
  t.end();
});

t.test('BASE=bootstrap and BASE=registry are obeyed', (t) => {
  t.match(choose(locked, { base: 'bootstrap' }), { kind: 'bootstrap', why: 'BASE=bootstrap was given' });
  t.match(choose(locked, { base: 'registry' }), { kind: 'registry', why: 'BASE=registry was given' });
  t.end();
});

t.test('a base that can be had in no way says what to do', (t) => {
  const pinned = 'matrix/lock.yaml has no digest of debian:bookworm for linux/amd64; make lock writes it';

  t.match(choose(sound, { base: 'registry' }), { kind: 'unpinned', why: pinned });
  t.match(choose(withoutBootstrap), { kind: 'unpinned', why: pinned });
  t.match(choose(withoutBootstrap, { base: 'bootstrap' }), {
    kind: 'unpinned',
    why: 'BASE=bootstrap was given, but matrix/distros.yaml does not say how to bootstrap debian_bookworm',
  });
  t.end();
});

t.test('everything that a bootstrapped base is made from is in its folder name', (t) => {
  const plain = choose(sound).identity;
  const others = [
    choose(edited(['distros', bootstrapLine, bootstrapLine.replace('suite: bookworm', 'suite: sid')])),
    choose(edited(['distros', bootstrapLine, bootstrapLine.replace(' }', ', components: [main, contrib] }')])),
    choose(edited(['distros', bootstrapLine, bootstrapLine.replace(' }', ', snapshot: 20261101T000000Z }')])),
    choose(new Map([...sound, ['matrix/lock.yaml', 'refreshed: 2026-11-01\n']])),
    choose(sound, {}, new Map([['scripts/bootstrap', 'edited']])),
    chooseBase(matrixOf(sound), 'debian_bookworm', 'linux/arm64'),
  ].map((base) => base.identity);

  t.equal(new Set([plain, ...others]).size, others.length + 1);
  t.equal(choose(sound).identity, plain);
  t.end();
});
