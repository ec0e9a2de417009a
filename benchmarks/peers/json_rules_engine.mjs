import { Engine } from "json-rules-engine";
import { answer } from "../worker.mjs";

const patterns = new Map();

function compiled(text) {
  if (!patterns.has(text)) patterns.set(text, new RegExp(text));
  return patterns.get(text);
}

function inOrder(items, [first, second]) {
  const [earlier, later] = [items.indexOf(first), items.indexOf(second)];
  return earlier < 0 || later < 0 || earlier < later;
}

function load(translations) {
  const engine = new Engine();
  engine.addOperator("matches", (value, pattern) => compiled(pattern).test(value));
  engine.addOperator("starts_with", (value, prefix) => value.startsWith(prefix));
  engine.addOperator("ordered", inOrder);
  for (const rule of translations) engine.addRule(rule);
  return {
    read: JSON.parse,
    judge: async (document) => {
      const { results } = await engine.run(document);
      const held = new Set(results.map((result) => result.event.type));
      return translations.map((rule) => held.has(rule.event.type));
    },
  };
}

await answer("json-rules-engine", load);
