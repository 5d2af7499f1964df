import type { Published } from '../generator/model/release.js';
import { Published as PublishedSchema } from '../generator/model/release.js';

/** A package as a repository has it, with what a test wants to be different. */
export function published(over: Partial<Published> = {}): Published {
  const version = over.version ?? '27.3.4.1';
  return PublishedSchema.parse({
    target: `erlang_${version}_debian_bookworm_linux-amd64`,
    package: 'erlang',
    version,
    series: `erlang-${version.slice(0, 2)}`,
    needs: [],
    distro: 'debian_bookworm',
    format: 'deb',
    name: 'esl-erlang',
    revision: `1:${version}-1~deb12`,
    architecture: 'amd64',
    serves: ['amd64'],
    file: `esl-erlang_${version}-1~deb12_amd64.deb`,
    size: 10,
    sha256: 'a'.repeat(64),
    tested: 'a'.repeat(64),
    final: true,
    ...over,
  });
}
