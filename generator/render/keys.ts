import type { Matrix } from '../model/matrix.js';
import { contentKey, dockerfilePath } from '../plan/names.js';
import type { Plan, Target } from '../plan/target.js';
import { plannedKeys } from '../plan/target.js';

/** Digests of the files below a package's folder, or of those that all packages share. */
function digestsOf(matrix: Matrix, packageId?: string): readonly (readonly [string, string])[] {
  return [...matrix.digests].filter(([path]) => (packageId === undefined ? !path.startsWith('matrix/') : path.startsWith(`matrix/packages/${packageId}/`)));
}

/**
 * A key for every Dockerfile, by path, made of all that its bytes depend on: equal keys mean equal bytes, so that one line of the
 * matrix that changes does not make thousands of targets render. A whole target goes in, fields of later days too; what
 * targets share goes in as a key of its own. `version` tells generators and templates apart.
 */
export function dockerfileKeys(matrix: Matrix, plan: Plan, version: readonly string[]): ReadonlyMap<string, string> {
  const shared = contentKey(JSON.stringify([version, matrix.workspace, digestsOf(matrix)]));
  // Without what a target has its own of: every pin and override would be in every key.
  const common = (recipe: object): object => Object.entries(recipe).filter(([key]) => !(plannedKeys as readonly string[]).includes(key));
  const recipes = new Map([...matrix.packages].map(([id, recipe]) => [id, contentKey(JSON.stringify([shared, common(recipe), digestsOf(matrix, id)]))]));
  const keys = new Map<Target, string>();
  const keyOf = (target: Target): string => {
    const known = keys.get(target);
    if (known !== undefined) return known;
    const others = { needs: target.needs.map(keyOf), prebuilt: target.prebuilt && keyOf(target.prebuilt) };
    const key = contentKey(JSON.stringify({ ...target, recipe: recipes.get(target.package), ...others }));
    keys.set(target, key);
    return key;
  };
  return new Map(plan.targets.map((target) => [dockerfilePath(target.name), keyOf(target)]));
}
