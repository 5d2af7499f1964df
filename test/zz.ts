import { hostileMatrices, take } from './hostile/matrices.js';
import { hostileStrings } from './hostile/strings.js';
import { matrixOf } from './texts.js';
import { planMatrix } from '../generator/plan/plan.js';
import { renderMatrix } from './rendered.js';
console.time('take'); const taken = take(hostileStrings()); console.timeEnd('take');
for (const [f, v] of taken.fields) console.log(f.path.join('.'), v.length);
console.log(taken.versions.length, taken.distros.length, taken.kinds.length, taken.packages.length, taken.settings.length);
let n = 0, a=0,b=0,c=0,d=0;
const it = hostileMatrices(taken)[Symbol.iterator]();
for (;;) {
  let t0 = performance.now();
  const x = it.next(); if (x.done) break; n++;
  let t1 = performance.now(); a += t1 - t0;
  const m = matrixOf(x.value.texts, x.value.settings); let t2 = performance.now(); b += t2 - t1;
  planMatrix(m); let t3 = performance.now(); c += t3 - t2; renderMatrix(m); d += performance.now() - t3;
  if (n % 50 === 0) console.log(n, a | 0, b | 0, c | 0, d | 0);
  if (n >= 200) break;
}
