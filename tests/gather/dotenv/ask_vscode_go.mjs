// Asks the reader of the Go extension itself: node ask_vscode_go.mjs ENVUTILS.JS < asked.json
// The file is `extension/src/utils/envUtils.ts` of golang/vscode-go, its types taken away.
import { createRequire } from "node:module";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const { parseEnvFile } = createRequire(import.meta.url)(resolve(process.argv[2]));
const folder = mkdtempSync(join(tmpdir(), "envfile-"));
const asked = JSON.parse(readFileSync(0, "utf8"));
const answers = asked.map(({ text, globals }) => {
  const file = join(folder, "file");
  writeFileSync(file, Buffer.from(text, "base64"));
  return Object.entries(parseEnvFile(file, globals));
});
rmSync(folder, { recursive: true });
process.stdout.write(JSON.stringify(answers));
