// The readable page of the HTTP interface, made of /openapi.json.

const specification = await (await fetch('/openapi.json')).json();

function element(name, text, ...children) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  made.append(...children);
  return made;
}

/** A schema in a line: `{logs: [string], model_type?: "ml" | "bert" | null}`. */
function outline(schema, depth = 0) {
  if (schema.$ref) {
    const name = schema.$ref.split('/').at(-1);
    return depth > 1 ? name : outline(specification.components.schemas[name], depth + 1);
  }
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  if (schema.anyOf) return schema.anyOf.map((part) => outline(part, depth)).join(' | ');
  const types = [schema.type].flat();
  const named = types.map((type) => {
    if (type === 'array') return `[${outline(schema.items, depth)}]`;
    if (type !== 'object' || !schema.properties) return type;
    const required = new Set(schema.required);
    const members =
      Object.entries(schema.properties)
        .map(([name, member]) => `${name}${required.has(name) ? '' : '?'}: ${outline(member, depth + 1)}`);
    return `{ ${members.join(', ')} }`;
  });
  return named.join(' | ');
}

function contents(title, content) {
  return Object.entries(content).map(
    ([type, {schema}]) => element(
      'div', '', element('h4', `${title}: ${type}`), element('pre', outline(schema)),
      element('p', schema.description)));
}

function operation(path, method, {summary, parameters = [], requestBody, responses}) {
  const section = element('section', '', element('h3', `${method.toUpperCase()} ${path}`), element('p', summary));
  for (const {name, schema, description} of parameters) {
    section.append(element('p', `?${name}=${outline(schema)}. ${description}`));
  }
  if (requestBody) section.append(...contents('takes', requestBody.content));
  section.append(...contents('answers', responses[200].content));
  return section;
}

document.querySelector('#about').append(' ', specification.info.description);
for (const {name, description} of specification.tags) {
  const group = element('section', '', element('h2', name), element('p', description));
  for (const [path, methods] of Object.entries(specification.paths)) {
    for (const [method, described] of Object.entries(methods)) {
      if (described.tags.includes(name)) group.append(operation(path, method, described));
    }
  }
  document.querySelector('#paths').append(group);
}
