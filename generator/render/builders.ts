import type { Matrix } from '../model/matrix.js';
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

/** How docker is told of an engine: buildx takes that of a context only through docker's own option. */
export interface Engine {
  readonly kind: 'context' | 'builder';
  readonly name: string;
}

/** The engine behind the name of a builder of the workspace; undefined without a name. */
export function engineOf({ workspace }: Matrix, builder: string | undefined): Engine | undefined {
  if (builder === undefined) return undefined;
  return { kind: workspace.builders[builder]?.driver === 'context' ? 'context' : 'builder', name: builder };
}

/** What people set on make's command line about the engine. An empty text is as good as none. */
export interface EngineSettings {
  readonly BUILDER?: string | undefined;
  readonly CA_BUNDLE?: string | undefined;
}

/** The beginning of every build on the builder of a workspace, after docker's own name: the same words as of `buildx` in Makefile.in. */
export function buildxStart(
  matrix: Matrix,
  builder: string | undefined,
  { BUILDER: asked = '', CA_BUNDLE: certificates = '' }: EngineSettings,
): DockerArguments {
  const engine: Engine | undefined = asked === '' ? engineOf(matrix, builder) : { kind: 'builder', name: asked };
  return [
    ...(engine?.kind === 'context' ? ['--context', engine.name] : []),
    ...['buildx', 'build'],
    ...(engine?.kind === 'builder' ? ['--builder', engine.name] : []),
    '--progress=plain',
    ...(certificates === '' ? [] : ['--secret', `id=ca,src=${certificates}`]),
  ];
}
