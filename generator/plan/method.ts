import type { Distro } from '../model/distro.js';
import type { Matrix } from '../model/matrix.js';
import type { Platform } from '../model/text.js';
import { hasNode } from './builders.js';
import type { Method, Target } from './target.js';

/** The platform that compilers for a platform run on: its own where a builder has such processors, else the workspace's. */
export function buildPlatformOf(matrix: Matrix, platform: Platform): Platform {
  return hasNode(matrix, platform) ? platform : matrix.workspace.build_platform;
}

/**
 * How a cell is compiled. This is the whole table: native on the build platform and where a builder has the platform's
 * processors; else cross where the distro has a cross compiler and the recipe can use one; else emulated.
 */
export function methodOf(matrix: Matrix, distro: Distro, platform: Platform, canCross: boolean): Method {
  if (platform === buildPlatformOf(matrix, platform)) return 'native';
  return canCross && distro.cross.includes(platform) ? 'cross' : 'emulated';
}

/**
 * Where the compilation takes what fits every system from: the tree of the native build, the builder's cache, in which a build of the version
 * on another distro has left it, or nowhere. A cross build needs programs that run as well, which no distro can take from another; and what
 * is built with other packages depends on them.
 */
export function portableFrom({ settings, prebuilt, method, needs }: Target): 'native' | 'cache' | undefined {
  if (!settings.prebuilt) return undefined;
  if (prebuilt) return 'native';
  return method === 'cross' || needs.length > 0 ? undefined : 'cache';
}
