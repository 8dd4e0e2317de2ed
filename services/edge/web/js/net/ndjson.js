/** Yields arrays of the objects in a stream of NDJSON, as many as each piece of it completes. */
export async function* objectsIn(stream) {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const {done, value} = await reader.read();
    if (done) break;
    const lines = (rest + value).split('\n');
    rest = lines.pop();
    const whole = lines.filter((line) => line !== '');
    if (whole.length) yield whole.map((line) => JSON.parse(line));
  }
  if (rest !== '') yield [JSON.parse(rest)];
}
