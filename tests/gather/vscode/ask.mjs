// Asks VS Code's own code what settings files come to, and what variables in texts become.
// usage: node ask.mjs FOLDER-OF-NODE_MODULES < questions.json > answers.json
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { pathToFileURL } from "node:url";

const base = pathToFileURL(
  process.argv[2] + "/@codingame/monaco-vscode-api/vscode/src/vs/"
).href;
const load = (path) => import(base + path);
const { ConfigurationModel, ConfigurationModelParser } = await load(
  "platform/configuration/common/configurationModels.js"
);
const { Extensions, ConfigurationScope } = await load(
  "platform/configuration/common/configurationRegistry.js"
);
const { Registry } = await load("platform/registry/common/platform.js");
const scopes = await load("workbench/services/configuration/common/configuration.js");
const { AbstractVariableResolverService } = await load(
  "workbench/services/configurationResolver/common/variableResolver.js"
);
const { URI } = await load("base/common/uri.js");

const FILES = {
  user: undefined,
  application: scopes.APPLICATION_SCOPES,
  profile: scopes.PROFILE_SCOPES,
  machine: scopes.REMOTE_MACHINE_SCOPES,
  workspace: scopes.WORKSPACE_SCOPES,
  folder: scopes.FOLDER_SCOPES,
};
const log = { error() {} };

function settings(layers) {
  let model = ConfigurationModel.createEmptyModel(log);
  for (const [kind, text] of layers) {
    const parser = new ConfigurationModelParser(kind, log);
    parser.parse(Buffer.from(text, "base64").toString(), { scopes: FILES[kind] });
    model = model.merge(parser.configurationModel);
  }
  const contents = model.contents;
  for (const key of Object.keys(contents)) if (key.startsWith("[")) delete contents[key];
  return contents;
}

async function variables({ text, env, folder, home, config, terminal }) {
  const uri = URI.file(folder);
  const refuse = () => undefined;
  const resolver = new AbstractVariableResolverService(
    {
      getFolderUri: (name) => (name === basename(folder) ? uri : undefined),
      getWorkspaceFolderCount: () => 1,
      getConfigurationValue: (_, key) => config[key],
      getFilePath: refuse, getSelectedText: refuse, getLineNumber: refuse,
      getColumnNumber: refuse, getExecPath: refuse, getAppRoot: refuse,
      getExtension: async () => undefined,
    },
    undefined,
    Promise.resolve(home),
    Promise.resolve(env)
  );
  const open = { uri, name: basename(folder) };
  try {
    return terminal
      ? await resolver.resolveWithEnvironment(env, open, text)
      : await resolver.resolveAsync(open, text);
  } catch {
    return terminal ? text : null;
  }
}

const asked = JSON.parse(readFileSync(0, "utf8"));
const properties = {};
for (const [key, scope] of Object.entries(asked.scopes))
  properties[key] = { scope: ConfigurationScope[scope.toUpperCase().replaceAll("-", "_")] };
Registry.as(Extensions.Configuration).registerConfiguration({ id: "asked", properties });
process.stdout.write(
  JSON.stringify({
    settings: asked.settings.map(settings),
    variables: await Promise.all(asked.variables.map(variables)),
  })
);
