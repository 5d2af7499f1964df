import type { Matrix } from '../model/matrix.js';
import type { Platform } from '../model/text.js';

/** The builder that the workspace maps a platform to, the first in the order in which they are written. */
export function findBuilder({ workspace }: Matrix, platform: Platform): string | undefined {
  return Object.entries(workspace.builders).find(([, builder]) => builder.platforms.includes(platform))?.[0];
}

/** Whether a platform has a builder with processors of its own kind. */
export function hasNode(matrix: Matrix, platform: Platform): boolean {
  const builder = findBuilder(matrix, platform);
  return builder !== undefined && matrix.workspace.builders[builder]?.native === true;
}
