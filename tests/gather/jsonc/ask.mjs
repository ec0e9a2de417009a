// Asks VS Code's own reader, or the package `jsonc-parser`, what it makes of texts.
// usage: node ask.mjs FOLDER-OF-NODE_MODULES editor|package < texts.json > answers.json
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [folder, which] = process.argv.slice(2);
const at = {
  editor: "/@codingame/monaco-vscode-api/vscode/src/vs/base/common/json.js",
  package: "/jsonc-parser/lib/umd/main.js",
};
const module_ = await import(pathToFileURL(folder + at[which]));
const visit = module_.visit ?? module_.default.visit;
const parse = module_.parse ?? module_.default.parse;
const CODES = [
  "", "InvalidSymbol", "InvalidNumberFormat", "PropertyNameExpected", "ValueExpected",
  "ColonExpected", "CommaExpected", "CloseBraceExpected", "CloseBracketExpected",
  "EndOfFileExpected", "InvalidCommentToken", "UnexpectedEndOfComment", "UnexpectedEndOfString",
  "UnexpectedEndOfNumber", "InvalidUnicode", "InvalidEscapeCharacter", "InvalidCharacter",
];

function answer(bytes) {
  const text = Buffer.from(bytes, "base64").toString();
  const where = (offset) => [...text.slice(0, offset)].length;
  const faults = [];
  // Places are told by a tree that is built as `parse` builds values.
  let parent = [];
  let key = null;
  const parents = [];
  const add = (node) => {
    if (Array.isArray(parent)) parent.push(node);
    else if (key !== null) parent[key] = node;
  };
  const begin = (inner) => (offset) => {
    add({ at: where(offset), inner });
    parents.push(parent);
    parent = inner;
    key = null;
  };
  const end = () => { parent = parents.pop(); };
  visit(text, {
    onObjectBegin: (offset) => begin(Object.create(null))(offset),
    onArrayBegin: (offset) => begin([])(offset),
    onObjectProperty: (name) => { key = name; },
    onObjectEnd: end,
    onArrayEnd: end,
    onLiteralValue: (_, offset) => add({ at: where(offset) }),
    onError: (code, offset) => faults.push([CODES[code], where(offset)]),
  });
  const places = [];
  const walk = (node, path) => {
    places.push([path.map(String).join("/"), node.at]);
    if (node.inner) for (const name of Object.keys(node.inner)) walk(node.inner[name], [...path, name]);
  };
  if (parent[0]) walk(parent[0], []);
  const value = parse(text);
  return { value: value === undefined ? null : value, given: value !== undefined, faults, places };
}

const well = (_, value) => {
  if (typeof value === "string") return value.toWellFormed();
  if (typeof value === "number" && !Number.isFinite(value)) return "$out of range";
  if (value && typeof value === "object" && !Array.isArray(value))
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name.toWellFormed(), inner]));
  return value;
};
const texts = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(texts.map(answer), well));
