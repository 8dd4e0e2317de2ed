// What several models make of the same lines.
import {classes, NORMAL} from './classes.js';

/**
 * From each model's verdicts, `{ classNumber, confidence }` or null a line: `byModel` with the lines of each class, those of
 * trouble and the mean confidence; the positions on which not all agree; and the share of lines on which they do.
 */
export function agreementOf(verdicts) {
  const byModel = verdicts.map((own) => {
    const counts = classes.map(() => 0);
    let sure = 0;
    for (const verdict of own) {
      if (!verdict) continue;
      counts[verdict.classNumber] += 1;
      sure += verdict.confidence;
    }
    const judged = counts.reduce((sum, value) => sum + value, 0);
    return {counts, trouble: judged - counts[NORMAL], confidence: judged ? sure / judged : 0};
  });
  const [first = []] = verdicts;
  const disputed = [];
  for (let i = 0; i < first.length; i += 1)
    if (verdicts.some((own) => own[i]?.classNumber !== first[i]?.classNumber)) disputed.push(i);
  return {byModel, disputed, agreed: first.length ? 1 - disputed.length / first.length : 1};
}
