// The answer of `POST /v1/compare`, with the shares that its counts make.

export const kinds = [
  { name: 'new', label: 'New', meaning: 'only after' },
  { name: 'gone', label: 'Gone', meaning: 'only before' },
  { name: 'grown', label: 'Grown', meaning: 'a larger share' },
  { name: 'shrunk', label: 'Shrunk', meaning: 'a smaller share' },
];

/** `{ beforeTotal, afterTotal, rows }`, the surest change first, as the edge ranks them. */
export function comparisonOf(answer) {
  const beforeTotal = answer.before.lines;
  const afterTotal = answer.after.lines;
  const share = (lines, total) => (total ? lines / total : 0);
  const rows = answer.templates.map((each) => ({
    kind: each.change,
    template: each.template,
    className: each.class_name,
    before: each.before,
    after: each.after,
    beforeShare: share(each.before, beforeTotal),
    afterShare: share(each.after, afterTotal),
    p: each.p_value,
    samples: each.samples ?? [],
  }));
  return { beforeTotal, afterTotal, rows };
}
