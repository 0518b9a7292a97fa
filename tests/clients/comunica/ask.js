// Reads questions as JSON from the standard input, asks Comunica each, and writes the answers as one JSON list.
// A question: { query, context } in Comunica's own words; an answer: { text } or { error }.
const { QueryEngine } = require('@comunica/query-sparql');

const FORMS = { bindings: 'application/sparql-results+json', boolean: 'application/sparql-results+json', quads: 'application/n-triples' };

async function read(stream) {
  let text = '';
  for await (const part of stream) text += part;
  return text;
}

async function answer(engine, { query, context }) {
  try {
    const result = await engine.query(query, context);
    if (result.resultType === 'void') {
      await result.execute();
      return { text: '' };
    }
    const { data } = await engine.resultToString(result, FORMS[result.resultType], context);
    return { text: await read(data) };
  } catch (error) {
    return { error: String(error.message) };
  }
}

async function main() {
  const engine = new QueryEngine();
  const answers = [];
  for (const question of JSON.parse(await read(process.stdin))) answers.push(await answer(engine, question));
  process.stdout.write(JSON.stringify(answers));
}

main();
