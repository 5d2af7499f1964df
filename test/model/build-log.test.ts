import t from 'tap';

import { parseSteps } from '../../generator/model/build-log.js';

const log = `#0 building with "default" instance using docker driver
#1 [internal] load build definition from x.Dockerfile
#1 DONE 0.1s
#9 [deps 1/2] RUN ["/steps/step", "deps"]
#9 0.30 Reading package lists...
#9 ...
#10 [context source] load from client
#10 DONE 4.0s
#9 [deps 1/2] RUN ["/steps/step", "deps"]
#9 DONE 12.3s
#11 [deps 2/2] COPY a b
#11 DONE 0.4s
#12 [unpack 1/1] RUN ["/steps/step", "unpack"]
#12 CACHED
`;

t.test('the durations of a step are those of all its instructions; what is not a step is left out', (t) => {
  t.same(parseSteps(log), [
    { name: 'deps', seconds: 12.7, outcome: 'done' },
    { name: 'unpack', seconds: 0, outcome: 'cached' },
  ]);
  t.end();
});

t.test('a recorded package fault fails its step, and later steps only pass it on', (t) => {
  const failed = `${log}#13 [build 1/1] RUN ["/steps/step", "build"]\n#13 61.9 step build: package fault: exit status 2\n#13 DONE 62.0s\n#14 [smoke 1/1] RUN x\n#14 DONE 0.1s\n`;

  t.same(parseSteps(failed).slice(2), [
    { name: 'build', seconds: 62, outcome: 'failed' },
    { name: 'smoke', seconds: 0.1, outcome: 'skipped' },
  ]);
  t.end();
});

t.test('an infrastructure fault fails the instruction; what runs or was cancelled has not ended', (t) => {
  const ended = `#3 [linux/arm64 build 1/1] RUN x\n#3 ERROR: process "x" did not complete successfully: exit code: 75\n#4 [smoke 1/1] RUN x\n#4 CANCELED\n#5 [stage 1/1] RUN x\n`;

  t.match(parseSteps(ended), [
    { name: 'build', outcome: 'failed' },
    { name: 'smoke', seconds: undefined, outcome: 'unfinished' },
    { name: 'stage', seconds: undefined, outcome: 'unfinished' },
  ]);
  t.same(parseSteps(''), []);
  t.end();
});
