import type { Builder } from '../model/workspace.js';

/** Arguments of one docker call. */
export type DockerArguments = readonly string[];

/**
 * The docker calls that create a builder, in order: its first node, then each further one appended to it. A context is
 * the engine's own builder at an endpoint; everything else is buildx's (https://docs.docker.com/build/builders/drivers/).
 */
export function builderCalls(name: string, { driver, nodes, platforms }: Omit<Builder, 'price'>): readonly DockerArguments[] {
  if (driver === 'context') return nodes.slice(0, 1).map((node) => ['context', 'create', name, '--docker', `host=${node.endpoint}`]);
  return nodes.map((node, index) => [
    ...['buildx', 'create', '--name', name],
    ...(index === 0 ? ['--driver', driver] : ['--append']),
    ...['--platform', (node.platforms ?? platforms).join(',')],
    ...Object.entries(node.options).flatMap(([key, value]) => ['--driver-opt', `${key}=${value}`]),
    ...(node.endpoint.startsWith('kubernetes://') ? [] : [node.endpoint]),
  ]);
}
